"""What is remembered of the sources on the web between two checks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from knowledge.sources.web.documents import Kind
from knowledge.sources.web.headers import NO_VALIDATORS, Validators


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source as its last check left it.

    Attributes:
        kind: what is there, as it was told by its content at the first success.
        title: what a feed calls itself.
        ttl_s: for how long a feed says that it stays as it is.
        moved_to: where its address permanently redirects to.
        checked_at, succeeded_at: the last check, and the last that went well.
        next_check_at: before this time, there is no need to check again.
        failures: how many checks on end went wrong.
        error: the last one's message; None when it went well.
    """

    kind: Kind | None = None
    title: str = ""
    ttl_s: float = 0.0
    moved_to: str | None = None
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    next_check_at: datetime | None = None
    failures: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class ListingState:
    """A feed or a sitemap of a source; the sitemaps of an index have one each.

    Attributes:
        url: its address.
        listed: what the index says of when it was changed, if it does.
        day: of that change; it orders the sitemaps of an index.
        depth: 0 for the source's own, one more for each index above it.
        noted_at: when it was seen first.
        validators, digest: of the version that was read last.
        read_as: `listed` at that time.
        read_at, changed_at: when it was last asked for, and last had something new.
        failures: how many times on end it couldn't be read.
    """

    url: str
    noted_at: datetime
    listed: str | None = None
    day: date | None = None
    depth: int = 0
    validators: Validators = NO_VALIDATORS
    digest: str | None = None
    read_as: str | None = None
    read_at: datetime | None = None
    changed_at: datetime | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class PageState:
    """A page that a source lists, and the article that it gave.

    Attributes:
        key: the name that it was first known by; it stays.
        names: all names that lead to it: addresses and guids.
        url: where to fetch it; None for an entry of a feed that has no page.
        listed: a digest of what the listing says of it, to notice corrections.
        title: as listed, then as read.
        published: the day that the listing states.
        day: by which pages are put in order.
        noted_at: when it was seen first.
        due_at: when it is to be fetched (again); None for not before the listing says something new.
        article_id: the article that it gave; None before.
        fingerprint: of that article as it was last given; None when it isn't in the corpus.
        in_feed: whether the article's text comes with the feed.
        validators: of the page's version that was read last.
        gone_at: when it was first missing, of the times on end.
        failures: how many fetches on end went wrong.
    """

    key: str
    names: tuple[str, ...]
    url: str | None
    listed: str
    title: str
    published: date | None
    day: date
    noted_at: datetime
    due_at: datetime | None
    article_id: str | None = None
    fingerprint: str | None = None
    in_feed: bool = False
    validators: Validators = NO_VALIDATORS
    gone_at: datetime | None = None
    failures: int = 0


class WebMemory(Protocol):
    """Keeps these states, each source's apart; whatever is remembered is kept at once and whole."""

    def source(self, name: str) -> SourceState:
        """What is remembered of a source; the default state before its first check."""
        ...

    def remember_source(self, name: str, state: SourceState) -> None:
        """Keep it in place of the one before."""
        ...

    def listings(self, source: str) -> list[ListingState]:
        """The feeds or sitemaps of a source, in the order in which they were first remembered."""
        ...

    def remember_listings(self, source: str, states: Iterable[ListingState]) -> None:
        """Keep them, each in place of the one with the same url."""
        ...

    def page(self, source: str, names: Sequence[str]) -> PageState | None:
        """The page that the first of these names leads to that is known at all."""
        ...

    def due(self, source: str, now: datetime, limit: int) -> list[PageState]:
        """Up to `limit` pages to fetch: the newest day first, then those not read yet, then as noted."""
        ...

    def bring_forward(self, source: str, later_than: datetime, now: datetime) -> None:
        """Have the pages that are due later than that be due now."""
        ...

    def remember_pages(self, source: str, states: Iterable[PageState]) -> None:
        """Keep them, each in place of the one with the same key, and let their names lead to them alone."""
        ...

    def forget_page(self, source: str, key: str) -> None:
        """Let go of a page that turned out to be another one; the names that lead to it are gone with it."""
        ...

    def forget(self, source: str) -> None:
        """Let go of everything about a source."""
        ...
