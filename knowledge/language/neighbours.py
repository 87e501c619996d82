"""Words of a question that stand beside each other support each other's readings."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from knowledge.language.concepts import Concept, Vocabulary
from knowledge.language.lexicons import Lexicons

Floats = npt.NDArray[np.float64]

SUPPORT = 10.0
"""What one sighting of two readings next to each other in the corpus adds to a reading's share, in
shares, over the root of how often the reading stands anywhere."""

MOST_SIGHTINGS = 5
LEAST_SHARE = 0.01
"""Readings with less are dropped."""


def supported(concepts: Sequence[Concept], vocabulary: Vocabulary, lexicons: Lexicons) -> list[Concept]:
    """The concepts, with the shares of their readings raised that stand beside the neighbours' in the corpus.

    What the readings of a concept share together stays the same: "raksha mantri" is रक्षा मंत्री. No synonym
    of a word that was typed gets ahead of it; the translations of an English one exclude each other.
    """
    return [
        _weighed(concept, _support(concepts, place, vocabulary), _stand_ins(concept, vocabulary, lexicons))
        if _is_open(concept)
        else concept
        for place, concept in enumerate(concepts)
    ]


def _is_open(concept: Concept) -> bool:
    """Whether the word was typed in Latin letters and has several readings.

    Of a Devanagari word they are spellings and synonyms, which the neighbours tell nothing about: XQuAD
    loses 0.002 MRR@10 if they do.
    """
    return len(concept.terms) > 1 and concept.word.isascii()


def _support(concepts: Sequence[Concept], place: int, vocabulary: Vocabulary) -> Floats:
    """For each term of the concept at `place` how well it goes with the concepts beside it."""
    terms = [term for term, _ in concepts[place].terms]
    sightings = np.zeros(len(terms))
    for beside in (place - 1, place + 1):
        if 0 <= beside < len(concepts):
            others, shares = zip(*concepts[beside].terms, strict=True)
            before = (
                vocabulary.following(others, terms).T
                if beside < place
                else vocabulary.following(terms, others)
            )
            sightings += np.minimum(before, MOST_SIGHTINGS) @ np.array(shares)
    frequencies = np.array([max(vocabulary.document_frequency(term), 1) for term in terms])
    return np.asarray(SUPPORT * sightings / np.sqrt(frequencies))


def _stand_ins(concept: Concept, vocabulary: Vocabulary, lexicons: Lexicons) -> list[tuple[int, int]]:
    """The places of terms that only stand for a reading, each with that reading's."""
    word = concept.word.lower()
    shares = [share for _, share in concept.terms]
    places = {term: place for place, (term, _) in enumerate(concept.terms)}
    others = [(word, concept.likeliest)]
    if not lexicons.english.at([word], 0):
        spelled = [term for term, _ in vocabulary.latin(word)[0]]
        others += [(other, term) for term in spelled for other in lexicons.thesaurus.get(term, ())]
    found = [(places[other], places[term]) for other, term in others if other in places and term in places]
    return [(other, place) for other, place in found if shares[other] < shares[place]]


def _weighed(concept: Concept, support: Floats, stand_ins: Iterable[tuple[int, int]]) -> Concept:
    terms, shares = zip(*concept.terms, strict=True)
    before = np.array(shares)
    after = before * (1 + support)
    for other, place in stand_ins:
        after[other] = min(after[other], after[place])
    after = np.minimum(after * (before.sum() / after.sum()), 1.0)
    least = min(LEAST_SHARE, after.max())
    kept = tuple((term, share) for term, share in zip(terms, after.tolist(), strict=True) if share >= least)
    return replace(concept, terms=kept)
