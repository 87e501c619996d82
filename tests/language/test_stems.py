from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from Stemmer import Stemmer

from knowledge.language.analysis import Analyser, read_exceptions, read_stop_words
from knowledge.language.normalise import normalise

SNOWBALL = Path(__file__).parents[3] / "shared" / "data" / "snowball-hi"


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="module")
def vocabulary() -> list[tuple[str, str]]:
    """Snowball's test words, each with its stem."""
    if not SNOWBALL.is_dir():
        pytest.skip(f"Snowball's Hindi vocabulary isn't at {SNOWBALL}")
    words = (SNOWBALL / "snowball_voc.txt").read_text("utf-8").split("\n")
    stems = (SNOWBALL / "snowball_output.txt").read_text("utf-8").split("\n")
    return [(word, stem) for word, stem in zip(words, stems, strict=True) if word]


def test_a_term_is_snowballs_stem_of_a_word_that_is_spelled_as_normalised(
    analyser: Analyser, vocabulary: list[tuple[str, str]]
) -> None:
    apart = read_stop_words() | read_exceptions().keys()
    plain = [
        (word, stem)
        for word, stem in vocabulary
        if normalise(word) == word and word not in apart and any(map(str.isalnum, word)) and len(stem) > 1
    ]
    assert len(plain) > 30_000
    assert [(word, analyser.term(word)) for word, _ in plain] == plain


def test_other_spellings_get_the_stem_of_their_form(
    analyser: Analyser, vocabulary: list[tuple[str, str]]
) -> None:
    stem = Stemmer("hindi").stemWord
    apart = read_exceptions()
    forms = [(word, normalise(word)) for word, _ in vocabulary if analyser.term(word)]
    spelled = [word for word, form in forms if form != word and form not in apart]
    assert len(spelled) > 1_000
    stems = {word: stem(normalise(word)) for word in spelled}
    assert all(analyser.term(word) == stem for word, stem in stems.items() if len(stem) > 1)


@pytest.mark.parametrize(
    "forms",
    [
        "सेना सेनाएँ सेनाओं",
        "मंत्री मंत्रियों मन्त्री",
        "लड़का लड़के लड़कों",
        "यात्रा यात्राएं यात्रायें",
        "नई नयी",
        "फ़सल फसल फसलें फ़सलों",
    ],
)
def test_the_forms_of_a_word_share_a_term(analyser: Analyser, forms: str) -> None:
    assert len({analyser.term(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("वर्षा", "वर्ष वर्षों"),
        ("आयु", "आय"),
        ("आय", "आया आये"),
        ("चांदी", "चांद"),
        ("आगे", "आग"),
        ("अधिकारी अधिकारियों", "अधिकार अधिकारों"),
        ("पति पतियों", "पता पते"),
        ("मंत्री मंत्रियों", "मंत्र मंत्रों"),
        ("घटनाएँ घटना", "घटकर घटे"),
        ("गला गले", "गली गलियों"),
        ("गली", "गलती"),
        ("सपना सपने सपनों", "सपा"),
    ],
)
def test_different_words_have_different_terms(analyser: Analyser, one: str, other: str) -> None:
    terms, others = ({analyser.term(form) for form in forms.split()} for forms in (one, other))
    assert len(terms) == len(others) == 1
    assert terms != others


def test_each_exception_is_a_normalised_word_that_is_no_stop_word(analyser: Analyser) -> None:
    assert all(analyser.term(form) == term for form, term in read_exceptions().items())


@pytest.mark.parametrize("forms", ["उत्तर उत्तरी", "सरकार सरकारी", "गलती गलत गलतियों", "जमात जमाती"])
def test_what_is_derived_stays_with_its_word(analyser: Analyser, forms: str) -> None:
    assert len({analyser.term(form) for form in forms.split()}) == 1


def test_a_single_letter_is_no_stem(analyser: Analyser) -> None:
    assert len({analyser.term(word) for word in ("मां", "मई", "माता", "मेगा")}) == 4


def test_terms_come_in_order_without_stop_words(analyser: Analyser) -> None:
    assert analyser.terms("सेनाओं का अभ्यास कब हुआ?") == [analyser.term("सेना"), analyser.term("अभ्यास")]


@pytest.mark.parametrize(
    "text", ["क्या कौन कब कहाँ कहां क्यों कैसे कितना कितने", "है हैं हूँ था थे", "का की के को से में", "में मे"]
)
def test_question_and_function_words_say_nothing_about_a_topic(analyser: Analyser, text: str) -> None:
    assert analyser.terms(text) == []


def test_stop_words_are_known_in_every_spelling() -> None:
    stop_words = read_stop_words()
    assert {normalise(word) for word in ("कहाँ", "कहां", "हूँ", "उन्हें", "उन्हेँ", "गये", "गए")} <= stop_words
    assert all(normalise(word) == word for word in stop_words)


@pytest.mark.parametrize("text", ["❤️", "1️⃣ ☀️"[2:], "\u0301" * 50, "\u200d" * 50, "ा ि"])
def test_marks_without_a_letter_are_no_terms(analyser: Analyser, text: str) -> None:
    assert analyser.terms(text) == []


@given(text=st.text())
def test_any_text_can_be_read(analyser: Analyser, text: str) -> None:
    assert all(analyser.terms(text))
