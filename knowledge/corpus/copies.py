"""Copies: one agency's report in several papers, found by the words that they share.

Each article is sketched once: by MinHash (Broder, 1997) over its index terms, three at a time, with the
numbers and the unusual words that it holds. Two articles are copies of each other that agree in enough of
their sketches and hold the same numbers, unless each has unusual words, such as names, that the other lacks:
two accidents are reported in much the same words. Copies of copies are copies. All this follows from the
sketches alone, so that it is the same whether a generation is built anew or from the one before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from knowledge.corpus.ragged import Ragged
from knowledge.corpus.reading import Numbers, Tokens
from knowledge.language.analysis import Analyser
from knowledge.language.background import read_background
from knowledge.language.numerals import read_numerals
from knowledge.mapped import mapped

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
_SCHEME = "affine32"


@dataclass(frozen=True, slots=True)
class Sketches:
    """What copies are told by, by number of article.

    Attributes:
        values: MinHash's, a row each; all ones where there are too few words for it.
        numbers: a digest of the numbers that each holds.
        unusual: digests of its words that aren't common in Hindi, in order.
    """

    values: npt.NDArray[np.uint32]
    numbers: npt.NDArray[np.uint32]
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
        kept, anew = np.flatnonzero(old_of >= 0), np.flatnonzero(old_of < 0)
        order = np.empty(len(old_of), dtype=np.int64)
        order[np.concatenate([kept, anew])] = np.arange(len(old_of))
        old = old_of[kept]
        return Sketches(
            np.concatenate([self.values[old], fresh.values])[order],
            np.concatenate([self.numbers[old], fresh.numbers])[order],
            self.unusual.taken(old).followed_by(fresh.unusual).taken(order),
        )


def sketched(terms: Sequence[str], tokens: Tokens, analyser: Analyser) -> Sketches:
    """A sketch of each article.

    Args:
        terms: by form its index term, "" for a stop word.
        tokens: the articles.
        analyser: what the terms are from.
    """
    from datasketch import MinHash  # type: ignore[import-untyped]  # here, since it loads all of SciPy

    hashes = np.array([crc32(term.encode()) for term in terms], dtype=np.uint32)
    usual = read_background().keys() | {""}
    spoken = _spoken_numbers(analyser)
    numeric = np.array([term[:1].isdigit() or term in spoken for term in terms], dtype=bool)
    unusual = np.array([term not in usual for term in terms], dtype=bool) & ~numeric
    stop = np.array([not term for term in terms], dtype=bool)
    permutations = MinHash(PERMUTATIONS, scheme=_SCHEME).permutations
    values = np.full((len(tokens.passages), PERMUTATIONS), _NONE, dtype=np.uint32)
    numbers = np.zeros(len(tokens.passages), dtype=np.uint32)
    words: list[npt.NDArray[np.uint32]] = []
    for number, body in enumerate(_bodies(tokens)):
        forms = body[~stop[body]]
        words.append(np.unique(hashes[forms[unusual[forms]]]))
        if len(forms) >= SHINGLE:
            sketch = MinHash(PERMUTATIONS, hashfunc=int, permutations=permutations, scheme=_SCHEME)
            sketch.update_batch(_shingles(hashes[forms]).tolist())
            values[number] = sketch.hashvalues
            numbers[number] = crc32(np.unique(hashes[forms[numeric[forms]]]).tobytes())
    return Sketches(values, numbers, Ragged.of(words, np.uint32))


def _spoken_numbers(analyser: Analyser) -> set[str]:
    """The index terms of numbers in words."""
    numerals = read_numerals()
    ways = (way for number in range(2, SPOKEN + 1) for way in numerals.writings(Decimal(number)))
    return {analyser.term(word) for way in ways for word in way} - {""}


def _bodies(tokens: Tokens) -> Iterable[Numbers]:
    """The words of each article."""
    ends = np.append(0, tokens.body_ends)[np.append(0, np.cumsum(tokens.passages))].tolist()
    return (tokens.body[begin:end] for begin, end in pairwise(ends))


def _shingles(hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """One number for each run of `SHINGLE` words."""
    count = len(hashes) - SHINGLE + 1
    shingles = np.zeros(count, dtype=np.uint32)
    for place in range(SHINGLE):
        shingles = shingles * np.uint32(0x9E3779B1) + hashes[place : place + count]
    return shingles


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
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for begin in range(0, PERMUTATIONS, BAND):
        keys = _keys([held, *values[:, begin : begin + BAND].T])
        order = np.argsort(keys, kind="stable")
        together = np.flatnonzero(keys[order[1:]] == keys[order[:-1]])
        pairs.append(np.stack([order[together], order[together + 1]], axis=1))
    one, other = np.unique(np.concatenate(pairs), axis=0).T
    agree = ((values[one] == values[other]).mean(axis=1) >= ALIKE) & (held[one] == held[other])
    found = zip(known[one[agree]].tolist(), known[other[agree]].tolist(), strict=True)
    return [pair for pair in found if not _tell_of_different(*map(sketches.unusual.__getitem__, pair))]


def _tell_of_different(one: npt.NDArray[np.uint32], other: npt.NDArray[np.uint32]) -> bool:
    """Whether each has words that the other lacks."""
    return len(np.setdiff1d(one, other)) > 0 and len(np.setdiff1d(other, one)) > 0


def _keys(columns: Iterable[npt.NDArray[np.uint32]]) -> npt.NDArray[np.uint64]:
    """A number for each row of these columns, the same for the same rows and hardly ever for others."""
    first, *others = columns
    keys = first.astype(np.uint64)
    for column in others:
        keys = (keys ^ column) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(32)
    return keys
