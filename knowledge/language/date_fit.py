"""How well an article's date fits a date that a question mentions: a soft preference, never a filter."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from math import exp2

from knowledge.language.dates import DateMention, exists

HALF_LIVES_DAYS = {"day": 7, "month": 20, "year": 90}
"""Within how many days after its time an article's fit falls to a half: news of a day follows it in the
same week, what looks back on a year comes in the months after."""

EARLY = 2
"""How much faster it falls before: only announcements come earlier than the day itself."""


def fit(mention: DateMention, published: date) -> float:
    """How well an article published on a day is of the mentioned time: 1 within it, towards 0 far off.

    After the time the fit halves with each half-life, before it twice as fast. A mention without a
    year (7 अप्रैल, सोमवार) means its occurrence nearest to the publication.
    """
    return max(
        (_closeness(first, last, published) for first, last in _periods(mention, published)), default=0.0
    )


def _closeness(first: date, last: date, published: date) -> float:
    length = (last - first).days
    half_life = HALF_LIVES_DAYS["day" if not length else "month" if length < 31 else "year"]
    late, early = (published - last).days, (first - published).days
    if late <= 1 and early <= 0:
        return 1.0  # the paper of the next morning is of the day
    return exp2(-max(late, EARLY * early) / half_life)


def _periods(mention: DateMention, published: date) -> Iterator[tuple[date, date]]:
    """The first and last days of the times that a mention may mean, seen from the publication."""
    day, month, year = mention.day, mention.month, mention.year
    if not (month or year):
        yield from _days_around(mention, published)
        return
    for of_year in (year,) if year else range(published.year - 1, published.year + 2):
        if not month:
            yield date(of_year, 1, 1), date(of_year, 12, 31)
        elif exists(day, month, of_year):
            last = monthrange(of_year, month)[1]
            yield date(of_year, month, day or 1), date(of_year, month, day or last)


def _days_around(mention: DateMention, published: date) -> Iterator[tuple[date, date]]:
    """The days within a month of the publication that a day of the month or a weekday may mean."""
    for offset in range(-31, 32):
        day = published + timedelta(days=offset)
        if mention.day in (None, day.day) and mention.weekday in (None, day.weekday()):
            yield day, day
