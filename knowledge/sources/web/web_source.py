"""Following a page, a feed or a sitemap from one check to the next."""

import hashlib
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeGuard
from urllib.parse import urlsplit

from knowledge.errors import Busy, SourceError, Unreachable
from knowledge.sources.floor import Floor
from knowledge.sources.source import Item, Skipped
from knowledge.sources.web import decisions
from knowledge.sources.web.clock import Clock
from knowledge.sources.web.decisions import DAY, Listed
from knowledge.sources.web.documents import GZIP_MAGIC, Kind, kind_of, text_of
from knowledge.sources.web.feed import read_feed
from knowledge.sources.web.fetcher import Fetched, NotModified
from knowledge.sources.web.fetching import Answer, Fetching, FetchingAside
from knowledge.sources.web.headers import NO_VALIDATORS
from knowledge.sources.web.identity import names_of, same_site
from knowledge.sources.web.memory import ListingState, PageState, SourceState, WebMemory
from knowledge.sources.web.options import FollowOptions
from knowledge.sources.web.page_reader import MOST_TIME, PageReader
from knowledge.sources.web.sitemap import read_sitemap

BATCH = 1000
"""Pages that are remembered together."""


@dataclass(frozen=True, slots=True)
class Web:
    """What sources on the web have in common: how they are fetched, what is remembered, what time it is."""

    fetcher: Fetching
    memory: WebMemory
    clock: Clock


