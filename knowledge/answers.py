"""From a question to an answer: which passages, how sure, and whether to answer at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from time import perf_counter

import numpy as np

from knowledge.articles import Answer, Hit, Passage
from knowledge.corpus.generation import Generation
from knowledge.evidence import Evidence, Reader
from knowledge.language.analysis import Analyser
from knowledge.language.query import Query, analyse
from knowledge.language.questions import wanted
from knowledge.language.words import words
from knowledge.ranking.engine import K1, Engine, Ids, Scores
from knowledge.ranking.weights import concept_idf, weighted_terms

POOL = 100
POOL_ARTICLES = 20
"""The passages that a question is weighed against: the best ones, and all of the best articles."""

READ = 40
"""The best of them, by score alone, that are read for evidence."""

FIRST_WEIGHTS = np.array((1.0, 0.8, 0.2))
"""Of the passage's, its article's and its title's BM25 in choosing those."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its scores, each a share of what a perfect match would get, and its evidence."""

    number: int
    passage: Passage
    scores: tuple[float, ...]
    evidence: Evidence

    @property
    def features(self) -> tuple[float, ...]:
        """What `WEIGHTS` weigh, in that order."""
        read = self.evidence
        return (
            *self.scores,
            read.sentence,
            read.neighbours,
            read.coverage,
            read.adjacency,
            read.wanted,
            1 / (1 + self.passage.position),
            log(1 + len(self.passage.text) / 700),
        )


WEIGHTS = (0.0, 18.0, 2.0, 2.0, 2.0, 3.0, 1.0, 3.0, 2.0, 2.5)
"""Of the passage's, its article's and its title's BM25; the best sentence, the best two, all of them;
words together; the kind of answer; standing early in the article; length."""


CONFIDENCE = (-3.0, 6.0, 4.0, 0.0, 0.0)
"""Constant; coverage by the first passage; by its article; its lead; how many concepts there are."""

THRESHOLD = 0.5
"""The confidence from which a question is answered."""


def answer(question: str, generation: Generation, engine: Engine, analyser: Analyser, limit: int) -> Answer:
    """The answer to `question` from the generation, whose passages `engine` ranks."""
    began = perf_counter()
    query = analyse(question, analyser, generation)
    ranked = rank(query, generation, engine, analyser)
    confidence = confidence_in(query, ranked)
    return Answer(
        question=question,
        script=query.script,
        answered=confidence >= THRESHOLD,
        confidence=confidence,
        ranked=tuple(Hit(c.passage, score(c), c.evidence.highlights, c.evidence.best_sentence) for c in ranked[:limit]),
        generation=generation.id,
        took_ms=(perf_counter() - began) * 1000,
    )


def rank(query: Query, generation: Generation, engine: Engine, analyser: Analyser) -> list[Candidate]:
    """The query's candidates, best first."""
    idfs = [concept_idf(concept, engine) for concept in query.concepts]
    reader = Reader(query, idfs, wanted(words(query.text)), analyser)
    candidates = list(_candidates(query, generation, engine, reader))
    return sorted(candidates, key=score, reverse=True)


def score(candidate: Candidate) -> float:
    """The candidate's features, weighed."""
    return sum(weight * feature for weight, feature in zip(WEIGHTS, candidate.features, strict=True))


def _candidates(query: Query, generation: Generation, engine: Engine, reader: Reader) -> Iterator[Candidate]:
    by_passage, by_article, by_title = (
        _Scorer(query, ranked) for ranked in (engine, generation.by_article, generation.by_title)
    )
    owned = [list(generation.passages_of(article)) for article in by_article.best(POOL_ARTICLES)]
    pool = np.unique(np.concatenate([by_passage.best(POOL), *owned]).astype(np.int64))
    owners = generation.owners(pool)
    scores = np.stack([by_passage.shares(pool), by_article.shares(owners), by_title.shares(owners)], axis=1)
    for place in np.argsort(-(scores @ FIRST_WEIGHTS), kind="stable")[:READ].tolist():
        number = int(pool[place])
        passage = generation.passage(number)
        yield Candidate(number, passage, tuple(scores[place].tolist()), reader.read(passage.text))


class _Scorer:
    """One engine's scores for one query, as shares of what a bag full of every concept would get."""

    def __init__(self, query: Query, engine: Engine) -> None:
        self._engine = engine
        self._terms = weighted_terms(query, engine)
        self._most = (K1 + 1) * sum(term.weight for term in self._terms) or 1.0

    def best(self, limit: int) -> Ids:
        return self._engine.search(self._terms, limit)[0]

    def shares(self, ids: Ids) -> Scores:
        return self._engine.scores(self._terms, ids) / self._most


def confidence_in(query: Query, ranked: list[Candidate]) -> float:
    """The probability, 0 to 1, that the first of the ranked passages answers the query."""
    if not ranked:
        return 0.0
    return 1 / (1 + exp(-sum(w * f for w, f in zip(CONFIDENCE, doubts(query, ranked), strict=True))))


def doubts(query: Query, ranked: list[Candidate]) -> tuple[float, ...]:
    """What `CONFIDENCE` weighs, in that order."""
    first = ranked[0]
    others = [candidate for candidate in ranked if candidate.passage.article.id != first.passage.article.id]
    lead = score(first) - score(others[0]) if others else score(first)
    return (1.0, first.evidence.coverage, first.scores[1], lead, log(1 + len(query.concepts)))
