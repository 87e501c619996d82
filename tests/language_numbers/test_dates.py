from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.date_fit import fit
from knowledge.language.dates import MONTHS, DateMention, dates
from knowledge.language.numerals import read_numerals

NUMERALS = read_numerals()


def mentions(text):
    return [(m.day, m.month, m.year) for m in dates(text, NUMERALS)]


@pytest.mark.parametrize(
    "text",
    [
        "7 अप्रैल",
        "07 अप्रैल",
        "७ अप्रैल",
        "7 अप्रेल को",
        "सात अप्रैल को",
        "saat april ko",
        "7 aprail",
        "April 7",
        "april 7th ko",
        "7th April",
        "the 7th of April",
        "07/04",
        "07-04",
        "7/04",
        "7/4 ko",
        "7/4 को",
        "7 apr",
    ],
)
def test_the_seventh_of_april_in_every_form(text):
    assert mentions(text) == [(7, 4, None)]


@pytest.mark.parametrize(
    "text",
    [
        "15 अगस्त 1947",
        "15 अगस्त, 1947 को",
        "pandrah agast 1947",
        "August 15, 1947",
        "15th of August 1947",
        "15/08/1947",
        "15-8-1947",
        "15.08.1947",
        "1947-08-15",
        "08/15/1947",
        "पंद्रह अगस्त उन्नीस सौ सैंतालीस",
    ],
)
def test_independence_day_in_every_form(text):
    assert mentions(text) == [(15, 8, 1947)]


@pytest.mark.parametrize(
    ("text", "month", "year"),
    [
        ("अप्रैल 2021 में", 4, 2021),
        ("अप्रैल के 2021", 4, 2021),
        ("2021 के अप्रैल में", 4, 2021),
        ("sitambar 2020", 9, 2020),
        ("farvari me", 2, None),
        ("janwari", 1, None),
        ("अक्तूबर", 10, None),
        ("अक्टूबर", 10, None),
        ("julai", 7, None),
        ("मार्च में", 3, None),
        ("in May", 5, None),
        ("may 2020", 5, 2020),
    ],
)
def test_months(text, month, year):
    assert mentions(text) == [(None, month, year)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023 में क्या हुआ", 2023),
        ("२०२३ में", 2023),
        ("साल 2019", 2019),
        ("2019 साल में", 2019),
        ("2019-20 का बजट", 2019),
        ("1990 के दशक", 1990),
        ("दो हजार तेईस में", 2023),
        ("nineteen forty seven", 1947),
        ("2021 mai kya hua", 2021),
    ],
)
def test_years(text, year):
    assert mentions(text) == [(None, None, year)]


@pytest.mark.parametrize(
    "text",
    [
        "2000 रुपये",
        "2000 rupaye",
        "₹2000 का नोट",
        "2,000 लोग",
        "2000 से ज्यादा मौतें",
        "करीब 2000",
        "दो हजार लोग",
        "2000 लाख",
        "1899 में",
        "24/7 सेवा",
        "9/11 हमला",
        "1/2",
        "06:00-08:00 बजे",
        "2000 रोगियों",
        "10-15 लोग",
        "31 फरवरी",
        "5 mar gaye",
        "kitne mar gaye",
        "mangal ki kaksha",
        "mangal grah",
        "पैदल मार्च",
        "he may go",
        "कोविड-19",
        "3.5 लाख",
    ],
)
def test_what_is_no_date(text):
    assert mentions(text) == []


def test_a_number_beyond_all_measure_is_no_date():
    assert mentions("7 अप्रैल को " + "दो लाख करोड़ " * 4) == [(7, 4, None)]


def test_spans_hold_the_whole_mention():
    text = "दिल्ली में 7 अप्रैल 2021 और 15/08/2020 को"
    assert [text[slice(*mention.span)] for mention in dates(text, NUMERALS)] == ["7 अप्रैल 2021", "15/08/2020"]


@pytest.mark.parametrize("text", ["15,16 मार्च", "15, 16 मार्च", "१५,१६ मार्च को", "15 व 16 मार्च"])
def test_days_of_one_month(text):
    assert mentions(text) == [(15, 3, None), (16, 3, None)]


