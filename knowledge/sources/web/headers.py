"""What the headers of an answer say: validators, how long it is fresh, when to come back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from urllib.parse import quote

SECONDS = re.compile(r"[0-9]{1,9}")
MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,9})", re.IGNORECASE)
NEVER_FRESH = re.compile(r"(?:^|[\s,])no-(?:store|cache)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one version of a page from another; sent back letter by letter, never looked into."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)

    def headers(self) -> dict[bytes, bytes]:
        """The request headers that ask for a newer version only."""
        values = {b"If-None-Match": self.etag, b"If-Modified-Since": self.last_modified}
        return {name: value.encode("latin-1") for name, value in values.items() if value}


NO_VALIDATORS = Validators()


def validators_in(headers: Mapping[str, str], old: Validators = NO_VALIDATORS) -> Validators:
    """Those of an answer; where it names one no more, an answer of "not modified" keeps the `old` one."""
    return Validators(headers.get("etag") or old.etag, headers.get("last-modified") or old.last_modified)


def fresh_for_s(headers: Mapping[str, str], now: datetime) -> float:
    """For how many seconds an answer says that it stays as it is; 0 when it doesn't say, or not reliably."""
    control = headers.get("cache-control", "")
    if NEVER_FRESH.search(control):
        return 0.0
    if found := MAX_AGE.search(control):
        age = headers.get("age", "")
        return max(0.0, float(found[1]) - (float(age) if SECONDS.fullmatch(age) else 0.0))
    expires = http_date(headers.get("expires", ""))
    sent = http_date(headers.get("date", "")) or now
    return max(0.0, (expires - sent).total_seconds()) if expires else 0.0


def retry_after_s(value: str, now: datetime, unsaid_s: float, most_s: float) -> float:
    """The seconds that a Retry-After header asks to wait, 0 to `most_s`; `unsaid_s` if it can't be told."""
    if SECONDS.fullmatch(value):
        return min(float(value), most_s)
    until = http_date(value)
    return min(max(0.0, (until - now).total_seconds()), most_s) if until else unsaid_s


def http_date(value: str) -> datetime | None:
    """The moment that an HTTP date names, aware; None where it is no date."""
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def user_agent(contact: str | None) -> str:
    """Khabar's name for itself, with where its operator can be reached, as in `Khabar/1.0 (+URL)`."""
    name = f"Khabar/{version('khabar')}"
    return f"{name} (+{quote(contact, safe=_PRINTABLE)})" if contact else name


_PRINTABLE = "!#$%&'*+,-./:;=?@[]_~"
