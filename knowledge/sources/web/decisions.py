"""What to fetch, and when: decided from what is listed and remembered, without touching either."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from knowledge.articles import Article
from knowledge.errors import Busy, Gone, SourceError
from knowledge.sources.dates import not_to_come
from knowledge.sources.web.documents import Kind
from knowledge.sources.web.feed import Feed
from knowledge.sources.web.headers import NO_VALIDATORS
from knowledge.sources.web.identity import names_of
from knowledge.sources.web.memory import ListingState, PageState, SourceState
from knowledge.sources.web.politeness import back_off_s
from knowledge.sources.web.sitemap import Location

DAY = timedelta(days=1)
FIRST_RETRY_S = 900.0
MOST_FAILURES = 16
"""After so many failures on end, some twelve days, a page waits until its listing says something new."""
GONE_FOR = timedelta(hours=1)
"""Only a page that is missing again after this is missing for good; servers have bad moments."""
CLOCK_WRONG_BY = timedelta(days=2)
"""A last check that lies so far ahead was dated by a clock that has been put right since."""
MOST_NAMES = 12
MOST_DEPTH = 3
ARCHIVED_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as a feed or a sitemap lists it; with `text`, the article is there already."""

    names: tuple[str, ...]
    url: str | None
    digest: str
    title: str = ""
    text: str | None = None
    published: date | None = None
    day: date | None = None


def listed_in_feed(feed: Feed, now: datetime) -> Iterator[Listed]:
    """The entries of a feed; a guid that several share says nothing, and a day to come was misread."""
    shared = {guid for guid, count in Counter(entry.guid for entry in feed.entries).items() if count > 1}
    for entry in feed.entries:
        guid = None if entry.guid in shared else entry.guid
        published = not_to_come(entry.published, now)
        names = names_of(entry.url, guid, entry.text)
        yield Listed(names, entry.url, entry.digest, entry.title, entry.text, published, published)


def listed_in_sitemap(locations: Iterable[Location], now: datetime) -> Iterator[Listed]:
    """The pages of a sitemap."""
    for location in locations:
        published = not_to_come(location.published, now)
        day = not_to_come(location.day, now)
        digest = f"{location.lastmod or ''} {location.published or ''} {location.title}"
        names = names_of(location.url, None, None)
        yield Listed(names, location.url, digest, location.title, None, published, day)


def noted(listed: Listed, known: PageState | None, now: datetime) -> PageState:
    """The page's state with what is listed taken in: due at once when that is new, else as it was.

    New is also another address, as long as a page has not had too many: some feeds make up one each time.
    """
    if known is None:
        day = listed.day or now.astimezone(UTC).date()
        return PageState(
            listed.names[0],
            listed.names,
            listed.url,
            listed.digest,
            listed.title,
            listed.published,
            day,
            now,
            now,
        )
    names = tuple(dict.fromkeys((*known.names, *listed.names)))[:MOST_NAMES]
    moved = bool(listed.url) and listed.names[0] in names and listed.names[0] not in known.names
    if listed.digest == known.listed and not moved:
        return replace(known, names=names) if names != known.names else known
    return replace(
        known,
        names=names,
        url=listed.url or known.url,
        validators=NO_VALIDATORS if moved else known.validators,
        listed=listed.digest,
        published=listed.published or known.published,
        day=listed.day or known.day,
        due_at=now,
        in_feed=known.in_feed and listed.text is not None,
        failures=0,
    )


def looked_at(page: PageState, now: datetime, recheck_days: int) -> PageState:
    """The page's state after its fetch went well: due again in a day, as long as its article is young.

    It is young for `recheck_days` from its day, or from when it was first seen, whichever is earlier;
    a page without a day counts from then. Later it is due whenever it is half as old again: a publisher's
    whole archive costs about as many requests a day as a dozen days' news.
    """
    age = now.date() - min(page.day, page.noted_at.date())
    wait = DAY if age < timedelta(days=recheck_days) else max(DAY, age / 2)
    due_at = now + wait if page.url and recheck_days else None
    return replace(page, due_at=due_at, gone_at=None, failures=0)


