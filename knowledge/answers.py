"""From a question to an answer: which passages, how sure, and whether to answer at all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import islice
from math import log
from operator import attrgetter
from time import perf_counter

import numpy as np

from knowledge.articles import Answer, Article, Hit, Passage
from knowledge.confidence import NO_GROUNDS, SURE, THRESHOLD, Grounds, Told, confidence_in, weigh
from knowledge.corpus.generation import Generation
from knowledge.corpus.passages import MAX_CHARACTERS
from knowledge.evidence import Evidence, Reader
from knowledge.language.concepts import Concept, Query
from knowledge.language.date_fit import fit
from knowledge.language.query import QuestionAnalyser
from knowledge.language.words import words
from knowledge.meant import Proposal, proposals
from knowledge.pool import pool
from knowledge.ranking.engine import Engine, Ids, Scores, WeightedTerm
from knowledge.ranking.weights import concept_idf

READ = 24
"""So many of the pool, the best by score alone, are read for evidence: a phone's screens full, 10 ms."""

HEARD = 6
"""In the articles of so many of the best passages a question's words are looked for: what none of them has,
the corpus doesn't tell."""

SAME = 0.8
"""The share of a passage's different words from which on another one with them says the same."""

ALL = 0.999
"""The share of a question's idf that is the whole of it, but for rounding."""

UNDATED = 0.5
"""The fit of an article without a date, and of any where the question names none."""

NEARBY_COVERAGE = 0.5
MOST_NEARBY = 3
"""Articles are named beside a refusal if a passage of theirs has this share of the question's idf."""


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a passage, each about 0 to 1, or how much that weighs: `WEIGHTS`.

    The article's and its title's BM25, each a share of what a perfect match would get; the concepts in
    the best sentence, in the best two, in all; the kind of answer that is wanted; the question's own
    words in their order, squared, since a whole quotation says more than its halves; length; an article
    of the time.
    """

    article: float
    title: float
    sentence: float
    neighbours: float
    coverage: float
    wanted: float
    verbatim: float
    length: float
    timely: float

    def weighed(self, weights: "Features") -> float:
        """The score: the features times the weights, added up."""
        return sum(value * weight for value, weight in zip(_in_order(self), _in_order(weights), strict=True))


_in_order: Callable[[Features], tuple[float, ...]] = attrgetter(*(field.name for field in fields(Features)))


WEIGHTS = Features(
    article=19.0,
    title=1.7,
    sentence=2.5,
    neighbours=2.5,
    coverage=3.4,
    wanted=2.8,
    verbatim=8.0,
    length=2.3,
    timely=1.5,
)
"""A conditional logit (McFadden, 1974) fitted to 260 questions on news and 1,145 of XQuAD, but for two that
were set by hand: the order of words (with 8 instead of 0, MRR@10 rises from 0.87 to 0.98 on Dakshina's
four-word quotations, and news gains as much as it loses; not squared, it costs news one passage in
thirty) and the time. In five-fold cross-validation the fitted ones put the passage with the answer first
for 0.623 of the questions on news, where BM25 of passage, article and title alone do for 0.52. The
passage's own BM25 and standing early in the article add nothing to these.
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was read for a question, with what speaks for it."""

    number: int
    passage: Passage
    evidence: Evidence
    features: Features

    @property
    def score(self) -> float:
        """The features, weighed."""
        return self.features.weighed(WEIGHTS)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The passages for a query: those that were read, best first, and the numbers of the rest behind them."""

    query: Query
    idfs: tuple[float, ...]
    read: tuple[Candidate, ...]
    rest: tuple[int, ...]


