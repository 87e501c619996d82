"""What a new generation must show before anybody is served from it."""

from collections.abc import Sequence

import numpy as np

from knowledge.corpus.changes import Changes
from knowledge.corpus.generation import Generation
from knowledge.errors import RefusedGeneration
from knowledge.language.analysis import Analyser
from knowledge.ranking.engine import WeightedTerm
from knowledge.ranking.reference import ReferenceEngine
from knowledge.ranking.weights import idf

SAMPLE = 200
"""Passages, spread evenly over the generation, that rank-bm25 scores for comparison."""

PROBES = 5
"""Of them, those whose own rarest words are asked for."""

RAREST = 6
TOLERANCE = 1e-4
"""Relative; impacts are kept in single precision."""


def check(generation: Generation) -> None:
    """Pass silently when the generation may be served.

    Raises:
        RefusedGeneration: it is empty, a passage isn't found by its own words, or its scores differ
            from rank-bm25's on a sample of its passages.
    """
    try:
        _check(generation)
    except IndexError as error:
        raise RefusedGeneration(
            f"{generation.id}: its files don't fit together ({error}); please report this"
        ) from error


def check_size(changes: Changes, largest_fall: float) -> None:
    """Pass silently when no more than a share of `largest_fall` of the articles before are gone.

    Raises:
        RefusedGeneration: more are gone.
    """
    if changes.removed > largest_fall * changes.before:
        raise RefusedGeneration(
            f"{changes.removed:,} of the {changes.before:,} articles that are served would be gone, more than"
            f" a share of {largest_fall:g} (reload.largest_fall); see whether the sources are whole, or run"
            " khabar reload --force"
        )


def _check(generation: Generation) -> None:
    if not generation.passages:
        raise RefusedGeneration(
            f"{generation.id}: no passages; check that the sources hold articles with text (khabar check)"
        )
    numbers = np.unique(np.linspace(0, generation.passages - 1, SAMPLE).astype(np.int64))
    analyser = Analyser()
    bags = [analyser.terms(generation.passage(number).text) for number in numbers.tolist()]
    reference = ReferenceEngine(bags, generation.by_passage.mean_length)
    probes = np.unique(np.linspace(0, len(bags) - 1, PROBES).astype(np.int64)).tolist()
    queries = {
        int(numbers[place]): query for place in probes if (query := _own_words(bags[place], generation))
    }
    if queries and sum(_found(generation, *probe) for probe in queries.items()) < len(queries) / 2:
        raise RefusedGeneration(f"{generation.id}: its own words don't find a passage; please report this")
    for query in queries.values():
        found = generation.by_passage.scores(query, numbers)
        if not np.allclose(found, reference.scores(query, np.arange(len(bags))), rtol=TOLERANCE):
            raise RefusedGeneration(f"{generation.id}: scores differ from rank-bm25's; please report this")


def _own_words(terms: Sequence[str], generation: Generation) -> list[WeightedTerm]:
    """The passage's rarest terms, weighted by idf."""
    size = len(generation.by_passage)
    frequencies = {term: generation.by_passage.document_frequency(term) for term in terms}
    rarest = sorted(frequencies, key=lambda term: (frequencies[term], term))[:RAREST]
    return [WeightedTerm(term, idf(frequencies[term], size)) for term in rarest]


def _found(generation: Generation, number: int, query: Sequence[WeightedTerm]) -> bool:
    """Whether the passage is among the first ten for its own words (many near copies may hide one)."""
    return number in generation.by_passage.search(query, 10)[0]
