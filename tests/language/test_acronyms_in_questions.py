"""Acronyms as people type them in questions, read against a corpus."""

import pytest
from words_by_hand import ANALYSER, Words

from knowledge.language.query import QuestionAnalyser

TERM = ANALYSER.term
SPELLED = {"baithak": "बैठक", "up": "उप", "us": "उस"}


def terms(language: QuestionAnalyser, question: str, *forms: str) -> list[set[str]]:
    spelled = {word: TERM(form) for word, form in SPELLED.items()}
    words = Words(
        {TERM(form): 1 for form in forms}, spelled, {word: [form] for word, form in SPELLED.items()}
    )
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
