"""The first stage of an answer: which passages are worth reading, by the scores of the engines alone."""

from collections.abc import Sequence

import numpy as np

from knowledge.corpus.generation import Generation
from knowledge.language.background import Background
from knowledge.language.concepts import Query
from knowledge.ranking.engine import K1, Engine, Ids, Scores, WeightedTerm
from knowledge.ranking.weights import idf, weighted_terms

POOL_PASSAGES = 200
POOL_ARTICLES = 50
"""A question is weighed against this many of the best passages, and all passages of the best articles."""

FEW_CONCEPTS = 1
"""Up to so many content words, function words bring passages too: करना हो सकता है is a quotation. Of
Dakshina's four-word quotations one in fifty has no content word."""

FIRST_WEIGHTS = np.array((1.0, 0.8, 0.2, 1.0))
"""Of the passage's, its article's and its title's BM25, and that of the passage's function words, in
choosing those to read. The last, with 1 instead of 0, raises MRR@10 on Dakshina's quotations from 0.955
to 0.974, and changes nothing on the news questions."""


def pool(query: Query, generation: Generation, engine: Engine, background: Background) -> tuple[Ids, Scores]:
    """The numbers of the passages worth weighing, best first, and their scores.

    A row of scores has the passage's, its article's and its title's, each a share of what a perfect match
    would get. `engine` ranks the generation's passages.
    """
    by_passage, by_article, by_title = (
        _Scorer(weighted_terms(query, each, background), each)
        for each in (engine, generation.by_article, generation.by_title)
    )
    by_function = _Scorer(_function_terms(query, generation.by_function), generation.by_function)
    owned = [generation.passages_of(article) for article in by_article.best(POOL_ARTICLES).tolist()]
    few = len(query.concepts) <= FEW_CONCEPTS
    said = [by_function.best(POOL_PASSAGES)] if few else []
    numbers = np.unique(np.concatenate([by_passage.best(POOL_PASSAGES), *owned, *said]).astype(np.int64))
    owners = generation.owners(numbers)
    functions = by_function.scores(numbers) / ((by_function.most + by_passage.most) or 1.0)
    shares = (by_passage.shares(numbers), by_article.shares(owners), by_title.shares(owners), functions)
    scores = np.stack(shares, axis=1)
    order = np.argsort(-(scores @ FIRST_WEIGHTS), kind="stable")
    return numbers[order], scores[order, :3]


def _function_terms(query: Query, engine: Engine) -> list[WeightedTerm]:
    weights: dict[str, float] = {}
    for readings in query.sequence:
        frequencies = {word: engine.document_frequency(word) for word in readings if isinstance(word, str)}
        known = {word: count for word, count in frequencies.items() if count}
        for word, count in known.items():
            weights[word] = max(weights.get(word, 0.0), idf(count, len(engine)) / len(known))
    return [WeightedTerm(word, weight) for word, weight in weights.items()]


class _Scorer:
    """One engine's scores for one query."""

    def __init__(self, terms: Sequence[WeightedTerm], engine: Engine) -> None:
        self._engine = engine
        self._terms = terms
        self.most = (K1 + 1) * sum(term.weight for term in terms)
        """What a bag full of every concept would get."""

    def best(self, limit: int) -> Ids:
        return self._engine.search(self._terms, limit)[0]

    def scores(self, ids: Ids) -> Scores:
        return self._engine.scores(self._terms, ids)

    def shares(self, ids: Ids) -> Scores:
        return self.scores(ids) / (self.most or 1.0)
