"""Copies: one agency's report in several papers, found by the words that they share.

Each article is sketched once: by MinHash (Broder, 1997) over its index terms, three at a time, with the
numbers and the unusual words that it holds. Two articles are copies of each other that agree in enough of
their sketches and hold the same numbers, unless each has unusual words, such as names, that the other lacks:
two accidents are reported in much the same words. Copies of copies are copies. All this follows from the
sketches alone, so that it is the same whether a generation is built anew or from the one before.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from knowledge.corpus.ragged import Ragged
from knowledge.corpus.reading import Numbers, Tokens, owners
from knowledge.language.analysis import Analyser
from knowledge.language.background import read_background
from knowledge.language.numerals import read_numerals
from knowledge.mapped import carried, mapped

SHINGLE = 3
"""Index terms that are taken together."""

PERMUTATIONS = 64
BAND = 4
"""Values of a sketch that two articles must share to be compared: of two articles with 0.7 of their
shingles in common, one pair in eighty shares none of the sixteen bands."""

ALIKE = 0.7
"""The share of their sketches in which copies agree, an estimate of the share of their shingles. Among 4,763
news articles seven pairs are found with it, ten with 0.6, five with 0.8, and each is one report in two
places, below 0.7 with a part added. Without a look at numbers, a later count of patients is one, at 0.94."""

SPOKEN = 100
"""Numbers up to this are known in words, too; but एक, which is also the indefinite article."""

_NONE = np.iinfo(np.uint32).max
_STOP_WORD, _USUAL, _UNUSUAL, _NUMBER = range(4)

Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Sketches:
    """What copies are told by, by number of article.

    Attributes:
        values: MinHash's, a row each; all ones where there are too few words for it.
        numbers: a digest of the numbers that each holds.
        unusual: digests of its words that aren't common in Hindi, in order.
    """

    values: Hashes
    numbers: Hashes
    unusual: Ragged

    @classmethod
    def none(cls) -> "Sketches":
        """Those of no articles."""
        nothing = np.empty(0, dtype=np.uint32)
        return cls(nothing.reshape(0, PERMUTATIONS), nothing, Ragged.of([], np.uint32))

    @classmethod
    def read(cls, folder: Path) -> "Sketches":
        """Those that were written into the folder."""
        values, numbers = (mapped(folder / f"sketches.{part}.npy") for part in ("values", "numbers"))
        return cls(values, numbers, Ragged.read(folder, "sketches.unusual"))

    def write(self, folder: Path) -> None:
        """Write the files that `read` reads."""
        np.save(folder / "sketches.values.npy", self.values)
        np.save(folder / "sketches.numbers.npy", self.numbers)
        self.unusual.write(folder, "sketches.unusual")

    def carried(self, old_of: Numbers, fresh: "Sketches") -> "Sketches":
        """By new number the sketch of old number `old_of`, or for -1 the next one of `fresh`."""
        return Sketches(
            carried(self.values, old_of, fresh.values),
            carried(self.numbers, old_of, fresh.numbers),
            self.unusual.carried(old_of, fresh.unusual),
        )


def sketched(terms: Sequence[str], tokens: Tokens, analyser: Analyser) -> Sketches:
    """A sketch of each article.

    Args:
        terms: by form its index term, "" for a stop word.
        tokens: the articles.
        analyser: what the terms are from.
    """
    hashes = np.array([crc32(term.encode()) for term in terms], dtype=np.uint32)
    kinds = np.array(list(map(_kinds(analyser), terms)), dtype=np.uint8)[tokens.body]
    article_of = tokens.article_of[tokens.passage_of]
    size, words = len(tokens.passages), kinds != _STOP_WORD
    numbers = _different(hashes[tokens.body[kinds == _NUMBER]], article_of[kinds == _NUMBER], size)
    unusual = _different(hashes[tokens.body[kinds == _UNUSUAL]], article_of[kinds == _UNUSUAL], size)
    digests = np.zeros(size, dtype=np.uint32)
    np.add.at(digests, owners(np.diff(numbers.begins)), mixed(numbers.values))
    return Sketches(_values(hashes[tokens.body[words]], article_of[words], size), digests, unusual)


def _kinds(analyser: Analyser) -> Callable[[str], int]:
    """What kind of word an index term is."""
    usual, numerals = read_background(), read_numerals()
    ways = (way for number in range(2, SPOKEN + 1) for way in numerals.writings(Decimal(number)))
    spoken = {analyser.term(word) for way in ways for word in way}

    def kind(term: str) -> int:
        if not term:
            return _STOP_WORD
        if term[0].isdigit() or term in spoken:
            return _NUMBER
        return _USUAL if term in usual else _UNUSUAL

    return kind


def _different(hashes: Hashes, article_of: Numbers, size: int) -> Ragged:
    """The different ones of each of so many articles, in order."""
    keys = np.unique(article_of << 32 | hashes)
    return Ragged(np.searchsorted(keys, np.arange(size + 1) << 32), keys.astype(np.uint32))


def _values(hashes: Hashes, article_of: Numbers, size: int) -> Hashes:
    """For each article the least value of its shingles under each permutation."""
    values = np.full((size, PERMUTATIONS), _NONE, dtype=np.uint32)
    count = max(0, len(hashes) - SHINGLE + 1)
    shingles = np.zeros(count, dtype=np.uint32)
    for place in range(SHINGLE):
        shingles = shingles * np.uint32(0x9E3779B1) + hashes[place : place + count]
    whole = np.flatnonzero(article_of[:count] == article_of[len(hashes) - count :])
    shingles = mixed(shingles[whole])
    articles, begins = np.unique(article_of[whole], return_index=True)
    if len(articles):
        for column, (factor, summand) in enumerate(permutations()):
            values[articles, column] = np.minimum.reduceat(shingles * factor + summand, begins)
    return values


def permutations() -> Iterable[tuple[np.uint32, np.uint32]]:
    """Factors and summands of datasketch's scheme affine32, which is only too slow to load: it needs SciPy.

    That takes half a second, a quarter of what a generation of 100,000 articles takes to renew.
    """
    random = np.random.RandomState(1)
    factors = random.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return zip(factors, random.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32), strict=True)


def mixed(hashes: Hashes) -> Hashes:
    """MurmurHash3's finalizer, through which affine32 sends values first."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))