class Answerer:
    """Answers questions from one generation, whose passages `engine` ranks; safe to share between threads."""

    def __init__(self, generation: Generation, engine: Engine, language: QuestionAnalyser) -> None:
        self.generation = generation
        self._engine = engine
        self._language = language
        self._background = language.lexicons.background

    def answer(self, question: str, limit: int) -> Answer:
        """The answer to `question`, with at most `limit` passages."""
        began = perf_counter()
        ranking = self.rank(question)
        answer = self.reply(ranking, limit, began)
        if answer.answered:
            return answer
        return replace(answer, meant=self._meant(ranking.query), took_ms=_ms_since(began))

    def _meant(self, refused: Query) -> str | None:
        """The refused question with one word as the corpus spells it, if that has a sure answer."""
        proposed = proposals(refused, self.generation.vocabulary)
        return next((proposal.question for proposal in proposed if self._makes_sense(proposal)), None)

    def _makes_sense(self, proposal: Proposal) -> bool:
        """Whether the question is surely answered, by a sentence with the word that was spelled anew."""
        ranking = self.rank(proposal.question)
        if confidence_in(self.grounds(ranking)) < SURE:
            return False
        first = ranking.read[0]
        answering = first.passage.text[slice(*first.evidence.best_sentence)]
        return self._language.analyser.term(proposal.spelling) in self._language.analyser.terms(answering)

    def reply(self, ranking: Ranking, limit: int, began: float) -> Answer:
        """The answer that follows from `ranking`; `began` is `perf_counter()` when the question came."""
        confidence = confidence_in(self.grounds(ranking))
        answered = confidence >= THRESHOLD
        return Answer(
            question=ranking.query.text,
            script=ranking.query.script,
            answered=answered,
            confidence=confidence,
            ranked=tuple(map(_hit, islice(_distinct(ranking.read), limit))),
            generation=self.generation.id,
            took_ms=_ms_since(began),
            unsure=answered and confidence < SURE,
            nearby=() if answered else _nearby(ranking.read),
        )

    def rank(self, question: str) -> Ranking:
        """The generation's passages for the question."""
        query = self._language.analyse(question, self.generation.vocabulary)
        numbers, scores = pool(query, self.generation, self._engine, self._background)
        idfs = tuple(concept_idf(concept, self._engine, self._background) for concept in query.concepts)
        reader = Reader(query, idfs, self._language.analyser)
        best = zip(numbers[:READ].tolist(), scores, strict=False)
        read = [self._read(number, row, query, reader) for number, row in best]
        read.sort(key=lambda candidate: candidate.score, reverse=True)
        return Ranking(query, idfs, tuple(read), tuple(numbers[READ:].tolist()))

    def _read(self, number: int, scores: Scores, query: Query, reader: Reader) -> Candidate:
        passage = self.generation.passage(number)
        _, article, title = scores.tolist()
        evidence = reader.read(passage.text)
        features = Features(
            article=article,
            title=title,
            sentence=evidence.sentence,
            neighbours=evidence.neighbours,
            coverage=evidence.coverage,
            wanted=evidence.wanted,
            verbatim=evidence.verbatim**2,
            length=log(1 + len(passage.text) / MAX_CHARACTERS),
            timely=_timely(query, passage.article.published),
        )
        return Candidate(number, passage, evidence, features)

    def grounds(self, ranking: Ranking) -> Grounds:
        """What speaks for and against answering with the first of the passages read."""
        if not ranking.read or not ranking.query.concepts:
            return NO_GROUNDS
        first = ranking.read[0]
        articles = self.generation.owners(np.array([each.number for each in ranking.read[:HEARD]]))
        told = [
            self._told(concept, idf, articles)
            for concept, idf in zip(ranking.query.concepts, ranking.idfs, strict=True)
        ]
        others = [
            other.score for other in ranking.read if other.passage.article.id != first.passage.article.id
        ]
        lead = first.score - max(others, default=0.0)
        count = sum(any(map(str.isalnum, word)) for word in words(ranking.query.text))
        return weigh(told, count, first.evidence.sentence > ALL, lead)

    def _told(self, concept: Concept, idf: float, articles: Ids) -> Told:
        """The concept as the articles tell of it, the one that answers first."""
        terms = [WeightedTerm(term, 1.0) for term, _ in concept.terms]
        standing = self.generation.by_article.scores(terms, articles) > 0
        known = concept.likeliest in self._language.lexicons.thesaurus or concept.likeliest.isdecimal()
        held = concept.surety * float(standing[0])
        return Told(concept.word, idf, known, held, bool(standing.any()))


def _ms_since(began: float) -> float:
    return (perf_counter() - began) * 1000


def _timely(query: Query, published: date | None) -> float:
    """How well the article's date fits the times that the question names, 0 to 1; undated is not old."""
    if not query.times or published is None:
        return UNDATED
    return max(fit(mention, published) for mention in query.times)


def _nearby(read: Iterable[Candidate]) -> tuple[Article, ...]:
    """The articles of the passages that hold a fair part of the question, best first."""
    near = (candidate for candidate in read if candidate.evidence.coverage >= NEARBY_COVERAGE)
    articles = {candidate.passage.article.id: candidate.passage.article for candidate in _distinct(near)}
    return tuple(islice(articles.values(), MOST_NEARBY))


def _distinct(read: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates without those that say what a better one says: agency copy in several articles."""
    told: list[set[str]] = []
    for candidate in read:
        said = set(words(candidate.passage.text))
        if not any(len(said & other) >= SAME * min(len(said), len(other)) for other in told):
            told.append(said)
            yield candidate


def _hit(candidate: Candidate) -> Hit:
    evidence = candidate.evidence
    return Hit(candidate.passage, candidate.score, evidence.highlights, evidence.best_sentence)