def missed(page: PageState, now: datetime, recheck_days: int) -> tuple[PageState, bool]:
    """The page's state after it was found missing, and whether it is missing for good.

    What is missing for good is looked for again for as many days as if it were new, and then comes back
    whole: a site may lose all its pages for an afternoon.
    """
    since = page.gone_at
    if since is None or since > now:
        return replace(page, gone_at=now, due_at=now + GONE_FOR), False
    if now - since < GONE_FOR:
        return replace(page, due_at=since + GONE_FOR), False
    due_at = now + DAY if now - since < timedelta(days=recheck_days) else None
    return replace(page, due_at=due_at, fingerprint=None, validators=NO_VALIDATORS, failures=0), True


def failed(page: PageState, now: datetime, retry_after_s: float = 0.0) -> PageState:
    """The page's state after its fetch failed: due again later, each time after twice the time."""
    failures = page.failures + 1
    wait_s = max(back_off_s(FIRST_RETRY_S, failures), retry_after_s)
    due_at = now + timedelta(seconds=min(wait_s, DAY.total_seconds()))
    return replace(page, failures=failures, due_at=due_at if failures < MOST_FAILURES else None)


def sitemaps_below(
    index: ListingState, listed: Iterable[Location], known: Iterable[ListingState], now: datetime
) -> list[ListingState]:
    """The states of the sitemaps that an index lists; a circle of indexes ends where it closes."""
    states = {state.url: state for state in known}
    found = []
    for location in listed:
        state = states.get(location.url, ListingState(location.url, now, depth=index.depth + 1))
        if 0 < state.depth <= MOST_DEPTH:
            found.append(replace(state, listed=location.lastmod, day=not_to_come(location.day, now)))
    return found


def sitemaps_due(listings: Sequence[ListingState], now: datetime, interval: timedelta) -> list[ListingState]:
    """The sitemaps of an index that are to be read, newest first; undated is not old."""
    due = [listing for listing in listings if listing.depth and _is_due(listing, now, interval)]
    return sorted(due, key=lambda listing: (listing.day or date.max, listing.noted_at), reverse=True)


def _is_due(listing: ListingState, now: datetime, interval: timedelta) -> bool:
    """Whether it changed by the index's word; without one, the longer it stays the same the seldomer.

    One that couldn't be read is tried again ever more seldom, whatever the index says.
    """
    if listing.read_at is None:
        return True
    if listing.failures:
        wait = timedelta(seconds=back_off_s(interval.total_seconds(), listing.failures))
    elif listing.listed != listing.read_as:
        return True
    elif listing.listed is not None:
        return False
    else:
        quiet = (listing.read_at - (listing.changed_at or listing.read_at)) / 2
        wait = min(DAY, max(interval, quiet))
    return not timedelta(0) <= now - listing.read_at < wait


def is_archive(listing: ListingState, now: datetime) -> bool:
    """Whether it has not been read yet, and isn't known to hold anything of the last days."""
    return listing.read_at is None and (listing.day is None or now.date() - listing.day > ARCHIVED_AFTER)


def succeeded(
    state: SourceState, kind: Kind, now: datetime, interval: timedelta, fresh_for_s: float = 0.0
) -> SourceState:
    """The source's state after a check that went well."""
    wait = min(timedelta(seconds=max(fresh_for_s, state.ttl_s)), DAY)
    return replace(
        state,
        kind=kind,
        checked_at=now,
        succeeded_at=now,
        next_check_at=now + max(wait, interval),
        failures=0,
        error=None,
    )


def checked_in_vain(
    state: SourceState, error: SourceError, now: datetime, interval: timedelta
) -> SourceState:
    """The source's state after a check that failed."""
    asked_s = error.retry_after_s if isinstance(error, Busy) else 0.0
    wait_s = max(back_off_s(interval.total_seconds(), state.failures + 1), min(asked_s, DAY.total_seconds()))
    return replace(
        state,
        moved_to=None if isinstance(error, Gone) else state.moved_to,  # perhaps it has moved back
        checked_at=now,
        next_check_at=now + timedelta(seconds=wait_s),
        failures=state.failures + 1,
        error=str(error),
    )


def fingerprint(article: Article) -> str:
    """A digest of all that an article says, to tell a correction from a page that only looks new."""
    fields = (article.id, article.title, article.text, article.url, article.publisher, str(article.published))
    said = "\0".join(field or "" for field in fields)
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
