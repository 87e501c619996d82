"""The sources that are read: those of the settings and those that operators added, and which are due."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.settings import FetchingSettings, Settings, SourceSettings
from knowledge.articles import Article
from knowledge.corpus.reload import STORE
from knowledge.corpus.schema import database
from knowledge.corpus.web_memory import SqliteWebMemory
from knowledge.corpus.wishes import Bans, Wishes
from knowledge.errors import SourceError
from knowledge.sources import source_at
from knowledge.sources.source import Item, Retracted, Source
from knowledge.sources.web.clock import Clock, SystemClock
from knowledge.sources.web.decisions import DAY
from knowledge.sources.web.fetcher import Fetcher, FetchPolicy
from knowledge.sources.web.memory import SourceState
from knowledge.sources.web.options import FollowOptions
from knowledge.sources.web.politeness import back_off_s
from knowledge.sources.web.web_source import Web

FOLDER_EVERY = timedelta(minutes=10)
BANNED = "an operator took it out for good"


class Sources:
    """All sources over an open connection to the store, for the thread that opened it."""

    def __init__(self, settings: Settings, connection: sqlite3.Connection, clock: Clock) -> None:
        self.wishes = Wishes(connection)
        self.memory = SqliteWebMemory(connection)
        self._settings = settings
        self._connection = connection
        self._clock = clock
        self._read: list[_Read] = []
        self._web: Web | None = None

    @classmethod
    @contextmanager
    def open(cls, settings: Settings, clock: Clock | None = None) -> Iterator["Sources"]:
        """Those of the data folder, which is made when absent.

        Raises:
            StoreError: the store can't be opened, read or written.
        """
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with database(settings.data_dir / STORE) as connection:
            yield cls(settings, connection, clock or SystemClock())

    def all(self) -> tuple[SourceSettings, ...]:
        """The sources of the settings, then the added ones, each location once."""
        return listed(self._settings, self.wishes)

    def at(self, location: str) -> SourceSettings:
        """The source at this location, as it is listed or with the defaults."""
        return next(
            (each for each in self.all() if each.location == location), SourceSettings(location=location)
        )

    def due(self) -> list[SourceSettings]:
        """Those whose next check's time has come, or lies so far ahead that a clock was wrong."""
        return [each for each in self.all() if self._is_due(each)]

    def is_work(self) -> bool:
        """Whether a reload of what is due has anything to do; not while an operator's rollback holds it."""
        return self.wishes.held_since() is None and bool(self.due() or self._is_to_go())

    def to_read(self, sources: Sequence[SourceSettings]) -> list[Source]:
        """These sources, as a reload reads them: without what is banned."""
        banned = Bans(self.wishes.banned())
        read = [_Read(each, self._source(each), banned, self.wishes) for each in sources]
        self._read += read
        return [*read]

    def at_rest(self, sources: Sequence[SourceSettings]) -> list[Source]:
        """These sources, as a reload leaves them as they are, but for what is banned."""
        return [_AtRest(each.location, self.wishes) for each in sources]

    def remember(self) -> None:
        """Keep how the folders were read; sources on the web have remembered that themselves."""
        for read in self._read:
            if read.source.whole and read.ended:
                self._remember(read)

    def web(self) -> Web:
        """What sources on the web are followed with: one for all, so that they keep to a host's pace."""
        self._web = self._web or web_of(self._settings.fetching, self.memory, self._clock)
        return self._web

    def _source(self, source: SourceSettings) -> Source:
        web = self.web() if is_web(source) else None
        return source_at(source.location, source.kind, options=options_of(source), web=web)

    def _is_due(self, source: SourceSettings) -> bool:
        state = self.memory.source(source.location)
        if state.next_check_at is None:
            return True
        most = max(DAY, _interval(source, state))
        return not timedelta(0) < state.next_check_at - self._clock.now() <= most

    def _is_to_go(self) -> bool:
        """Whether the store holds articles that are banned, or of sources that are gone."""
        stored = {name for (name,) in self._connection.execute("SELECT DISTINCT source FROM articles")}
        gone = stored - {each.location for each in self.all()}
        return bool(gone) or any(self.wishes.stored_though_banned(name) for name in stored)

    def _remember(self, read: "_Read") -> None:
        now, before = self._clock.now(), self.memory.source(read.name)
        interval = _interval(read.settings, before)
        if read.error is None:
            after = replace(before, succeeded_at=now, next_check_at=now + interval, failures=0, error=None)
        else:
            failures = before.failures + 1
            wait = timedelta(seconds=back_off_s(interval.total_seconds(), failures))
            after = replace(before, next_check_at=now + wait, failures=failures, error=read.error)
        self.memory.remember_source(read.name, replace(after, checked_at=now))


def listed(settings: Settings, wishes: Wishes) -> tuple[SourceSettings, ...]:
    """The sources of the settings, then those that operators added, each location once."""
    found = {each.location: each for each in settings.corpus.sources}
    for location, kind in wishes.sources():
        found.setdefault(location, SourceSettings.model_validate({"location": location, "kind": kind}))
    return tuple(found.values())


def is_web(source: SourceSettings) -> bool:
    """Whether the source is an address."""
    return source.kind != "folder" and source.location.startswith(("http://", "https://"))


def web_of(fetching: FetchingSettings, memory: SqliteWebMemory, clock: Clock) -> Web:
    """What sources on the web are followed with, politely as the settings say."""
    policy = FetchPolicy(
        fetching.contact,
        fetching.delay_s,
        fetching.per_host,
        fetching.timeout_s,
        fetching.max_mb * 1_000_000,
        fetching.allowed_hosts,
    )
    return Web(Fetcher(policy, memory, clock), memory, clock)


def options_of(source: SourceSettings) -> FollowOptions:
    """How the source is followed, if it is on the web."""
    return FollowOptions(source.every_minutes, source.pages_per_check, source.since, source.recheck_days)


def _interval(source: SourceSettings, state: SourceState) -> timedelta:
    if not is_web(source):
        return timedelta(minutes=source.every_minutes) if source.every_minutes else FOLDER_EVERY
    return options_of(source).interval(state.kind if source.kind == "folder" else source.kind or state.kind)


@dataclass(slots=True)
class _Read:
    """A source as a reload reads it: without what is banned, and with how it ended remembered."""

    settings: SourceSettings
    source: Source
    bans: Bans
    wishes: Wishes
    ended: bool = False
    error: str | None = None

    @property
    def name(self) -> str:
        return self.settings.location

    @property
    def whole(self) -> bool:
        return self.source.whole

    def read(self) -> Iterator[Item]:
        if not self.whole:
            yield from _banned(self.wishes, self.name)
        try:
            yield from (item for item in self.source.read() if not self._is_banned(item))
        except (SourceError, OSError) as error:
            self.ended, self.error = True, str(error)
            raise
        self.ended = True

    def _is_banned(self, item: Item) -> bool:
        return item in self.bans if isinstance(item, Article) else False


@dataclass(frozen=True, slots=True)
class _AtRest:
    """A source that isn't read this time: what the store holds of it stays, but for what is banned."""

    name: str
    wishes: Wishes
    whole: bool = False

    def read(self) -> Iterator[Item]:
        yield from _banned(self.wishes, self.name)


def _banned(wishes: Wishes, source: str) -> Iterator[Retracted]:
    return (Retracted(id, BANNED) for id in wishes.stored_though_banned(source))
