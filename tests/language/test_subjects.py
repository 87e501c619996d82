from collections.abc import Sequence

import pytest
import small_news

from knowledge.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return small_news.library(tmp_path_factory.mktemp("served"))


def terms(library: Library, questions: Sequence[str]) -> list[list[str]]:
    return [[subject.term for subject in subjects] for subjects in library.subjects(questions)]


def test_the_same_things_are_the_same_subjects_in_whichever_letters(library):
    devanagari, latin = library.subjects(["पहलवान नीलम यादव कौन हैं?", "pahalwan neelam yadav kaun hai"])

    assert {subject.term for subject in devanagari} == {subject.term for subject in latin}
    assert [subject.word for subject in devanagari if subject.term == "नीलम"] == ["नीलम"]
    assert [subject.word for subject in latin if subject.term == "नीलम"] == ["neelam"]


def test_what_the_corpus_lacks_is_read_as_a_word_of_another_question(library):
    devanagari, latin = terms(library, ["ट्रंप का टैरिफ", "trump tariff kya hai"])
    assert set(devanagari) == set(latin)

    assert "trump" in terms(library, ["चुनाव आयोग", "trump tariff kya hai"])[1]


def test_the_most_specific_comes_first(library):
    found = library.subjects(["आज सूरजपुर में कज़ाख़स्तान के मंत्री कौन हैं?"])[0]

    assert found[0].word == "कज़ाख़स्तान"
    assert [subject.weight for subject in found] == sorted((s.weight for s in found), reverse=True)
    assert found[-1].weight > 0


def test_function_words_are_about_nothing(library):
    assert terms(library, ["कब?", "", "kya hai"]) == [[], [], []]


def test_no_question_has_no_subjects(library):
    assert library.subjects([]) == []
