"""The embedded engine: BM25 impacts, computed once and memory-mapped.

A posting is a bag's number and the term's impact in it, so that a query is a sparse dot product: no
logarithm, division or length look-up is left to do while somebody waits.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.mapped import SortedStrings, mapped, write_pieces
from knowledge.ranking.counts import Counts, write_counts
from knowledge.ranking.engine import K1, B, Ids, Scores, WeightedTerm

REMEMBERED = 1 << 16
"""Terms whose place in the table is remembered: the words of a day's questions."""

LONG = 4096
"""Postings from which on looking for the bags that can still win costs less than adding up."""


Bags = npt.NDArray[np.uint32]
Impacts = npt.NDArray[np.float32]


class ImpactEngine:
    """The engine over the files that `write_impacts` left; see `Engine` for what it answers."""

    def __init__(self, folder: Path, name: str, terms: SortedStrings) -> None:
        self._number = lru_cache(maxsize=REMEMBERED)(terms.number)
        self._begins = mapped(folder / f"{name}.begins.npy")
        self._bags = mapped(folder / f"{name}.columns.npy")
        self._impacts = mapped(folder / f"{name}.impacts.npy")
        self._maxima = mapped(folder / f"{name}.maxima.npy")
        size, self.mean_length = np.load(folder / f"{name}.size.npy").tolist()
        self._size = int(size)

    def __len__(self) -> int:
        return self._size

    def document_frequency(self, term: str) -> int:
        """In how many bags the term stands; 0 for an unknown one."""
        return len(self._postings(term)[0])

    def search(self, query: Sequence[WeightedTerm], limit: int) -> tuple[Ids, Scores]:
        """The `limit` best bags with a score above 0, best first, ties by number, and their scores.

        Short postings come first. Before a long one is added up, the bags that can still be among the
        best are looked for (MaxScore; Turtle and Flood, 1995): once these are few, the long postings
        are only searched for them.
        """
        terms = sorted(query, key=lambda weighted: self.document_frequency(weighted.term))
        bounds = np.cumsum([term.weight * self._most(term.term) for term in reversed(terms)])[::-1]
        scores = np.zeros(len(self))
        touched: list[Bags] = []
        for place, weighted in enumerate(terms):
            bags, impacts = self._postings(weighted.term)
            if len(bags) > LONG and (able := _able(scores, touched, limit, bounds[place])) is not None:
                return _first(able, scores[able] + self.scores(terms[place:], able), limit)
            scores[bags] += weighted.weight * impacts
            touched.append(bags)
        found = _highest(scores, touched, limit)
        return _first(found, scores[found], limit)

    def scores(self, query: Sequence[WeightedTerm], ids: Ids) -> Scores:
        """The scores of the bags `ids`, in their order: a binary search in each term's postings."""
        scores = np.zeros(len(ids))
        for weighted in query:
            bags, impacts = self._postings(weighted.term)
            if len(bags):
                places = np.minimum(np.searchsorted(bags, ids), len(bags) - 1)
                scores += np.where(bags[places] == ids, weighted.weight * impacts[places], 0.0)
        return scores

    def _most(self, term: str) -> float:
        number = self._number(term)
        return 0.0 if number is None else float(self._maxima[number])

    def _postings(self, term: str) -> tuple[Bags, Impacts]:
        number = self._number(term)
        if number is None:
            return self._bags[:0], self._impacts[:0]
        begin, end = self._begins[number], self._begins[number + 1]
        return self._bags[begin:end], self._impacts[begin:end]


def _able(scores: Scores, touched: Sequence[Bags], limit: int, bound: float) -> Ids | None:
    """The bags that `bound` more can make one of the `limit` best; None while that could be any bag."""
    highest = np.sort(scores[_highest(scores, touched, limit)])
    if len(highest) < limit or highest[-limit] <= bound:
        return None
    bags = np.concatenate(touched)
    return np.unique(bags[scores[bags] + bound >= highest[-limit]]).astype(np.int64)


def _highest(scores: Scores, touched: Sequence[Bags], limit: int) -> Ids:
    """Bags among which are the `limit` best, by number; costs grow with the postings, not with the bags.

    A bag stands in `touched` at most once a term, so of `limit` times as many entries as there are
    terms, at least `limit` are different bags.
    """
    bags = np.concatenate(touched) if touched else np.empty(0, np.uint32)
    reached, enough = scores[bags], limit * len(touched)
    if len(bags) > enough:
        bags = bags[reached >= np.partition(reached, len(bags) - enough)[len(bags) - enough]]
    return np.unique(bags).astype(np.int64)


def _first(bags: Ids, scores: Scores, limit: int) -> tuple[Ids, Scores]:
    """The `limit` highest scored above 0 of `bags`, which are in order, best first, ties by number."""
    order = np.argsort(-scores, kind="stable")[:limit]
    order = order[scores[order] > 0]
    return bags[order], scores[order]


def write_impacts(folder: Path, name: str, counts: Sequence[Counts], lengths: Ids) -> None:
    """Index bags of these lengths; `counts` are how often each term, a row each, stands in each; in parts."""
    mean = lengths.mean() if lengths.any() else 1.0
    norms = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
    maxima = [np.empty(0, dtype=np.float32)]

    def pieces() -> Iterator[memoryview]:
        for part in counts:
            impacts = _impacts(part, norms)
            maxima.append(_maxima(impacts, part.begins))
            yield impacts.data

    size = sum(len(part.columns) for part in counts)
    write_counts(folder, name, counts)
    write_pieces(folder / f"{name}.impacts.npy", np.float32, size, pieces())
    np.save(folder / f"{name}.maxima.npy", np.concatenate(maxima))
    np.save(folder / f"{name}.lengths.npy", lengths)
    np.save(folder / f"{name}.size.npy", np.array([len(lengths), mean]))


def _impacts(counts: Counts, norms: Impacts) -> Impacts:
    """BM25's impacts in bags of these norms."""
    impacts = counts.counts.astype(np.float32)
    norms = np.take(norms, counts.columns)
    norms += impacts
    impacts *= np.float32(K1 + 1)
    impacts /= norms
    return impacts


def _maxima(impacts: Impacts, begins: Ids) -> Impacts:
    """The highest impact of each term; 0 for one without postings."""
    maxima = np.zeros(len(begins) - 1, dtype=np.float32)
    held = np.flatnonzero(np.diff(begins))
    if len(held):
        maxima[held] = np.maximum.reduceat(impacts, begins[held])
    return maxima
