import pytest

from knowledge.language.latin.phones import contexts, phones


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("राजनाथ", "र आ ज @ न आ थ @"),
        ("विद्या", "व इ द य आ"),
        ("कहाँ", "क @ ह आ ँ"),
        ("संस्कृत", "स @ ं स क ऋ त @"),
        ("आइए", "आ इ ए"),
        ("दुःख", "द उ ः ख @"),
        ("अर्थात्", "अ र थ आ त"),
        ("ऑफ़िस", "ऑ फ़ इ स @"),
        ("पढ़ना", "प @ ढ़ @ न आ"),
        ("अक्षर", "अ क ष @ र @"),
    ],
)
def test_a_word_is_its_sounds_with_the_unwritten_vowels(word: str, expected: str) -> None:
    assert phones(word) == expected.split()


def test_a_composed_nukta_is_the_same_phone_as_one_apart() -> None:
    assert phones("\u095b\u0930\u093e") == phones("\u091c\u093c\u0930\u093e") == ["ज़", "@", "र", "आ"]


@pytest.mark.parametrize("text", ["", "BJP", "2020", "।", "\u200d"])
def test_what_is_not_devanagari_letters_has_no_phones(text: str) -> None:
    assert phones(text) == []


def test_joiners_within_a_word_are_not_heard() -> None:
    assert phones("क्\u200dया") == phones("क्या")


def test_every_context_widens_to_its_phone() -> None:
    for alone, near, between in contexts("प्रधानमंत्री"):
        assert alone in near
        assert near in between


def test_the_inherent_vowel_is_told_apart_by_where_it_stands() -> None:
    final, medial = contexts("सड़क")[-1], contexts("सड़क")[1]
    assert final[0] == medial[0] == "@"
    assert final[1] != medial[1]
