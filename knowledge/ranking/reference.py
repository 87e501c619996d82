"""rank-bm25 as the reference engine: for small corpora, and for checking what the embedded one says."""

from collections.abc import Mapping, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from knowledge.ranking.engine import K1, B, Ids, Scores, WeightedTerm


class _Okapi(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """BM25Okapi with an idf of 1: idf is a weight of the query, so a term's score is its impact."""

    def _calc_idf(self, frequencies: Mapping[str, int]) -> None:
        self.idf = dict.fromkeys(frequencies, 1.0)


class ReferenceEngine:
    """The `Engine` protocol over rank-bm25; also for corpora of 0, 1 and 2 bags, where that breaks.

    Args:
        bags: the terms of each bag.
        mean_length: that of the corpus which `bags` are a sample of; their own where they are all.
    """

    def __init__(self, bags: Sequence[Sequence[str]], mean_length: float | None = None) -> None:
        self._size = len(bags)
        self._okapi = _Okapi(bags, k1=K1, b=B) if any(bags) else None
        if self._okapi and mean_length:
            self._okapi.avgdl = mean_length

    def __len__(self) -> int:
        return self._size

    def document_frequency(self, term: str) -> int:
        """In how many bags the term stands; 0 for an unknown one."""
        return sum(term in frequencies for frequencies in self._okapi.doc_freqs) if self._okapi else 0

    def search(self, query: Sequence[WeightedTerm], limit: int) -> tuple[Ids, Scores]:
        """The `limit` best bags with a score above 0, best first, ties by number, and their scores."""
        scores = self._all(query)
        found = np.argsort(-scores, kind="stable")[:limit]
        found = found[scores[found] > 0]
        return found, scores[found]

    def scores(self, query: Sequence[WeightedTerm], ids: Ids) -> Scores:
        """The scores of the bags `ids`, in their order."""
        return self._all(query)[ids]

    def _all(self, query: Sequence[WeightedTerm]) -> Scores:
        scores = np.zeros(self._size)
        if self._okapi:
            for weighted in query:
                scores += weighted.weight * self._okapi.get_scores([weighted.term])
        return scores
