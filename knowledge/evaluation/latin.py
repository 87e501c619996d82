"""Training the Latin-letter channel from lexicons, and measuring how well it finds words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from knowledge.corpus.forms import MappedForms, write_counted_forms
from knowledge.errors import EvaluationError
from knowledge.language.latin.channel import Channel, write_channel
from knowledge.language.latin.matcher import Keyboard, Matcher
from knowledge.language.latin.training import Attested, train
from knowledge.language.normalise import normalise

LEXICON_PRIOR_WEIGHT = 0.2
"""In a lexicon a rare word is as likely as a common one: frequency counts for less than in questions."""

_CREDITS = {
    "hi.translit.sampled.": "Dakshina (Roark et al., LREC 2020), CC BY-SA 4.0",
    "hin_": "Aksharantar (Madhani et al., Findings of EMNLP 2023; AI4Bharat), CC0 and CC BY 4.0",
}
"""Whom to name for lexicons whose file name begins so."""


@dataclass(frozen=True, slots=True)
class LatinAccuracy:
    """Shares of the spellings, 0 to 1, whose word came first or within five, and milliseconds a word.

    The first two count a spelling as often as it is attested, the next two once. Words that normalise
    to the same are the same.
    """

    first: float
    within_five: float
    first_of_spellings: float
    within_five_of_spellings: float
    p50_ms: float
    p95_ms: float


def read_lexicon(file: Path) -> list[Attested]:
    """The pairs in a lexicon as Dakshina has it (word, latin, count), or in a `.csv` (latin,word).

    Raises:
        EvaluationError: the file is missing or a line isn't of that kind.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{file}: not readable as a lexicon ({error})") from error
    return [_attested(file, number, line) for number, line in enumerate(lines, 1) if line]


def _attested(file: Path, number: int, line: str) -> Attested:
    try:
        if file.suffix == ".csv":
            latin, word = line.split(",")
            return Attested(word, latin.lower(), 1.0)
        word, latin, count = line.split("\t")
        return Attested(word, latin.lower(), float(count))
    except ValueError as error:
        raise EvaluationError(
            f"{file}, line {number}: not a word, its spelling and a count: {line!r}"
        ) from error


def train_latin(
    lexicons: Sequence[Path],
    out: Path,
    progress: Callable[[int, int], None],
    without: Sequence[Path] = (),
) -> Channel:
    """Train a channel on the lexicons, but not on any word of those in `without`, and write it to `out`.

    Raises:
        EvaluationError: a lexicon can't be read.
    """
    held_out = {pair.word for file in without for pair in read_lexicon(file)}
    pairs = (pair for file in lexicons for pair in read_lexicon(file))
    channel = train((pair for pair in pairs if pair.word not in held_out), progress)
    out.write_text(write_channel(channel, "\n".join(_header(lexicons))), "utf-8")
    return channel


def _header(lexicons: Iterable[Path]) -> Iterator[str]:
    yield (
        "How often phones are written with which Latin letters: symbol, its wider one, chunk and count;"
        " then a network's weights"
    )
    for file in lexicons:
        credit = next((credit for start, credit in _CREDITS.items() if file.name.startswith(start)), "")
        yield f"Trained on {file.name}" + (f": {credit}" if credit else "")
    yield "Licence of this file: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/"


def latin_accuracy(
    lexicon: Path,
    vocabulary: Mapping[str, int],
    channel: Channel,
    prior_weight: float = LEXICON_PRIOR_WEIGHT,
) -> LatinAccuracy:
    """How well the lexicon's words are found by their spellings among `vocabulary` (word: count).

    The lexicon's own words are put among them, with count 0 where the vocabulary hasn't them.
    """
    pairs = [pair for pair in read_lexicon(lexicon) if pair.latin.isascii() and pair.latin.isalpha()]
    if not pairs:
        raise EvaluationError(f"{lexicon}: no spelling in the letters a to z")
    counts = {**dict.fromkeys((pair.word for pair in pairs), 0), **vocabulary}
    words = {word: number for number, word in enumerate(sorted({normalise(form) for form in counts}))}
    with TemporaryDirectory(prefix="khabar-") as folder:
        terms = {form: words[normalise(form)] for form in counts}
        write_counted_forms(Path(folder), counts, terms, channel)
        matcher = Matcher(MappedForms(Path(folder), channel.digest), Keyboard(channel), prior_weight)
        ranks, times_ms = zip(
            *(_ranked(matcher, pair.latin, words[normalise(pair.word)]) for pair in pairs), strict=True
        )
    found = np.array(ranks)
    attested = np.array([pair.count for pair in pairs])
    return LatinAccuracy(
        *(float(np.average(found < depth, weights=attested)) for depth in (1, 5)),
        *(float(np.mean(found < depth)) for depth in (1, 5)),
        *(float(time_ms) for time_ms in np.percentile(times_ms, (50, 95))),
    )


def _ranked(matcher: Matcher, latin: str, word: int) -> tuple[float, float]:
    """The rank of the word for its spelling, from 0, infinite if it wasn't found; and the time."""
    begun = perf_counter()
    shares = matcher.shares(latin)
    took_ms = (perf_counter() - begun) * 1e3
    return next((float(rank) for rank, (number, _) in enumerate(shares) if number == word), inf), took_ms
