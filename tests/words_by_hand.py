"""A vocabulary by hand, against which questions are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from knowledge.language.analysis import Analyser
from knowledge.language.normalise import sound
from knowledge.language.query import QuestionAnalyser

ANALYSER = Analyser()


@dataclass(frozen=True)
class Words:
    """A vocabulary by hand: by index term the number of articles it stands in."""

    frequencies: Mapping[str, int]
    spelled: Mapping[str, str] = field(default_factory=dict)
    forms_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    side_by_side: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def document_frequency(self, term: str) -> int:
        return self.frequencies.get(term, 0)

    def alike(self, term: str) -> Sequence[str]:
        return [other for other in self.frequencies if sound(other) == sound(term)]

    def latin(self, word: str) -> tuple[tuple[tuple[str, float], ...], float]:
        return ((self.spelled[word], 1.0),) if word in self.spelled else (), -0.5

    def forms(self, word: str) -> Sequence[str]:
        return self.forms_of.get(word, ())

    def following(self, first: Sequence[str], second: Sequence[str]) -> npt.NDArray[np.int64]:
        return np.array([[self.side_by_side.get((one, other), 0) for other in second] for one in first])


def vocabulary(**frequencies: int) -> Words:
    return Words({ANALYSER.term(word): count for word, count in frequencies.items()})


def shares(language: QuestionAnalyser, question: str, words: Words) -> list[dict[str, float]]:
    return [dict(concept.terms) for concept in language.analyse(question, words).concepts]