def leads(sketches: Sketches, published: Sequence[date | None], ids: Sequence[str]) -> Numbers:
    """For each article the number of the one that stands for it: the first published of its copies.

    Of copies of one day it is the one with the first id; undated ones come after the dated.
    """
    pairs = alike(sketches)
    lead_of = {number: number for pair in pairs for number in pair}

    def lead(number: int) -> int:
        while lead_of[number] != number:
            lead_of[number] = number = lead_of[lead_of[number]]
        return number

    def rank(number: int) -> tuple[date, str]:
        return published[number] or date.max, ids[number]

    for one, other in pairs:
        first, second = sorted((lead(one), lead(other)), key=rank)
        lead_of[second] = first
    numbers = np.arange(len(ids))
    numbers[list(lead_of)] = list(map(lead, lead_of))
    return numbers


def alike(sketches: Sketches) -> list[tuple[int, int]]:
    """The pairs of copies, by number, among the neighbours that share a band and the numbers."""
    known = np.flatnonzero(sketches.values[:, 0] != _NONE)
    values, held = sketches.values[known], sketches.numbers[known]
    pairs = []
    for begin in range(0, PERMUTATIONS, BAND):
        pairs.append(_neighbours(_keys([held, *values[:, begin : begin + BAND].T])))
    one, other = np.unique(np.concatenate(pairs), axis=0).T
    agree = ((values[one] == values[other]).mean(axis=1) >= ALIKE) & (held[one] == held[other])
    found = zip(known[one[agree]].tolist(), known[other[agree]].tolist(), strict=True)
    return [pair for pair in found if not _tell_of_different(*map(sketches.unusual.__getitem__, pair))]


def _neighbours(keys: npt.NDArray[np.uint64]) -> Numbers:
    """The pairs of numbers that follow each other among those with the same key, a row each."""
    in_order = np.sort(keys)  # several times as fast as sorting the numbers, of which few are left
    shared = in_order[1:][in_order[1:] == in_order[:-1]]
    if not len(shared):
        return np.empty((0, 2), dtype=np.int64)
    numbers = np.flatnonzero(shared[np.minimum(np.searchsorted(shared, keys), len(shared) - 1)] == keys)
    order = numbers[np.argsort(keys[numbers], kind="stable")]
    together = np.flatnonzero(keys[order[1:]] == keys[order[:-1]])
    return np.stack([order[together], order[together + 1]], axis=1)


def _tell_of_different(one: Hashes, other: Hashes) -> bool:
    """Whether each has words that the other lacks."""
    return len(np.setdiff1d(one, other)) > 0 and len(np.setdiff1d(other, one)) > 0


def _keys(columns: Iterable[Hashes]) -> npt.NDArray[np.uint64]:
    """A number for each row of these columns, the same for the same rows and hardly ever for others."""
    first, *others = columns
    keys = first.astype(np.uint64)
    for column in others:
        keys = (keys ^ column) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(32)
    return keys
