"""What a question is about, in words that other questions can be compared with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from knowledge.language.concepts import Concept, Query, Vocabulary

SURE = 0.5
"""The share from which on a reading is taken for what was meant: टैरिफ is शुल्क, as tariff is."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that a question is about.

    `term` is its index term, the same however it was spelled or in which letters, where the corpus has
    it; a word in Latin letters that can't be read is its own. `word` is how it was typed. `weight` says
    how specific it is, above 0.
    """

    term: str
    word: str
    weight: float


def subjects(
    queries: Iterable[Query], vocabulary: Vocabulary, specificity: Callable[[str], float]
) -> list[tuple[Subject, ...]]:
    """The subjects of each query, the most specific first; `specificity` is that of an index term."""
    return [_subjects(query, vocabulary, specificity) for query in queries]


def _subjects(
    query: Query, vocabulary: Vocabulary, specificity: Callable[[str], float]
) -> tuple[Subject, ...]:
    found: dict[str, Subject] = {}
    for concept in query.concepts:
        term = _term(concept, vocabulary)
        found.setdefault(term, Subject(term, concept.word, specificity(term)))
    return tuple(sorted(found.values(), key=lambda subject: -subject.weight))


def _term(concept: Concept, vocabulary: Vocabulary) -> str:
    """What was meant: of the likely terms one that the corpus has, if there is one."""
    likely = [(term, share) for term, share in concept.terms if share >= SURE]
    if not likely:
        return concept.word.lower()
    return max(likely, key=lambda each: (vocabulary.document_frequency(each[0]) > 0, each[1]))[0]
