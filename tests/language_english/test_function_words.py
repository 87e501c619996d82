from importlib import resources

import pytest

from knowledge.language.analysis import read_stop_words
from knowledge.language.function_words import FunctionWords, read_function_words
from knowledge.language.normalise import normalise


@pytest.fixture(scope="module")
def function_words() -> FunctionWords:
    return read_function_words()


def lines(name: str) -> list[list[str]]:
    text = resources.files("knowledge.language").joinpath(f"data/{name}").read_text("utf-8")
    return [line.split() for line in text.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    "word", ["the", "The", "WHO", "is", "many", "did", "how", "don't", "didn’t", "what's", "s", "please"]
)
def test_english_function_words(function_words, word) -> None:
    assert function_words.is_english(word)


@pytest.mark.parametrize(
    "spellings",
    [
        "hai he h hain hein hen",
        "mein me men mai",
        "ka ke ki ko k",
        "kya kia kyaa",
        "kab kb",
        "kahan kaha kahaan kha",
        "kis kisne kisko kisse",
        "kaun kon koun",
        "kitne kitna kitni kitnay",
        "kaise kese kyun kyu kyon kiu",
        "aur or nd nahi nhi nahin nai",
        "tha thi the hua hui huye hue gaya gya gayi gyi gaye kiya kia",
        "raha rha rahi rhi wala wali wale liye lie bhi b to toh se s par pe per pr tak",
        "ye yeh wo woh vo iska uska unka apna jo jab tab ab phir fir yaar plz pls KYA Hai",
    ],
)
def test_hindi_function_words_in_their_many_spellings(function_words, spellings) -> None:
    assert [word for word in spellings.split() if not function_words.is_hindi(word)] == []


@pytest.mark.parametrize("word", ["modi", "chunav", "sarkar", "flood", "minister", "barish", "India", "घर"])
def test_content_words_are_none(function_words, word) -> None:
    assert not function_words.is_english(word)
    assert not function_words.is_hindi(word)
    assert not function_words.is_ambiguous(word)


@pytest.mark.parametrize("word", ["is", "the", "to", "or", "me", "are", "he", "in", "us", "per"])
def test_function_words_of_both_languages_are_not_ambiguous(function_words, word) -> None:
    assert function_words.is_english(word)
    assert function_words.is_hindi(word)
    assert not function_words.is_ambiguous(word)


@pytest.mark.parametrize("word", ["bad", "main", "men", "may", "jati", "Main"])
def test_hindi_function_words_that_are_content_words_too_are_ambiguous(function_words, word) -> None:
    assert function_words.is_hindi(word)
    assert not function_words.is_english(word)
    assert function_words.is_ambiguous(word)


@pytest.mark.parametrize("word", ["am", "do", "more", "over"])
def test_english_function_words_that_are_content_words_of_hindi_are_ambiguous(function_words, word) -> None:
    assert function_words.is_english(word)
    assert not function_words.is_hindi(word)
    assert function_words.is_ambiguous(word)


def test_a_spelling_leads_back_to_its_word(function_words) -> None:
    spelled = ("kb", "Kahaan", "kon", "kitnay", "kyu", "modi")

    assert [function_words.in_devanagari(word) for word in spelled] == ["कब", "कहां", "कौन", "कितने", "क्यों", ""]


def test_every_hindi_stop_word_has_latin_spellings() -> None:
    listed = lines("stopwords-latin.txt")

    assert read_stop_words() - {normalise(word) for line in listed for word in line} == set()
    for line in listed:
        latin = [word for word in line if word.isascii()]
        assert latin, line
        assert len(set(latin)) == len(latin), line


def test_english_function_words_are_written_once() -> None:
    words = [word for line in lines("stopwords-english.txt") for word in line]

    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_irregular_forms_lead_to_one_word_each() -> None:
    forms = [form for line in lines("irregular-english.txt") for form in line[1:]]

    assert sorted({form for form in forms if forms.count(form) > 1}) == []
