"""Copies: one agency's report in several papers, found by the words that they share.

Each article is sketched once by MinHash (Broder, 1997) over its index terms, three at a time. Two articles
are copies of each other that hold the same numbers and agree in enough of their sketches, and so are copies
of copies. All this follows from the sketches alone, so that it is the same whether a generation is built
anew or from the one before.
"""

from collections.abc import Sequence
from datetime import date
from zlib import crc32

import numpy as np
import numpy.typing as npt

from knowledge.corpus.reading import Numbers, Tokens

SHINGLE = 3
"""Index terms that are taken together."""

PERMUTATIONS = 64
BAND = 4
"""Values of a sketch that two articles must share to be compared: of two articles with 0.8 of their
shingles in common, one pair in five thousand shares none of the sixteen bands."""

ALIKE = 0.8
"""The share of their sketches in which copies agree, an estimate of the share of their shingles."""

NUMBERS = 2
"""Places at a sketch's end that tell which numbers the article holds."""

WIDTH = PERMUTATIONS + NUMBERS

Sketches = npt.NDArray[np.uint32]

_NONE = np.iinfo(np.uint32).max
_SCHEME = "affine32"


def sketches(terms: Sequence[str], tokens: Tokens) -> Sketches:
    """A sketch of each article, a row each; all ones where it has too few words for one.

    Args:
        terms: by form its index term, "" for a stop word.
        tokens: the articles.
    """
    from datasketch import MinHash  # type: ignore[import-untyped]  # here, since it loads all of SciPy

    hashes = np.array([crc32(term.encode()) for term in terms], dtype=np.uint32)
    numeric = np.array([term.isdecimal() for term in terms], dtype=bool)
    stop = np.array([not term for term in terms], dtype=bool)
    permutations = MinHash(PERMUTATIONS, scheme=_SCHEME).permutations
    rows = np.full((len(tokens.passages), WIDTH), _NONE, dtype=np.uint32)
    ends = np.append(0, tokens.body_ends)[np.append(0, np.cumsum(tokens.passages))].tolist()
    for row, begin, end in zip(rows, ends[:-1], ends[1:], strict=True):
        forms = tokens.body[begin:end]
        forms = forms[~stop[forms]]
        if len(forms) < SHINGLE:
            continue
        sketch = MinHash(PERMUTATIONS, hashfunc=int, permutations=permutations, scheme=_SCHEME)
        sketch.update_batch(_shingles(hashes[forms]).tolist())
        row[:PERMUTATIONS] = sketch.hashvalues
        held = np.unique(hashes[forms[numeric[forms]]]).tobytes()
        row[PERMUTATIONS:] = crc32(held), crc32(held, 1)
    return rows


def _shingles(hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """One number for each run of `SHINGLE` words."""
    count = len(hashes) - SHINGLE + 1
    shingles = np.zeros(count, dtype=np.uint32)
    for place in range(SHINGLE):
        shingles = shingles * np.uint32(0x9E3779B1) + hashes[place : place + count]
    return shingles


def leads(rows: Sketches, published: Sequence[date | None], ids: Sequence[str]) -> Numbers:
    """For each article the number of the one that stands for it: the first published of its copies.

    Of copies of one day it is the one with the first id; undated ones come after the dated.
    """
    pairs = alike(rows).tolist()
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
    numbers = np.arange(len(rows))
    numbers[list(lead_of)] = list(map(lead, lead_of))
    return numbers


def alike(rows: Sketches) -> Numbers:
    """The pairs of copies, two numbers a row: neighbours among those that share a band and the numbers."""
    sketched = np.flatnonzero(rows[:, 0] != _NONE)
    values, held = rows[sketched, :PERMUTATIONS], rows[sketched, PERMUTATIONS:]
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for begin in range(0, PERMUTATIONS, BAND):
        keys = _keys(np.concatenate([held, values[:, begin : begin + BAND]], axis=1))
        order = np.argsort(keys, kind="stable")
        together = np.flatnonzero(keys[order[1:]] == keys[order[:-1]])
        pairs.append(np.stack([order[together], order[together + 1]], axis=1))
    one, other = np.unique(np.concatenate(pairs), axis=0).T
    shares = (values[one] == values[other]).mean(axis=1)
    copies = (shares >= ALIKE) & (held[one] == held[other]).all(axis=1)
    return np.stack([sketched[one[copies]], sketched[other[copies]]], axis=1)


def _keys(rows: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """A number for each row, the same for the same rows and hardly ever for others."""
    keys = np.zeros(len(rows), dtype=np.uint64)
    for column in rows.T:
        keys = (keys ^ column) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(32)
    return keys
