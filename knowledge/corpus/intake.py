"""From a source into the store: each source by itself, so that one that fails costs only its own news."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from knowledge.articles import Article
from knowledge.corpus.duplicates import Duplicate
from knowledge.corpus.store import Store
from knowledge.errors import SourceError
from knowledge.sources.floor import Floor
from knowledge.sources.source import Item, Remembering, Retracted, Skipped, Source, Unchanged, Waiting

logger = logging.getLogger(__name__)

REASONS_SHOWN = 3
HOSTS_AT_ONCE = 4
"""One that is slow keeps no other waiting, and nobody's line is filled."""

Progress = Callable[[int, None], None]
"""Told how many articles were read so far; of how many, nobody knows."""


@dataclass(frozen=True, slots=True)
class FailedSource:
    """A source that couldn't be read to its end, so that what it gave before stays: its name, the reason."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What sources gave that didn't become articles."""

    skipped: tuple[Skipped, ...]
    duplicates: tuple[Duplicate, ...]
    failed: tuple[FailedSource, ...]


def take_all(
    sources: Sequence[Source], store: Store, now: datetime, progress: Progress, *, may_be_empty: bool
) -> Taken:
    """What didn't become an article when the sources were read into the store, each by itself.

    A source that tells of everything replaces all that the store has of it, at once or not at all. Of any
    other, each item is kept before the next one is asked for. Sources that wait for different hosts are
    read side by side; what comes of it is the same in whatever order they are done.

    Args:
        sources: what to read.
        store: where to keep it.
        now: the time that changes are dated.
        progress: is told at each article, by one thread at a time.
        may_be_empty: whether a source that tells of everything may have no article.

    Raises:
        SourceError: there is no source, or none that could be read.
    """
    if not sources:
        raise SourceError("nothing to publish: no source is given; name one with --source")
    different = {source.name: source for source in sources}
    intake = _Intake(store, now, progress, may_be_empty)
    for source in different.values():
        if not isinstance(source, Waiting):
            intake.take(source, source.read)
    intake.take_side_by_side([source for source in different.values() if isinstance(source, Waiting)])
    told = [intake.told[name] for name in different]
    failed = tuple(each.failure for each in told if each.failure)
    if len(failed) == len(different):
        raise SourceError("; ".join(each.reason for each in failed))
    return Taken(
        tuple(skipped for each in told for skipped in each.skipped),
        tuple(duplicate for each in told for duplicate in each.duplicates),
        failed,
    )


@dataclass(slots=True)
class _Told:
    """What a source has told besides its articles."""

    skipped: list[Skipped] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    failure: FailedSource | None = None


class _Intake:
    """Reads sources into the store; `told` is by their names."""

    def __init__(self, store: Store, now: datetime, progress: Progress, may_be_empty: bool) -> None:
        self._store, self._now, self._progress = store, now, progress
        self._may_be_empty = may_be_empty
        self._floor = Floor()
        self._read = 0
        self.told: dict[str, _Told] = {}

    def take_side_by_side(self, sources: Sequence[Waiting]) -> None:
        """Take sources of different hosts at a time, those of one host one after the other."""
        by_host = defaultdict[str, list[Waiting]](list)
        for source in sources:
            by_host[source.host].append(source)
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as threads:
            try:
                takings = [threads.submit(self._take_in_turn, of_host) for of_host in by_host.values()]
                for taking in as_completed(takings):
                    taking.result()
            except BaseException:
                self._floor.close()  # the others end where they are, and go on there at the next check
                raise

    def _take_in_turn(self, sources: Sequence[Waiting]) -> None:
        with self._floor.taken():
            for source in sources:
                self.take(source, partial(source.read_beside, self._floor))

    def take(self, source: Source, read: Callable[[], Iterator[Item]]) -> None:
        """Take what `read` gives; when it fails, it is told why."""
        told = self.told[source.name] = _Told()
        self._tell()
        try:
            if source.whole:
                with self._store.transaction():
                    self._replace(source, read, told)
            else:
                self._add(source.name, read, told)
        except (SourceError, OSError) as error:
            reason = str(error)
            if isinstance(error, OSError):
                reason = f"{source.name}: {error.strerror or error}"
            elif source.name not in reason:
                reason = f"{source.name}: {error}"
            logger.warning("%s; what it gave before stays", reason)
            told.failure = FailedSource(source.name, reason)

    def _replace(self, source: Source, read: Callable[[], Iterator[Item]], told: _Told) -> None:
        name, ids = source.name, set[str]()
        if isinstance(source, Remembering):
            source.readings.update(self._store.readings(name))
        for item in read():
            if isinstance(item, Skipped):
                told.skipped.append(item)
            elif item.id in ids:
                told.duplicates.append(_again(item))
            elif not isinstance(item, Retracted):
                ids.add(item.id)
                self._keep(name, item)
        if not ids and not self._may_be_empty:
            raise SourceError(_no_articles(name, told.skipped))
        self._store.drop(name, self._store.ids(name) - ids)
        if isinstance(source, Remembering):
            self._store.keep_readings(name, source.readings)

    def _add(self, source: str, read: Callable[[], Iterator[Item]], told: _Told) -> None:
        for item in read():
            if isinstance(item, Skipped):
                told.skipped.append(item)
                self._tell()
                continue
            with self._store.transaction():
                if isinstance(item, Retracted):
                    self._store.drop(source, [item.id])
                    continue
                if isinstance(item, Article):
                    self._store.spread(source, item, self._now)
                self._keep(source, item)

    def _keep(self, source: str, item: Article | Unchanged) -> None:
        if isinstance(item, Article):
            self._store.put(source, item, self._now)
        self._read += 1
        self._tell()

    def _tell(self) -> None:
        """A sign of life, also where nothing comes in: a reload that is silent for long is ended."""
        self._progress(self._read, None)


def _again(item: Article | Unchanged | Retracted) -> Duplicate:
    title = item.title if isinstance(item, Article) else ""
    return Duplicate(item.id, item.id, "the same id", title, item.id)


def _no_articles(source: str, skipped: Sequence[Skipped]) -> str:
    reasons = "; ".join(f"{item.name}: {item.reason}" for item in skipped[:REASONS_SHOWN])
    return (
        f"{source}: nothing to publish, this source gave no article ({len(skipped)} skipped"
        f"{': ' + reasons if reasons else ''}); what is served stays"
    )
