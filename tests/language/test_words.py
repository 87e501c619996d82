import pytest

from knowledge.language.words import word_spans, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("मौसम विभाग", ["मौसम", "विभाग"]),
        ("हिंदी, हिन्दी; हिंदी।", ["हिंदी", "हिन्दी", "हिंदी"]),
        ("क्\u200dया नमस्\u200cते", ["क्\u200dया", "नमस्\u200cते"]),
        ("क़लम ड़र", ["क़लम", "ड़र"]),
        ("जी20 और जी-20", ["जी", "20", "और", "जी", "20"]),
        ("कोविड-19 से 1,200 मौतें", ["कोविड", "19", "से", "1,200", "मौतें"]),
        ("1,00,000 रुपये, १,२३,४५६ लोग", ["1,00,000", "रुपये", "१,२३,४५६", "लोग"]),
        ("5.5 और १२.५% तक", ["5.5", "और", "१२.५", "तक"]),
        ("2024।", ["2024"]),
        ("वह 15, 16 को आया.", ["वह", "15", "16", "को", "आया"]),
        ("डॉ॰ शर्मा", ["डॉ", "शर्मा"]),
        ("ISRO का PSLV-C37", ["ISRO", "का", "PSLV", "C", "37"]),
        ("Café élan", ["Café", "élan"]),
        ("ऊँ ॐ", ["ऊँ", "ॐ"]),
        ("।॥?!…“”—", []),
        ("😀 🚀", []),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_marks_or_of_digits(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_each_word_comes_with_its_place_in_code_points() -> None:
    text = "😀 मौसम, १,००० बार"
    assert [text[begin:end] for begin, end, _ in word_spans(text)] == ["मौसम", "१,०००", "बार"]
    assert list(word_spans(text)) == [(2, 6, "मौसम"), (8, 13, "१,०००"), (14, 17, "बार")]
