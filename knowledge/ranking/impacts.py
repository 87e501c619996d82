"""The embedded engine: BM25 impacts, computed once and memory-mapped.

A posting is a bag's number and the term's impact in it, so that a query is a sparse dot product: no
logarithm, division or length look-up is left to do while somebody waits.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.ranking.engine import B, K1, Ids, Scores, WeightedTerm
from knowledge.ranking.table import SortedStrings, mapped


class ImpactEngine:
    """The engine over the files that `write_impacts` left; see `Engine` for what it answers."""

    def __init__(self, folder: Path, name: str, terms: SortedStrings) -> None:
        self._terms = terms
        self._begins = mapped(folder / f"{name}.begins.npy")
        self._bags = mapped(folder / f"{name}.bags.npy")
        self._impacts = mapped(folder / f"{name}.impacts.npy")
        size, self.mean_length = np.load(folder / f"{name}.size.npy").tolist()
        self._size = int(size)

    def __len__(self) -> int:
        return self._size

    def document_frequency(self, term: str) -> int:
        """In how many bags the term stands; 0 for an unknown one."""
        return len(self._postings(term)[0])

    def search(self, query: Sequence[WeightedTerm], limit: int) -> tuple[Ids, Scores]:
        """The `limit` best bags with a score above 0, best first, ties by number, and their scores."""
        scores = np.zeros(len(self))
        for weighted in query:
            bags, impacts = self._postings(weighted.term)
            scores[bags] += weighted.weight * impacts
        found = best(scores, limit)
        return found, scores[found]

    def scores(self, query: Sequence[WeightedTerm], ids: Ids) -> Scores:
        """The scores of the bags `ids`, in their order: a binary search in each term's postings."""
        scores = np.zeros(len(ids))
        for weighted in query:
            bags, impacts = self._postings(weighted.term)
            if len(bags):
                places = np.minimum(np.searchsorted(bags, ids), len(bags) - 1)
                scores += np.where(bags[places] == ids, weighted.weight * impacts[places], 0.0)
        return scores

    def _postings(self, term: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]:
        number = self._terms.number(term)
        if number is None:
            return self._bags[:0], self._impacts[:0]
        begin, end = self._begins[number], self._begins[number + 1]
        return self._bags[begin:end], self._impacts[begin:end]


def best(scores: Scores, limit: int) -> Ids:
    """The positions of the `limit` highest scores above 0, best first, ties by position."""
    found = np.flatnonzero(scores > 0)
    if len(found) > limit:
        values = scores[found]
        threshold = np.partition(values, len(values) - limit)[len(values) - limit]
        found = found[values >= threshold]
    return found[np.lexsort((found, -scores[found]))][:limit].astype(np.int64)


def write_impacts(
    folder: Path,
    name: str,
    terms: npt.NDArray[np.int64],
    bags: npt.NDArray[np.int64],
    size: int,
    vocabulary: int,
) -> None:
    """Index `size` bags given as pairs: the n-th token is term number `terms[n]` in bag `bags[n]`."""
    lengths = np.bincount(bags, minlength=size)
    mean = lengths.mean() if len(bags) else 1.0
    keys, frequencies = np.unique(terms * max(size, 1) + bags, return_counts=True)
    posting_terms, posting_bags = np.divmod(keys, max(size, 1))
    norms = K1 * (1 - B + B * lengths[posting_bags] / mean)
    np.save(folder / f"{name}.begins.npy", np.searchsorted(posting_terms, np.arange(vocabulary + 1)))
    np.save(folder / f"{name}.bags.npy", posting_bags.astype(np.uint32))
    np.save(
        folder / f"{name}.impacts.npy", (frequencies * (K1 + 1) / (frequencies + norms)).astype(np.float32)
    )
    np.save(folder / f"{name}.size.npy", np.array([size, mean]))
