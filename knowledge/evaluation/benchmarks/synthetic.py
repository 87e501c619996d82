"""Made-up Hindi-like news of any size, the same on every machine, for measuring speed and memory."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from knowledge.articles import Article
from knowledge.language.analysis import read_stop_words

CONTENT_WORDS = 45
"""A passage's words that aren't stop words; as many stop words stand between them, as in Hindi news."""

VOCABULARY = 100_000
_SHIFT = 50
"""The commonest words of a language are its stop words, so content words begin further down Zipf's law."""

_CONSONANTS = "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह"
_ENDINGS = ("", "ार", "िल", "ुन", "ेश", "ोक")


def word(rank: int) -> str:
    """A word by its rank, all of them different: digits in base 27 and 6, spoken as syllables."""
    rank, ending = divmod(rank, len(_ENDINGS))
    syllables = ""
    while rank or not syllables:
        rank, digit = divmod(rank, len(_CONSONANTS))
        syllables += _CONSONANTS[digit]
    return f"{syllables}क्ष{_ENDINGS[ending]}"


def ranks(generator: np.random.Generator, size: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """Ranks of content words, drawn by Zipf's law (Zipf-Mandelbrot, exponent 1)."""
    odds = 1 / (np.arange(VOCABULARY) + _SHIFT)
    return generator.choice(VOCABULARY, size=size, p=odds / odds.sum())


def articles(number: int, seed: int = 1, passages: int = 1) -> Iterator[Article]:
    """`number` articles, each long enough for so many passages."""
    generator = np.random.default_rng(seed)
    stop_words = sorted(read_stop_words())
    content = [word(rank) for rank in range(VOCABULARY)]
    size = (number, passages * CONTENT_WORDS)
    fillers = generator.choice(stop_words, size=size)
    for place, row in enumerate(ranks(generator, size).tolist()):
        pairs = [f"{content[rank]} {filler}" for rank, filler in zip(row, fillers[place], strict=True)]
        sentences = (" ".join(pairs[begin : begin + 9]) + "।" for begin in range(0, len(pairs), 9))
        yield Article(str(place), content[row[0]], " ".join(sentences))


def questions(number: int, words: int = 8, seed: int = 2) -> list[str]:
    """`number` questions of `words` different content words each, drawn by the same law."""
    generator = np.random.default_rng(seed)
    drawn = (dict.fromkeys(row) for row in ranks(generator, (number, 3 * words)).tolist())
    return [" ".join(word(rank) for rank in list(row)[:words]) for row in drawn]
