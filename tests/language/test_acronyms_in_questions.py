"""Acronyms as people type them in questions, read against a corpus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest

from knowledge.language.analysis import Analyser
from knowledge.language.lexicons import read_lexicons
from knowledge.language.query import QuestionAnalyser

TERM = Analyser().term


@dataclass(frozen=True)
class Words:
    """A vocabulary by hand; `spelled` are the Hindi words that Latin letters may stand for."""

    held: tuple[str, ...]
    spelled: Mapping[str, str]

    def document_frequency(self, term: str) -> int:
        return int(term in map(TERM, self.held))

    def alike(self, term: str) -> Sequence[str]:
        return [term] if self.document_frequency(term) else []

    def latin(self, word: str) -> tuple[tuple[tuple[str, float], ...], float]:
        return ((TERM(self.spelled[word]), 1.0),) if word in self.spelled else (), -0.5

    def forms(self, word: str) -> Sequence[str]:
        return [self.spelled[word]] if word in self.spelled else []

    def following(self, first: Sequence[str], second: Sequence[str]) -> npt.NDArray[np.int64]:
        return np.zeros((len(first), len(second)), dtype=np.int64)


@pytest.fixture(scope="module")
def language() -> QuestionAnalyser:
    return QuestionAnalyser(read_lexicons())


def terms(language: QuestionAnalyser, question: str, *forms: str) -> list[set[str]]:
    words = Words(forms, {"baithak": "बैठक", "up": "उप", "us": "उस"})
    return [{term for term, _ in concept.terms} for concept in language.analyse(question, words).concepts]


@pytest.mark.parametrize(
    "typed", ["SCO", "S.C.O.", "S C O", "s.c.o.", "एससीओ", "एस.सी.ओ.", "एस सी ओ", "एस. सी. ओ."]
)
def test_letters_apart_are_one_acronym(language: QuestionAnalyser, typed: str) -> None:
    assert terms(language, f"{typed} की बैठक", "एससीओ", "बैठक") == [{TERM("एससीओ")}, {TERM("बैठक")}]


@pytest.mark.parametrize("typed", ["W.H.O.", "WHO", "डब्ल्यू.एच.ओ.", "डब्ल्यूएचओ"])
def test_an_acronym_that_is_a_function_word_too(language: QuestionAnalyser, typed: str) -> None:
    acronym, meeting = terms(language, f"{typed} ki baithak", "who", "बैठक")
    assert "who" in acronym
    assert meeting == {TERM("बैठक")}


@pytest.mark.parametrize(("typed", "meant"), [("U.P.", "यूपी"), ("UP", "यूपी"), ("US", "अमेरिका")])
def test_capitals_arent_read_as_hindi(language: QuestionAnalyser, typed: str, meant: str) -> None:
    assert terms(language, f"{typed} ki baithak", meant, "बैठक", "उप", "उस")[0] == {TERM(meant)}


@pytest.mark.parametrize("typed", ["I.I.P.S.", "IIPS", "आईआईपीएस"])
def test_an_acronym_that_no_table_has(language: QuestionAnalyser, typed: str) -> None:
    assert {"iips"} <= terms(language, f"{typed} की बैठक", "iips", "बैठक", "आईपीएस")[0]


def test_letters_that_spell_nothing_the_corpus_has_are_words(language: QuestionAnalyser) -> None:
    assert terms(language, "एस सी ओ की बैठक", "बैठक", "एस")[0] == {"एस"}
    assert terms(language, "who are you", "who") == []