def test_more_than_two_days_of_one_month_and_grouped_digits():
    assert mentions("15,16 और 18 मार्च 2021") == [(15, 3, 2021), (16, 3, 2021), (18, 3, 2021)]
    assert mentions("मार्च में 1,516 लोग") == [(None, 3, None)]


def test_ranges_have_both_ends():
    assert mentions("7-9 अप्रैल 2021") == [(7, 4, 2021), (9, 4, 2021)]
    assert mentions("4 और 5 मई को") == [(4, 5, None), (5, 5, None)]


def test_weekdays_and_days_of_the_month():
    assert dates("सोमवार को", NUMERALS) == (DateMention((0, 6), weekday=0),)
    assert [m.weekday for m in dates("budhwar ya Sunday", NUMERALS)] == [2, 6]
    assert [m.weekday for m in dates("mangal ko", NUMERALS)] == [1]
    assert mentions("7 तारीख को") == [(7, None, None)]


YEARS_DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(
    YEARS_DAYS,
    st.sampled_from(["{0.day} {1} {0.year}", "{1} {0.day}, {0.year}", "{0:%d/%m/%Y}", "{0:%Y-%m-%d}"]),
)
def test_every_day_is_read_in_every_form(day, form):
    for name in MONTHS[day.month - 1]:
        assert mentions(form.format(day, name)) == [(day.day, day.month, day.year)]


@given(st.text(alphabet="०7 /-.,अप्रैलमईmarch2021में\n", max_size=25))
def test_mentions_are_within_the_text_and_not_empty(text):
    for mention in dates(text, NUMERALS):
        begin, end = mention.span
        assert 0 <= begin < end <= len(text)
        assert (mention.day, mention.month, mention.year, mention.weekday) != (None,) * 4


MENTIONS = st.one_of(
    st.builds(lambda d: DateMention((0, 1), d.day, d.month, d.year), YEARS_DAYS),
    st.builds(lambda d: DateMention((0, 1), None, d.month, d.year), YEARS_DAYS),
    st.builds(lambda d: DateMention((0, 1), None, None, d.year), YEARS_DAYS),
    st.builds(lambda d: DateMention((0, 1), d.day, d.month), YEARS_DAYS),
    st.builds(lambda d: DateMention((0, 1), None, d.month), YEARS_DAYS),
    st.builds(lambda d: DateMention((0, 1), d.day), YEARS_DAYS),
    st.builds(lambda day: DateMention((0, 1), weekday=day), st.integers(0, 6)),
)


@given(MENTIONS, YEARS_DAYS)
def test_fit_is_a_share(mention, published):
    assert 0 <= fit(mention, published) <= 1


@given(YEARS_DAYS)
def test_an_article_of_the_time_fits_wholly(day):
    for mention in (
        DateMention((0, 1), day.day, day.month, day.year),
        DateMention((0, 1), None, day.month, day.year),
        DateMention((0, 1), None, None, day.year),
        DateMention((0, 1), day.day, day.month),
        DateMention((0, 1), weekday=day.weekday()),
    ):
        assert fit(mention, day) == 1


def test_fit_falls_with_the_distance_and_faster_before():
    april_7 = DateMention((0, 1), 7, 4, 2021)
    falling = [fit(april_7, date(2021, 4, 7) + timedelta(days=late)) for late in (1, 3, 10, 40, 400)]
    assert falling == sorted(set(falling), reverse=True)
    assert fit(april_7, date(2021, 4, 2)) < fit(april_7, date(2021, 4, 12))
    in_2020 = DateMention((0, 1), year=2020)
    assert fit(in_2020, date(2020, 1, 1)) > fit(in_2020, date(2021, 2, 1)) > fit(in_2020, date(2023, 1, 1))


def test_a_day_without_a_year_is_the_nearest_one():
    new_year = DateMention((0, 1), 31, 12)
    assert fit(new_year, date(2021, 1, 1)) == fit(new_year, date(2020, 12, 31)) == 1
    assert fit(new_year, date(2021, 6, 30)) < 0.01
