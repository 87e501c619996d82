"""A Devanagari word of a question as the corpus may have it: its spellings, its synonyms."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.language.analysis import Analyser
from knowledge.language.concepts import Concept, Shares, Vocabulary, with_others
from knowledge.language.thesaurus import Thesaurus

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


def shares_of(term: str, thesaurus: Thesaurus, vocabulary: Vocabulary) -> Shares:
    """The terms that stand for a Devanagari word with the index term `term`."""
    share = SYNONYM_SHARE if vocabulary.document_frequency(term) else UNKNOWN_SYNONYM_SHARE
    synonyms = (other for other in thesaurus.get(term, ()) if vocabulary.document_frequency(other))
    return with_others(_spellings(term, vocabulary), synonyms, share)


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


def with_compounds(
    question: str, concepts: Sequence[Concept], analyser: Analyser, vocabulary: Vocabulary
) -> list[Concept]:
    """The concepts, with the words that neighbours make when written together: विश्व कप, विश्वकप.

    Of a word in Latin letters it is the likeliest reading that is joined.
    """
    joined = list(concepts)
    for place, (first, second) in enumerate(pairwise(concepts)):
        apart = question[first.span[1] : second.span[0]]
        if apart in {" ", "-"} and len(second.word) >= SHORTEST_PART:
            compounds = vocabulary.alike(analyser.term(_in_devanagari(first) + _in_devanagari(second)))
            for part in (place, place + 1):
                terms = with_others(joined[part].terms, compounds, COMPOUND_SHARE)
                joined[part] = replace(joined[part], terms=terms)
    return joined


def _in_devanagari(concept: Concept) -> str:
    return concept.likeliest if concept.word.isascii() else concept.word
