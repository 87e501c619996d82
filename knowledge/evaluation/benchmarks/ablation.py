"""Khabar without one of its features at a time: what each is worth.

The weights that are left stay as they are; they aren't fitted again.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from knowledge.answers import WEIGHTS, Features, Ranking
from knowledge.confidence import WEIGHTS as CONFIDENCE_WEIGHTS
from knowledge.confidence import Grounds
from knowledge.language.acronyms import Acronyms
from knowledge.language.concepts import Query, Shares, Vocabulary
from knowledge.language.english import English
from knowledge.language.lexicons import Lexicons
from knowledge.language.numerals import Numerals
from knowledge.language.query import QuestionAnalyser

FEATURES = tuple(field.name for field in fields(Features))
"""What orders the passages."""

GROUNDS = tuple(field.name for field in fields(Grounds))
"""What decides whether to answer."""


def without_feature(name: str, ranking: Ranking) -> Ranking:
    """The ranking as it would be if that one of `FEATURES` weighed nothing."""
    weights = replace(WEIGHTS, **{name: 0.0})
    read = sorted(ranking.read, key=lambda candidate: candidate.features.weighed(weights), reverse=True)
    return replace(ranking, read=tuple(read))


def without_ground(name: str) -> Grounds:
    """The confidence's weights if that one of `GROUNDS` weighed nothing."""
    return replace(CONFIDENCE_WEIGHTS, **{name: 0.0})


def readers_without(lexicons: Lexicons) -> dict[str, QuestionAnalyser]:
    """By part of the language the reader of questions that lacks it."""
    numerals = Numerals({}, {}, defaultdict(frozenset))
    return {
        "synonyms": QuestionAnalyser(replace(lexicons, thesaurus={})),
        "English": QuestionAnalyser(replace(lexicons, english=English(lexicons.analyser, {}, None))),
        "acronyms": QuestionAnalyser(replace(lexicons, acronyms=Acronyms([]))),
        "numbers and dates": QuestionAnalyser(replace(lexicons, numerals=numerals)),
        "virtual passages": QuestionAnalyser(replace(lexicons, background={})),
        "Latin letters": _Deaf(lexicons, "latin"),
        "neighbouring words": _Deaf(lexicons, "following"),
        "sounds": _Deaf(lexicons, "alike"),
    }


class _Deaf(QuestionAnalyser):
    """Reads questions without one of the things that the corpus's vocabulary can say."""

    def __init__(self, lexicons: Lexicons, unheard: str) -> None:
        super().__init__(lexicons)
        self._unheard = unheard

    def analyse(self, question: str, vocabulary: Vocabulary) -> Query:
        return super().analyse(question, _Muted(vocabulary, self._unheard))


@dataclass(frozen=True, slots=True)
class _Muted:
    """A vocabulary that has nothing to say in the method named `unheard`."""

    whole: Vocabulary
    unheard: str

    def document_frequency(self, term: str) -> int:
        return self.whole.document_frequency(term)

    def alike(self, term: str) -> Sequence[str]:
        return () if self.unheard == "alike" else self.whole.alike(term)

    def latin(self, word: str) -> tuple[Shares, float]:
        return ((), 0.0) if self.unheard == "latin" else self.whole.latin(word)

    def forms(self, word: str) -> Sequence[str]:
        return () if self.unheard == "latin" else self.whole.forms(word)

    def following(self, first: Sequence[str], second: Sequence[str]) -> npt.NDArray[np.int64]:
        sightings = self.whole.following(first, second)
        return np.zeros_like(sightings) if self.unheard == "following" else sightings
