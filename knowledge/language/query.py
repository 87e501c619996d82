"""A question as the ranking sees it: concepts, each with weighted index terms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from knowledge.articles import Script, Span
from knowledge.language.analysis import Analyser
from knowledge.language.thesaurus import read_thesaurus
from knowledge.language.words import word_spans

VARIANT_SHARE = 0.2
"""What the spellings that sound like a known word get of its concept. On the XQuAD and news
development questions 0.1 to 0.3 are alike within 0.002 MRR@10, none at all costs 0.006."""

UNKNOWN_SHARE = 0.7
"""What they get together where the corpus doesn't have the word as it was spelled."""

SYNONYM_SHARE = 0.3
UNKNOWN_SYNONYM_SHARE = 0.6
"""How far a passage with another word of the same meaning is about the concept, where the corpus has
the word itself and where it hasn't. On the news development questions 0.2 to 0.4 raise the share of
right first passages from 0.625 to 0.66; XQuAD, asked in its passages' own words, loses 0.001 MRR@10."""

COMPOUND_SHARE = 0.5
SHORTEST_PART = 3
"""How far a compound of two neighbouring words is about each of them, and the characters that the second
has at least. Of the news development questions it finds the passage of one in eighty more."""

Shares = tuple[tuple[str, float], ...]


class Vocabulary(Protocol):
    """The words of the corpus, as far as understanding a question needs them."""

    def document_frequency(self, term: str) -> int:
        """In how many articles the term stands; 0 for an unknown one."""
        ...

    def alike(self, term: str) -> Sequence[str]:
        """The terms of the corpus that share the term's sound, itself included if it is one."""
        ...


@dataclass(frozen=True, slots=True)
class Concept:
    """One content word of a question, with the index terms that stand for it.

    A share, above 0 and at most 1, says how likely a passage with the term is about the concept: the
    word's readings, which exclude each other, share 1; synonyms, which don't, come on top.
    """

    word: str
    span: Span
    terms: Shares


@dataclass(frozen=True, slots=True)
class Query:
    """A question, its script, and its concepts in order, one for each different content word."""

    text: str
    script: Script
    concepts: tuple[Concept, ...]


class QuestionAnalyser:
    """Reads questions as concepts in the corpus's own words; safe to share between threads."""

    def __init__(self, analyser: Analyser) -> None:
        self.analyser = analyser
        self._thesaurus = read_thesaurus(analyser)

    def analyse(self, question: str, vocabulary: Vocabulary) -> Query:
        """The question's script and concepts, one for each different content word."""
        concepts: dict[str, Concept] = {}
        for begin, end, word in word_spans(question):
            term = self.analyser.term(word)
            if term and term not in concepts:
                concepts[term] = Concept(word, (begin, end), self._terms(term, vocabulary))
        joined = self._with_compounds(question, list(concepts.values()), vocabulary)
        return Query(question, script_of(question), tuple(joined))

    def _terms(self, term: str, vocabulary: Vocabulary) -> Shares:
        spellings = _spellings(term, vocabulary)
        share = SYNONYM_SHARE if vocabulary.document_frequency(term) else UNKNOWN_SYNONYM_SHARE
        synonyms = (other for other in self._thesaurus.get(term, ()) if vocabulary.document_frequency(other))
        return _with(spellings, synonyms, share)

    def _with_compounds(
        self, question: str, concepts: list[Concept], vocabulary: Vocabulary
    ) -> list[Concept]:
        """The concepts, with the words that neighbours make when written together: विश्व कप, विश्वकप."""
        for place, (first, second) in enumerate(pairwise(concepts)):
            apart = question[first.span[1] : second.span[0]]
            if apart in {" ", "-"} and len(second.word) >= SHORTEST_PART:
                compounds = vocabulary.alike(self.analyser.term(first.word + second.word))
                for part in (place, place + 1):
                    terms = _with(concepts[part].terms, compounds, COMPOUND_SHARE)
                    concepts[part] = replace(concepts[part], terms=terms)
        return concepts


def _with(shares: Shares, others: Iterable[str], share: float) -> Shares:
    """The shares, and those of the others that aren't among them."""
    known = dict(shares)
    return shares + tuple((other, share) for other in others if other not in known)


def _spellings(term: str, vocabulary: Vocabulary) -> Shares:
    """The term and its variants in the corpus, each with its share by how often it is written."""
    known = vocabulary.document_frequency(term) > 0
    variants = [variant for variant in vocabulary.alike(term) if variant != term]
    if not variants:
        return ((term, 1.0),)
    share = VARIANT_SHARE if known else UNKNOWN_SHARE
    total = sum(map(vocabulary.document_frequency, variants))
    shares = tuple((variant, share * vocabulary.document_frequency(variant) / total) for variant in variants)
    return ((term, 1.0 - share), *shares) if known else shares


def script_of(text: str) -> Script:
    """The script of the letters of `text`: "mixed" where Devanagari and Latin letters stand together."""
    letters = [character for character in text if character.isalpha()]
    devanagari = any("ऀ" <= letter <= "ॿ" for letter in letters)
    latin = any(letter.isascii() or "À" <= letter <= "ɏ" for letter in letters)
    if devanagari:
        return "mixed" if latin else "devanagari"
    return "latin" if latin else "other"
