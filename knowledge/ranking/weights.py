"""A query's weighted terms for an engine: the probabilistic structured query, linearised.

A concept's document frequency is that of its terms, weighted by their probabilities (Darwish and
Oard, SIGIR 2003); its idf is Lucene's form of Robertson and Sparck Jones's, which is never negative.
"""

from math import log

from knowledge.language.query import Concept, Query
from knowledge.ranking.engine import Engine, WeightedTerm


def idf(document_frequency: float, size: int) -> float:
    """ln(1 + (N - df + 0.5) / (df + 0.5)): at least 0, and most for what stands nowhere."""
    return log(1 + (size - document_frequency + 0.5) / (document_frequency + 0.5))


def concept_idf(concept: Concept, engine: Engine) -> float:
    """The idf of the concept as a whole in the engine's bags."""
    frequency = sum(share * engine.document_frequency(term) for term, share in concept.terms)
    return idf(min(frequency, len(engine)), len(engine))


def weighted_terms(query: Query, engine: Engine) -> list[WeightedTerm]:
    """The terms of all concepts of the query, each weighted by its share times the concept's idf."""
    return [
        WeightedTerm(term, share * weight)
        for concept in query.concepts
        for weight in [concept_idf(concept, engine)]
        for term, share in concept.terms
    ]
