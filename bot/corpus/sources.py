"""The sources that are read: those of the settings and those that operators added, and which are due."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.restoring import undo_interrupted
from bot.settings import FetchingSettings, Settings, SourceSettings
from knowledge.corpus.host_memory import SqliteHostMemory
from knowledge.corpus.reload import STORE
from knowledge.corpus.schema import database
from knowledge.corpus.web_memory import SqliteWebMemory
from knowledge.corpus.wishes import Wishes
from knowledge.sources import source_at
from knowledge.sources.source import Item, Source
from knowledge.sources.web.clock import Clock, SystemClock
from knowledge.sources.web.decisions import DAY
from knowledge.sources.web.fetcher import Fetcher, FetchPolicy
from knowledge.sources.web.looking import Seen, look
from knowledge.sources.web.memory import SourceState, WebMemory
from knowledge.sources.web.options import FollowOptions
from knowledge.sources.web.politeness import HostMemory, back_off_s
from knowledge.sources.web.web_source import Web

FOLDER_EVERY = timedelta(minutes=10)


class Sources:
    """All sources over an open connection to the store, for the thread that opened it."""

    def __init__(
        self, settings: Settings, connection: sqlite3.Connection, hosts: HostMemory, clock: Clock
    ) -> None:
        self.wishes = Wishes(connection)
        self.memory = SqliteWebMemory(connection)
        self._hosts = hosts
        self._settings = settings
        self._clock = clock
        self._web: Web | None = None

    @classmethod
    @contextmanager
    def open(cls, settings: Settings, clock: Clock | None = None) -> Iterator["Sources"]:
        """Those of the data folder, which is made when absent.

        Raises:
            StoreError: the store can't be opened, read or written.
            ReloadInProgress: a backup is being restored.
        """
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        undo_interrupted(settings.data_dir)  # it would else undo what is written now
        store = settings.data_dir / STORE
        with database(store) as connection, database(store) as of_hosts:
            yield cls(settings, connection, SqliteHostMemory(of_hosts), clock or SystemClock())

    def all(self) -> tuple[SourceSettings, ...]:
        """The sources of the settings, then the added ones, each location once."""
        return listed(self._settings, self.wishes)

    def at(self, location: str) -> SourceSettings:
        """The source at this location, as it is listed or with the defaults."""
        wanted = _spelt(SourceSettings(location=location))
        return next((each for each in self.all() if each.location == wanted.location), wanted)

    def is_due(self) -> bool:
        """Whether a reload of what is due has anything to do; not while an operator's rollback holds it."""
        if self.wishes.wished("hold"):
            return False
        return self.wishes.wished("reload") is not None or any(map(self._is_due, self.all()))

    def to_read(self, sources: Sequence[SourceSettings], *, due: bool = False) -> list[Source]:
        """These sources for a reload.

        With `due`, those whose time hasn't come have nothing to tell, and stay as they are.
        """
        return [
            _AtRest(each.location) if due and not self._is_due(each) else self._source(each)
            for each in sources
        ]

    def have_read(self, sources: Sequence[Source], failed: Mapping[str, str]) -> None:
        """Keep how the folders among these were read; `failed` are the reasons of those that couldn't be.

        Sources on the web have remembered that themselves.
        """
        known = {each.location: each for each in self.all()}
        for source in sources:
            if source.whole and source.name in known:
                self._remember(known[source.name], failed.get(source.name))

    def web(self) -> Web:
        """What sources on the web are followed with: one for all, so that they keep to a host's pace."""
        self._web = self._web or web_of(self._settings.fetching, self.memory, self._hosts, self._clock)
        return self._web

    def _source(self, source: SourceSettings) -> Source:
        web = self.web() if is_web(source) else None
        return source_at(source.location, source.kind, options=options_of(source), web=web)

    def _is_due(self, source: SourceSettings) -> bool:
        """Whether its next check's time has come, or lies so far ahead that a clock was wrong."""
        state = self.memory.source(source.location)
        if state.next_check_at is None:
            return True
        most = max(DAY, _interval(source, state))
        return not timedelta(0) < state.next_check_at - self._clock.now() <= most

    def _remember(self, folder: SourceSettings, error: str | None) -> None:
        now, before = self._clock.now(), self.memory.source(folder.location)
        failures = before.failures + 1 if error else 0
        wait_s = back_off_s(_interval(folder, before).total_seconds(), failures)
        state = SourceState(
            checked_at=now,
            succeeded_at=before.succeeded_at if error else now,
            next_check_at=now + timedelta(seconds=wait_s),
            failures=failures,
            error=error,
        )
        self.memory.remember_source(folder.location, state)


def listed(settings: Settings, wishes: Wishes) -> tuple[SourceSettings, ...]:
    """The sources of the settings, then those that operators added, each location once."""
    found = {each.location: each for each in map(_spelt, settings.corpus.sources)}
    for location, kind in wishes.sources():
        found.setdefault(location, SourceSettings.model_validate({"location": location, "kind": kind}))
    return tuple(found.values())


def publishers_of(sources: Sources) -> dict[str, str]:
    """By location the publishers that the settings name."""
    return {each.location: each.publisher for each in sources.all() if each.publisher}


def _spelt(source: SourceSettings) -> SourceSettings:
    """The source under the name that it has in the store: a folder without a slash at its end."""
    return source if is_web(source) else source.model_copy(update={"location": str(Path(source.location))})


def is_web(source: SourceSettings) -> bool:
    """Whether the source is an address."""
    return source.kind != "folder" and source.location.startswith(("http://", "https://"))


def web_of(fetching: FetchingSettings, memory: WebMemory, hosts: HostMemory, clock: Clock) -> Web:
    """What sources on the web are followed with, politely as the settings say."""
    policy = FetchPolicy(
        fetching.contact,
        fetching.delay_s,
        fetching.per_host,
        fetching.timeout_s,
        fetching.max_mb * 1_000_000,
        fetching.allowed_hosts,
    )
    return Web(Fetcher(policy, hosts, clock), memory, clock)


def look_at(source: SourceSettings, fetching: FetchingSettings) -> Seen:
    """What is at a source on the web, by one polite request, of which nothing is kept.

    Raises:
        SourceError: nothing that can be followed.
    """
    kind = None if source.kind == "folder" else source.kind
    with database(Path(":memory:")) as connection:
        web = web_of(fetching, SqliteWebMemory(connection), SqliteHostMemory(connection), SystemClock())
        return look(source.location, kind, web.fetcher)


def options_of(source: SourceSettings) -> FollowOptions:
    """How the source is followed, if it is on the web."""
    return FollowOptions(source.every_minutes, source.pages_per_check, source.since, source.recheck_days)


def _interval(source: SourceSettings, state: SourceState) -> timedelta:
    if not is_web(source):
        return timedelta(minutes=source.every_minutes) if source.every_minutes else FOLDER_EVERY
    return options_of(source).interval(state.kind if source.kind == "folder" else source.kind or state.kind)


@dataclass(frozen=True, slots=True)
class _AtRest:
    """A source that isn't read this time: what the store holds of it stays."""

    name: str
    whole: bool = False

    def read(self) -> Iterator[Item]:
        return iter(())