class WebSource:
    """A page, a feed or a sitemap on the web, followed: each `read` is one check."""

    whole = False

    def __init__(
        self,
        location: str,
        kind: Kind | None,
        options: FollowOptions,
        memory: WebMemory,
        fetcher: Fetching,
        clock: Clock,
    ) -> None:
        self._location = location
        self._kind = kind
        self._options = options
        self._memory = memory
        self._fetcher = fetcher
        self._clock = clock
        self._reader = PageReader(location, options, memory, fetcher, clock)

    @property
    def name(self) -> str:
        """The address as the operator wrote it."""
        return self._location

    @property
    def host(self) -> str:
        """The host of that address; the address itself where it is broken."""
        try:
            return urlsplit(self._location).hostname or self._location
        except ValueError:
            return self._location

    def is_due(self) -> bool:
        """Whether the next check's time has come, or lies so far ahead that a clock was wrong."""
        next_check = self._memory.source(self.name).next_check_at
        most = max(DAY, self._options.interval("page"))
        return next_check is None or not timedelta(0) < next_check - self._clock.now() <= most

    def read_beside(self, floor: Floor) -> Iterator[Item]:
        """As `read`; the floor is left while the host is waited for."""
        fetcher = FetchingAside(self._fetcher, floor)
        beside = WebSource(self._location, self._kind, self._options, self._memory, fetcher, self._clock)
        return beside.read()

    def read(self) -> Iterator[Item]:
        """What is new, corrected, taken back or couldn't be read since the last check.

        Raises:
            SourceError: the listing (or the one page) gave nothing; all that was read before stays, and the
                next check is put off, the longer the more often this happens.
        """
        now = self._clock.now()
        before = self._memory.source(self.name)
        if before.checked_at and before.checked_at - now > decisions.CLOCK_WRONG_BY:
            self._memory.bring_forward(self.name, before.checked_at, now)
        try:
            state = yield from self._check(before, now)
        except SourceError as error:
            interval = self._options.interval(self._kind or before.kind)
            self._memory.remember_source(self.name, decisions.checked_in_vain(before, error, now, interval))
            raise
        # Still due until its pages are read: whoever dies meanwhile goes on with the rest at once.
        self._memory.remember_source(self.name, replace(state, next_check_at=now))
        yield from self._reader.read_due(state.title)
        self._memory.remember_source(self.name, state)

    def _check(self, before: SourceState, now: datetime) -> Generator[Item, None, SourceState]:
        """Take in the listing; gives back the source's state."""
        kind = self._kind or before.kind
        if kind == "page":
            yield from self._reader.read(self._own_page(now), "")
            return decisions.succeeded(before, kind, now, self._options.interval(kind))
        listing = self._listing(now)
        validators = listing.validators if kind else NO_VALIDATORS
        answer = self._fetcher.get(before.moved_to or self._location, validators)
        kind = kind or self._kind_of(answer)
        state = replace(before, moved_to=answer.moved_to or before.moved_to)
        if kind == "page":
            yield from self._reader.answered(self._own_page(now), answer, "")
        elif kind == "feed":
            state = yield from self._follow_feed(state, listing, answer, now)
        else:
            yield from self._follow_sitemaps(listing, answer, now)
        return decisions.succeeded(state, kind, now, self._options.interval(kind), answer.fresh_for_s)

    def _kind_of(self, answer: Answer) -> Kind:
        """What is there, by its content."""
        body = b"" if isinstance(answer, NotModified) else answer.body
        if body.startswith(GZIP_MAGIC):
            return "sitemap"
        kind = kind_of(
            text_of(body, None if isinstance(answer, NotModified) else answer.content_type, answer.url)
        )
        if kind is None:
            raise SourceError(
                f"{answer.url}: neither a feed nor a sitemap nor an HTML page; correct the location"
            )
        return kind

    def _own_page(self, now: datetime) -> PageState:
        """The one page that the source is."""
        names = names_of(self._location, None, None)
        known = self._memory.page(self.name, names)
        return known or decisions.noted(Listed(names, self._location, ""), None, now)

    def _listing(self, now: datetime) -> ListingState:
        """The feed or the sitemap that the source is."""
        known = (listing for listing in self._memory.listings(self.name) if listing.url == self._location)
        return next(known, ListingState(self._location, now))

    def _follow_feed(
        self, state: SourceState, listing: ListingState, answer: Answer, now: datetime
    ) -> Generator[Item, None, SourceState]:
        if not _is_new(answer, listing):
            self._have_read(listing, answer, now)
            return state
        feed = read_feed(answer.body, answer.content_type, answer.url)
        if feed.cut_short and not feed.entries:
            raise SourceError(f"{answer.url}: it breaks off before the end of its first entry")
        new = yield from self._note(decisions.listed_in_feed(feed, now), feed.title, now)
        if feed.cut_short:
            yield self._cut_short(answer)
        self._have_read(listing, answer, now, new, cut_short=feed.cut_short)
        return replace(state, title=feed.title, ttl_s=feed.ttl_s)

    def _follow_sitemaps(self, main: ListingState, answer: Answer, now: datetime) -> Iterator[Item]:
        """Take in a sitemap; of an index the sitemaps that are due, newest first.

        Sitemaps of the archive wait as long as there are enough pages to be read.
        """
        yield from self._take_sitemap(main, answer, now)
        asked: set[str] = set()
        while (listing := self._next_sitemap(asked, now)) and self._clock.now() - now <= MOST_TIME:
            asked.add(listing.url)
            try:
                yield from self._take_sitemap(
                    listing, self._fetcher.get(listing.url, listing.validators), now
                )
            except (Busy, Unreachable):
                raise  # the others of the host would fail as well
            except SourceError as error:
                if not listing.failures:  # told once, until it has worked again
                    yield Skipped(listing.url, str(error))
                failed = replace(listing, read_at=now, failures=listing.failures + 1)
                self._memory.remember_listings(self.name, [failed])

    def _next_sitemap(self, asked: set[str], now: datetime) -> ListingState | None:
        limit = self._options.pages_per_check
        if len(asked) >= limit:
            return None
        listings = self._memory.listings(self.name)
        due = decisions.sitemaps_due(listings, now, self._options.interval("sitemap"))
        enough = len(self._memory.due(self.name, now, limit)) >= limit
        return next(
            (
                listing
                for listing in due
                if listing.url not in asked and not (asked and enough and decisions.is_archive(listing, now))
            ),
            None,
        )

    def _take_sitemap(self, listing: ListingState, answer: Answer, now: datetime) -> Iterator[Item]:
        if not _is_new(answer, listing):
            self._have_read(listing, answer, now)
            return
        sitemap = read_sitemap(
            answer.body, answer.url, since=self._options.since, content_type=answer.content_type
        )
        pages = [location for location in sitemap.pages if same_site(location.url, self._location)]
        if foreign := len(sitemap.pages) - len(pages):
            yield Skipped(answer.url, f"{foreign} addresses of other sites are left out")
        new = yield from self._note(decisions.listed_in_sitemap(pages, now), "", now)
        below = [location for location in sitemap.sitemaps if same_site(location.url, self._location)]
        known = self._memory.listings(self.name)
        self._memory.remember_listings(self.name, decisions.sitemaps_below(listing, below, known, now))
        if sitemap.cut_short:
            yield self._cut_short(answer)
        self._have_read(listing, answer, now, new, cut_short=sitemap.cut_short)

    def _note(self, listed: Iterable[Listed], publisher: str, now: datetime) -> Generator[Item, None, int]:
        """Remember the pages of a listing that are new or changed, and how many they are.

        The articles that came with it are given at once.
        """
        taken: set[str] = set()
        due: list[PageState] = []
        new = 0
        for entry in listed:
            if not entry.names:
                yield Skipped(entry.title or self.name, "its entry has neither an address nor a text")
                continue
            if not taken.isdisjoint(entry.names):
                continue  # listed twice: what comes first counts
            taken.update(entry.names)
            known = self._memory.page(self.name, entry.names)
            page = decisions.noted(entry, known, now)
            if page == known:
                continue
            new += page.due_at == now
            if entry.text and page.due_at == now:
                yield from self._reader.listed(page, entry, publisher)
                continue
            due.append(page)
            if len(due) >= BATCH:
                self._memory.remember_pages(self.name, due)
                due.clear()
        self._memory.remember_pages(self.name, due)
        return new

    def _have_read(
        self, listing: ListingState, answer: Answer, now: datetime, new: int = 0, *, cut_short: bool = False
    ) -> None:
        """Remember the version that was read, unless the next check must have the whole of it."""
        read = replace(
            listing,
            validators=NO_VALIDATORS if cut_short else answer.validators,
            digest=None
            if cut_short
            else listing.digest
            if isinstance(answer, NotModified)
            else _digest(answer),
            read_as=None if cut_short else listing.listed,
            read_at=now,
            changed_at=now if new else listing.changed_at or now,
            failures=0,
        )
        self._memory.remember_listings(self.name, [read])

    def _cut_short(self, answer: Answer) -> Skipped:
        return Skipped(answer.url, "it breaks off; what is whole in it was taken, and the rest follows")


def _is_new(answer: Answer, listing: ListingState) -> TypeGuard[Fetched]:
    """Whether the body is another one than was read last; many servers know no conditional requests."""
    return isinstance(answer, Fetched) and _digest(answer) != listing.digest


def _digest(answer: Fetched) -> str:
    return hashlib.blake2b(answer.body, digest_size=16).hexdigest()
