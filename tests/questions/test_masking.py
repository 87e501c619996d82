import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.masking import ADDRESS, NUMBER, PHONE, masked

DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
SENTENCE = st.sampled_from(
    ["मेरा नंबर {} है, बताइए", "{}", "call karo {} par", "({})", "पता: {}।", "2024 में {} पर", "{}, {}", "क्या {}?"]
)
DIGITS = st.sampled_from([str, lambda text: text.translate(DEVANAGARI)])


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def written(first: str, count: int) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(first), digits(count - 1)).map("".join)


def grouped(number: str, sizes: tuple[int, ...], gap: str) -> str:
    places = [sum(sizes[:place]) for place in range(len(sizes) + 1)]
    return gap.join(number[begin:end] for begin, end in pairwise(places))


GAP = st.sampled_from(["", " ", "-", ".", "–", "\u00a0"])
MOBILE = st.builds(
    lambda prefix, number, sizes, gap: prefix + grouped(number, sizes, gap),
    st.sampled_from(["", "+91", "+91 ", "+91-", "91 ", "0", "0091 ", "(+91) "]),
    written("6789", 10),
    st.sampled_from([(10,), (5, 5), (3, 3, 4), (4, 3, 3), (4, 6), (2, 4, 4), (2, 2, 2, 2, 2)]),
    GAP,
)
LANDLINE = st.builds(
    lambda prefix, code, gap, first, rest, inner: f"{prefix.format(code)}{gap}{first}{inner}{rest}",
    st.sampled_from(["0{}", "(0{})", "+91 {}", "+91-{}"]),
    written("123456789", 2),
    st.sampled_from([" ", "-", ""]),
    digits(4),
    digits(4),
    st.sampled_from(["", " ", "-"]),
)
AADHAAR = st.builds(
    lambda number, gap: grouped(number, (4, 4, 4), gap),
    st.tuples(written("3456789", 4), digits(8)).map("".join),
    GAP,
)
ADDRESSES = st.builds(
    "{}@{}".format,
    st.text("abcxyz019._+-", min_size=1, max_size=12),
    st.sampled_from(["gmail.com", "mail.example.co.in", "डाक.भारत", "okbank"]),
)


@given(st.one_of(MOBILE, LANDLINE), DIGITS, SENTENCE)
def test_a_phone_number_is_masked_wherever_it_stands(number, in_digits, sentence):
    text = sentence.replace("{}", in_digits(number))

    assert bare(masked(text)) in {bare(sentence.replace("{}", mask)) for mask in (PHONE, NUMBER)}


def bare(text: str) -> str:
    """The text without the signs around a number, which may stay or go with it."""
    return re.sub("[()+]", "", text)


@given(AADHAAR, DIGITS, SENTENCE)
def test_twelve_digits_as_on_an_aadhaar_card_are_masked(number, in_digits, sentence):
    assert masked(sentence.replace("{}", in_digits(number))) in {
        sentence.replace("{}", mask) for mask in (PHONE, NUMBER)
    }


@given(ADDRESSES, SENTENCE)
def test_an_address_is_masked(address, sentence):
    assert masked(sentence.replace("{}", address)) == sentence.replace("{}", ADDRESS)


YEARS = st.integers(1500, 2099).map(str)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
DATES = st.builds(
    lambda day, form: day.strftime(form),
    DAYS,
    st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]),
)
SETS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=5).map(
    lambda sets: " ".join(f"{won}-{lost}" for won, lost in sets)
)
SCORES = st.one_of(
    SETS,
    st.builds("{}/{}".format, st.integers(0, 500), st.integers(0, 10)),
    st.builds("{}-{}, {}-{}".format, *[st.integers(0, 30)] * 4),
)
COUNTS = st.integers(0, 999_999_999).map(str)


def with_indian_grouping(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    pairs = re.sub(r"(?<=\d)(?=(\d\d)+$)", ",", str(thousands))
    return f"{pairs},{rest:03}" if thousands else str(rest)


PRICES = st.integers(0, 10**13).map(with_indian_grouping)
RANGES = st.lists(YEARS, min_size=2, max_size=3).map("-".join) | st.lists(YEARS, min_size=2, max_size=3).map(
    " ".join
)


@given(st.one_of(YEARS, DATES, SCORES, COUNTS, PRICES, RANGES), DIGITS)
def test_the_numbers_of_the_news_stay(number, in_digits):
    text = f"क्या {in_digits(number)} सही है?"

    assert masked(text) == text


@given(st.text())
def test_masking_what_is_masked_changes_nothing(text):
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "05-08-2019 370 हटी",
        "2014 2019 2024 के चुनाव",
        "₹1,50,000 की सब्सिडी",
        "@khabar_bot बताओ",
        "15-08-1947 15-08-2023",
        "78-65 80-71 में कौन जीता",
        "64,20,00,000 वोट",
        "चंद्रयान-3 2023 में",
        "π 3.1415926535",
        "6 - 4 3 - 6 7 - 6 6 - 7 6 - 3",
        "2014 - 2019 - 2024",
        "2014\n2019\n2024",
    ],
)
def test_what_only_looks_alike_stays(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+44 20 7946 0958 किसका है", "[☎] किसका है"),
        ("पटना 0612-2345678 और 9876543210,9123456780", "पटना [☎] और [☎],[☎]"),
        ("दफ़्तर 11-23456789", "दफ़्तर [☎]"),
        ("कार्ड 4111 1111 1111 1111", "कार्ड [№]"),
        ("ramesh.k@example.org।", "[✉]।"),
        ("७५ लोग, ०९८७६ ५४३२१०", "७५ लोग, [☎]"),
        ("98765  43210 पर", "[☎] पर"),
        ("98765\n43210", "[☎]"),
        ("९८७६५ - ४३२१०", "[☎]"),
        ("98765−43210", "[☎]"),
        ("(98765) 43210", "[☎]"),
        ("9 8 7 6 5 4 3 2 1 0 पर", "[☎] पर"),
        ("9876\u200b543\u200d210", "[☎]"),
        ("9️⃣8️⃣7️⃣6️⃣5️⃣4️⃣3️⃣2️⃣1️⃣0️⃣ पर", "[☎] पर"),
        ("ram@example.org - राम", "[✉] - राम"),
        ("1234  5678  9012", "[№]"),
    ],
)
def test_examples(text, expected):
    assert masked(text) == expected
