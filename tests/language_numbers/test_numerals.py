from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.normalise import normalise
from knowledge.language.number_grammar import term_of
from knowledge.language.numerals import folded, read_numerals
from knowledge.language.words import words

NUMERALS = read_numerals()


def readings(text):
    """The numbers that `text` surely holds: words' span and canonical term."""
    return [(n.begin, n.end, n.term) for n in NUMERALS.numbers(words(text)) if n.share >= 0.5]


def values(text):
    return [term for _, _, term in readings(text)]


def share(text, term):
    return max((n.share for n in NUMERALS.numbers(words(text)) if n.term == term), default=0.0)


def test_a_name_is_no_ordinal():
    assert values("naveen patnaik") == values("navin kumar") == []
    assert values("navan din") == values("नवां दिन") == ["9"]


@pytest.mark.parametrize("text", ["१००", "100", "सौ", "sau", "hundred", "एक सौ", "ek sau", "one hundred"])
def test_a_hundred_is_one_value_in_every_form(text):
    assert values(text) == ["100"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("दो लाख", "200000"),
        ("do lakh", "200000"),
        ("5 करोड़", "50000000"),
        ("5 karod", "50000000"),
        ("2.5 lakh", "250000"),
        ("ढाई लाख", "250000"),
        ("डेढ़ सौ", "150"),
        ("साढ़े तीन करोड़", "35000000"),
        ("सवा लाख", "125000"),
        ("पौने दो लाख", "175000"),
        ("आधा दर्जन", "6"),
        ("एक सौ पांच", "105"),
        ("3 thousand", "3000"),
        ("दो हजार तेईस", "2023"),
        ("do hazar teis", "2023"),
        ("उन्नीस सौ सैंतालीस", "1947"),
        ("nineteen forty seven", "1947"),
        ("twenty twenty one", "2021"),
        ("two hundred and fifty", "250"),
        ("1 लाख 20 हजार", "120000"),
        ("20 लाख करोड़", "20000000000000"),
        ("पांच हजार करोड़", "50000000000"),
        ("5 million", "5000000"),
        ("1.2 billion", "1200000000"),
        ("दो दशमलव पांच", "2.5"),
        ("१,००,०००", "100000"),
        ("07", "7"),
        ("2.50", "2.5"),
    ],
)
def test_words_combine_to_a_value(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("spellings", "value"),
    [
        ("पांच पाँच पाच panch paanch PANCH", "5"),
        ("छह छः छे छै chhe cheh chhah", "6"),
        ("पंद्रह पन्द्रह पंदरह pandrah pandra", "15"),
        ("उनतीस उन्तीस untis", "29"),
        ("अट्ठाईस अठाइस atthais athais", "28"),
        ("ikkis ikkees ekkees", "21"),
        ("pachis pachchis pachees pachhees", "25"),
        ("हजार हज़ार hazar hajar hajaar hazaar", "1000"),
        ("निन्यानवे निन्यानबे ninyanve", "99"),
    ],
)
def test_spellings_of_a_number_are_one(spellings, value):
    assert {tuple(values(spelling)) for spelling in spellings.split()} == {(value,)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("21वीं सदी", "21"),
        ("10वां", "10"),
        ("1st", "1"),
        ("2nd test", "2"),
        ("पहला टेस्ट", "1"),
        ("तीसरी लहर", "3"),
        ("पांचवीं बार", "5"),
        ("dasvin", "10"),
        ("first", "1"),
        ("twenty first century", "21"),
    ],
)
def test_ordinals(text, value):
    (number,) = NUMERALS.numbers(words(text))
    assert (number.term, number.ordinal) == (value, True)


def test_every_number_to_a_hundred_has_a_word_of_its_own():
    spoken = [NUMERALS.writings(Decimal(value))[1][0] for value in range(101)]
    assert [values(f"{word} रुपये") for word in spoken] == [[str(value)] for value in range(101)]


@pytest.mark.parametrize(
    ("number", "neither"),
    [("do log", "kar do"), ("das rupaye", "shri das ji"), ("दो गांव", "बता दो"), ("5 arab", "saudi arab")],
)
def test_neighbours_tell_ambiguous_words_apart(number, neither):
    assert values(number)
    assert not values(neither)


def test_before_is_not_first():
    assert share("चुनाव से पहले", "1") < 0.1 < share("पहली बार", "1")


def test_asked_for_scales_are_no_numbers():
    assert share("kitne karod rupaye", "10000000") == 0
    assert share("कितने लाख लोग", "100000") == 0
    assert share("हजार लोग", "1000") > 0.5


