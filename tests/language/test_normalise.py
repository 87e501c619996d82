import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.normalise import normalise, sound

DEVANAGARI = "".join(map(chr, range(0x0900, 0x0980)))
TYPED = st.text(st.sampled_from(DEVANAGARI + "\u200b\u200c\u200d\u2060\ufeff\u00ad0123456789,.aZéÉ\u0301"))
CONVERTED = st.text(st.sampled_from("अआएकयोौाेैॅॉीं़न्द\u200d"))
"""The few characters whose order font converters and joiners disturb, thick together."""


@given(TYPED | CONVERTED)
def test_a_form_is_its_own_form(word: str) -> None:
    assert normalise(normalise(word)) == normalise(word)


@given(TYPED | st.text())
def test_unicode_forms_make_no_difference(word: str) -> None:
    composed, apart = unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)
    assert normalise(composed) == normalise(apart) == normalise(word)


@given(TYPED)
def test_a_form_has_nothing_left_that_is_written_in_two_ways(word: str) -> None:
    assert not set(normalise(word)) & set("़ःँ०१२३४५६७८९\u200b\u200c\u200d\u2060\ufeff\u00ad")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("हिन्दी", "हिंदी"),
        ("सम्बन्ध", "संबंध"),
        ("गङ्गा", "गंगा"),
        ("पञ्जाब", "पंजाब"),
        ("झण्डा", "झंडा"),
        ("चाँद", "चांद"),
        ("दुःख", "दुख"),
        ("क़लम", "कलम"),
        ("\u0958लम", "क\u093cलम"),
        ("ज़िन्दगी", "जिंदगी"),
        ("\u0929", "न\u093c"),
        ("काे", "को"),
        ("चाैक", "चौक"),
        ("अाज", "आज"),
        ("अाेर", "ओर"),
        ("अाैर", "और"),
        ("आॅफिस", "ऑफिस"),
        ("डाॅक्टर", "डॉक्टर"),
        ("एेसा", "ऐसा"),
        ("ॲप", "ऍप"),
        ("क्\u200dया", "क्या"),
        ("न\u200dमस्\u200cते", "नमस्ते"),
        ("१००", "100"),
        ("१,००,०००", "100000"),
        ("1,00,000", "100,000"),
        ("५.५", "5.5"),
        ("ISRO", "isro"),
        ("ＩＳＲＯ", "isro"),
        ("cafe\u200d\u0301", "café"),
        ("गये", "गए"),
        ("नयी", "नई"),
        ("स्थायी", "स्थाई"),
        ("सुविधायें", "सुविधाएँ"),
        ("बनायेगा", "बनाएगा"),
    ],
)
def test_spellings_of_one_word_are_one_form(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("दिन", "दीन"),
        ("कल", "काल"),
        ("बाल", "बोल"),
        ("शेर", "सेर"),
        ("जन्म", "जंम"),
        ("उन्होंने", "उंहोंने"),
        ("बच्चा", "बचा"),
        ("ये", "ए"),
        ("यहूदी", "एहूदी"),
        ("यीशु", "ईशु"),
        ("पत्ये", "पत्ए"),
        ("5.5", "55"),
        ("100", "1000"),
        ("राम", "rām"),
    ],
)
def test_different_words_keep_different_forms(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("नुरलान", "नूरलान"),
        ("कज़ाख़स्तान", "कजाखस्तान"),
        ("गये", "गए"),
        ("बायोमीट्रिक", "बायोमेट्रिक"),
        ("साइकिल", "सायकिल"),
        ("चीन", "चिन"),
        ("विष", "विश"),
        ("रावण", "रावन"),
        ("अन्तिम", "अतिम"),
        ("इन्स्टीट्यूट", "इंस्टिट्यूट"),
        ("पत्ता", "पता"),
        ("ऋतु", "रितु"),
        ("कृषि", "क्रिषि"),
        ("मॉल", "मौल"),
    ],
)
def test_variants_of_a_word_sound_alike(one: str, other: str) -> None:
    assert sound(normalise(one)) == sound(normalise(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("दिल", "दल"),
        ("काम", "कम"),
        ("कल", "काल"),
        ("बाल", "बोल"),
        ("शहर", "सहर"),
        ("मोदी", "मादा"),
        ("दिल्ली", "दलाल"),
        ("सरकार", "सहकार"),
        ("भारतीय", "पारसी"),
    ],
)
def test_different_words_sound_different(one: str, other: str) -> None:
    assert sound(normalise(one)) != sound(normalise(other))


@given(TYPED)
def test_every_form_has_a_sound(word: str) -> None:
    assert isinstance(sound(normalise(word)), str)
