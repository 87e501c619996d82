"""What a question that was refused may have meant: one word of it spelled as the corpus has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.corpus.vocabulary import CorpusVocabulary
from knowledge.language.concepts import Concept, Query

DOUBTFUL = 0.75
"""How surely a word is one of the corpus's at most, to be taken for misspelt: where the corpus has only
other spellings or synonyms of it, or where its Latin letters fit no word well."""

LONGEST_QUESTION = 1000
"""Characters; whoever writes more pasted a text."""

MOST_SPELLINGS = 3
"""Spellings that are tried: each costs as much as a question."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that may have been meant, and the word in it that was spelled otherwise."""

    question: str
    spelling: str


def proposals(query: Query, vocabulary: CorpusVocabulary) -> Iterator[Proposal]:
    """The question with its one doubtful word as the corpus spells it, the likeliest spelling first.

    None where no word is doubtful or several are: so different a question is about something else.
    """
    doubtful = [concept for concept in query.concepts if _surety(concept, vocabulary) < DOUBTFUL]
    if len(doubtful) != 1 or any(map(str.isdigit, doubtful[0].word)) or len(query.text) > LONGEST_QUESTION:
        return
    begin, end = doubtful[0].span
    for spelling in vocabulary.near(doubtful[0].word, MOST_SPELLINGS):
        yield Proposal(query.text[:begin] + spelling + query.text[end:], spelling)


def _surety(concept: Concept, vocabulary: CorpusVocabulary) -> float:
    """How surely a word of the corpus is meant, 0 to 1."""
    return min(1.0, sum(share for term, share in concept.terms if vocabulary.document_frequency(term)))