def test_a_range_shares_its_scale():
    assert readings("दो-तीन लाख") == [(0, 3, "200000"), (1, 3, "300000")]
    assert readings("10 से 15 हजार") == [(0, 4, "10000"), (2, 4, "15000")]
    assert readings("do teen log") == [(0, 1, "2"), (1, 2, "3")]
    assert readings("सौ दो सौ") == [(0, 1, "100"), (1, 3, "200")]


def test_numbers_that_only_stand_together_stay_apart():
    assert values("2 लाख 2021 में") == ["200000", "2021"]
    assert values("2019 में 5 लोग") == ["2019", "5"]
    assert values("1.2.3 और 7.4.2021") == []


def found_in(text, number):
    """Whether a passage has, for every part of the number, one of its forms."""
    forms = set(map(normalise, words(text)))
    return all(any(form in forms for form, _ in part) for part in NUMERALS.parts(number))


@pytest.mark.parametrize("question", ["दो लाख", "2 लाख", "do lakh", "200000", "2,00,000", "two lakh"])
@pytest.mark.parametrize("passage", ["दो लाख लोग", "२ लाख लोग", "2,00,000 लोग", "200000 लोग"])
def test_a_question_finds_its_number_however_it_is_written(question, passage):
    (number,) = NUMERALS.numbers(words(question))
    assert found_in(passage, number)
    assert not found_in("तीन लाख लोग", number)


def test_parts_of_a_number():
    def parts(text):
        (number,) = NUMERALS.numbers(words(text))
        return NUMERALS.parts(number)

    assert parts("2 लाख") == (
        (("2", 1.0), ("दो", 1.0), ("200000", 1.0)),
        (("लाख", 1.0), ("200000", 1.0)),
    )
    assert parts("3.5 करोड़")[0] == (("3.5", 1.0), ("साढे", 0.5), ("तीन", 0.5), ("35000000", 1.0))
    assert parts("सौ") == ((("100", 0.9), ("सौ", 0.9)),)
    assert parts("2020") == ((("2020", 1.0),),)
    assert parts("दो हजार") == ((("2", 1.0), ("दो", 1.0), ("2000", 1.0)), (("हजार", 1.0), ("2000", 1.0)))
    assert parts("2nd") == ((("2", 0.4), ("दूसरा", 1.0), ("दूसरी", 1.0), ("दूसरे", 1.0)),)


def test_writings_read_back():
    assert NUMERALS.writings(Decimal(1500)) == (
        ("1500",),
        ("1.5", "हजार"),
        ("डेढ", "हजार"),
        ("15", "सौ"),
        ("पंद्रह", "सौ"),
    )


ROUND = st.builds(
    lambda digits, scale: Decimal(digits) * scale,
    st.integers(1, 999),
    st.sampled_from([Decimal("0.01"), 1, 10, 100, 1000, 10**5, 10**7, 10**9, 10**12]),
)


@given(ROUND)
def test_every_writing_of_a_value_is_read_as_it(value):
    for way in NUMERALS.writings(value):
        assert (0, len(way), term_of(value)) in [(n.begin, n.end, n.term) for n in NUMERALS.numbers(way)], way


@given(st.integers(0, 10**12))
def test_digits_are_their_own_term(value):
    assert values(str(value)) == [str(value)]
    assert values(f"{value:,}") == [str(value)]


SOME_WORDS = words(
    "दो तीन सौ हजार लाख करोड़ डेढ़ साढ़े पौने से and point 5 1.5 2021 th वीं do so दर्जन twenty first ने kitne"
)


@given(st.lists(st.sampled_from(SOME_WORDS) | st.text(max_size=5), max_size=8))
def test_readings_are_in_order_and_within_the_words(text):
    numbers = NUMERALS.numbers(text)
    assert [n.begin for n in numbers] == sorted({n.begin for n in numbers})
    for number in numbers:
        assert 0 <= number.begin < number.end <= len(text)
        assert 0 <= number.share <= 1
        assert number.value >= 0
        assert all(0 <= s <= number.share for part in NUMERALS.parts(number) for _, s in part)


def listed_spellings():
    data = resources.files("knowledge.language").joinpath("data/numbers.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in data.splitlines() if line.startswith(("cardinal", "scale")))
    return [
        (spelling.partition(":")[0], value)
        for _, value, *columns in rows
        for spelling in " ".join(columns).split()
    ]


def test_every_listed_spelling_is_read_as_its_value():
    wrong = {
        spelling: found
        for spelling, value in listed_spellings()
        if (found := [n.term for n in NUMERALS.numbers([spelling])]) != [value]
    }
    assert wrong == {}


def test_spellings_of_different_numbers_never_fold_alike():
    values_of = {}
    for spelling, value in listed_spellings():
        if spelling.isascii() and len(spelling) > 4:
            values_of.setdefault(folded(spelling), set()).add(value)
    assert {fold: found for fold, found in values_of.items() if len(found) > 1} == {}
