"""The day that a publisher names, however it is written."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

INDIA = timezone(timedelta(hours=5, minutes=30), "IST")
YEARS = range(1900, 2200)
LONGEST = 100
"""Code points; what is longer is a text with a date in it."""

ZONE = re.compile(r"\s*\(?\b(?:IST\b|भा\.?मा\.?स\.?)\)?\s*$", re.IGNORECASE)
"""The Indian zone; abroad its letters also mean Irish or Israel time."""
UPDATED = re.compile(r"(?<=\d)(\D.*?)?\W(?:को |last |अंतिम )?(?:updated|अपडेट|संशोधित).*$", re.IGNORECASE)
"""What stands behind the day: `प्रकाशित: 7 अप्रैल 2026, अपडेटेड: 9 अप्रैल 2026`."""
HOUR = re.compile(r"(?:\s+[^\s\d,]+){0,2},?\s+\d{1,2}(?:[:.]\d{2})? ?बजे")
"""A time as people write it: `को शाम 5 बजे`."""
INVISIBLE = re.compile("[\u200b-\u200f]")
"""Joiners within words, as in `अगस्‍त`, and marks of the direction."""
LABEL = re.compile(r"^[^\d:]{2,40}:\s")
TO_FIRST_DIGIT = re.compile(r"^\D+")
WRITINGS = re.compile(r"\s*\|\s*|\s*[–—]\s*")


def read_date(text: str) -> date | None:
    """The day in India that a text such as `७ अप्रैल 2026` names; None where it isn't plainly one whole date.

    Read are ISO 8601, the dates of e-mail, and Hindi and English as people write them, with the day before
    the month in `07/04/2026`, and with a label before: `प्रकाशित: 7 अप्रैल 2026, 10:30 AM IST`. Of two days
    the one of an update is left out. A time with a zone is taken to India; `आज`, a weekday, or a month alone
    are nothing to go by years later.
    """
    text = " ".join(INVISIBLE.sub("", text).split())
    if not text or len(text) > LONGEST or not any(char.isdigit() for char in text):
        return None
    text = UPDATED.sub(r"\1", WRITINGS.sub(" ", text))
    text = ZONE.sub("", HOUR.sub("", text)).rstrip(" ,-")
    moment = _standard(text) or _written(text)
    if moment is None or moment.year not in YEARS:
        return None
    return moment.astimezone(INDIA).date() if moment.tzinfo else moment.date()


def not_to_come(day: date | None, now: datetime) -> date | None:
    """The day, unless it lies more than a day ahead: then it was misread, or is wrong."""
    return day if day and day <= now.astimezone(UTC).date() + timedelta(days=1) else None


def _standard(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _written(text: str) -> datetime | None:
    from dateparser.date import DateDataParser  # here, since most dates need no such help

    parser = DateDataParser(
        languages=["hi", "en"],
        # a wild guess is worse than none: "12" or "मई" would become a day of this month or this year
        settings={
            "PARSERS": ["absolute-time"],
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "DMY",
        },
    )
    for writing in dict.fromkeys((text, LABEL.sub("", text), TO_FIRST_DIGIT.sub("", text))):
        found: datetime | None = parser.get_date_data(writing).date_obj
        if found:
            return found
    return None
