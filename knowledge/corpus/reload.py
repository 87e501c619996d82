"""Reload: from the sources to a newly served generation, or to an error and everything as before."""

import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.corpus.build import build_from
from knowledge.corpus.changes import Changes, changes_to
from knowledge.corpus.check import check, check_size
from knowledge.corpus.contents import NOBODY, Contents
from knowledge.corpus.disk import disk_errors_explained
from knowledge.corpus.duplicates import Duplicate
from knowledge.corpus.generation import Generation
from knowledge.corpus.intake import FailedSource, Taken, take_all
from knowledge.corpus.known import Known, nothing_known
from knowledge.corpus.shelf import Shelf
from knowledge.corpus.store import Reload, Store
from knowledge.errors import (
    CorruptGeneration,
    NoGeneration,
    OutdatedGeneration,
    RefusedGeneration,
    ReloadInProgress,
)
from knowledge.sources.source import Skipped, Source

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int | None], None]
"""Told the phase (reading, indexing, checking, publishing), how much of it is done, and of how much."""

Guard = Callable[[Generation], None]
"""Raises RefusedGeneration for a generation that must not be published."""

STORE = "store.sqlite3"
LOCK = "reload.lock"


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload did, in numbers of articles against what was served, and what it left out.

    `published` is False when nothing had changed, and `generation` was being served already.
    """

    generation: str
    published: bool
    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    duplicates: tuple[Duplicate, ...]
    took_s: float
    failed: tuple[FailedSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a generation must fulfil before it is published, and what stays in the store without being served.

    Attributes:
        guards: each is asked, besides the test of the generation by itself.
        largest_fall: the share of the served articles, 0 to 1, that may be gone at once.
        force: publish also when more are gone, and when a source has become empty.
        resting: the names of other sources that stay in the store, though they aren't served; every further
            one is forgotten, once what is served is without it.
    """

    guards: Sequence[Guard] = ()
    largest_fall: float = 1.0
    force: bool = False
    resting: Sequence[str] = ()


ALWAYS = Conditions()
"""Whatever the sources say is published, once it stands its self-test."""


def reload(
    sources: Sequence[Source],
    data_dir: Path,
    conditions: Conditions = ALWAYS,
    *,
    publishers: Mapping[str, str] = NOBODY,
    progress: Progress,
) -> ReloadReport:
    """What changed by making `data_dir` serve the articles of `sources`, and of no others.

    What the sources say is kept in the store, source by source; a source that fails keeps what it had.
    Then the store is compared with what is served, and a generation made of that one. Whatever goes wrong,
    the generation that was served stays served; what a killed reload leaves behind is cleared by the next
    one. When nothing changed, the served generation is kept.

    Args:
        sources: all of them; of articles that are the same, the one of the first source counts.
        data_dir: the folder of the store and the generations.
        conditions: what is published, and what is kept though it isn't.
        publishers: by the name of a source whom to name for its articles that name no publisher themselves.
        progress: is told how far it is.

    Raises:
        ReloadInProgress: another reload of `data_dir` is running.
        SourceError: no source can be read; nothing was changed.
        RefusedGeneration: the new generation failed a check; it is kept beside the served one.
        StoreError, GenerationError: the disk is full or can't be written, or the store is damaged.
    """
    watch = _Watch(datetime.now(UTC), time.perf_counter())
    with disk_errors_explained(data_dir):
        data_dir.mkdir(parents=True, exist_ok=True)
        with locked(data_dir / LOCK), Store.open(data_dir / STORE) as store:
            try:
                shelf = Shelf(data_dir)
                return _Reloading(sources, shelf, store, conditions, publishers, watch, progress).run()
            except BaseException as error:
                with suppress(sqlite3.Error):  # stopped by the same full disk; that error is told
                    store.remember(_failure(error, watch))
                raise


@dataclass(frozen=True, slots=True)
class _Watch:
    started: datetime
    begun_s: float

    @property
    def elapsed_s(self) -> float:
        return time.perf_counter() - self.begun_s


@dataclass(frozen=True, slots=True)
class _Reloading:
    sources: Sequence[Source]
    shelf: Shelf
    store: Store
    conditions: Conditions
    publishers: Mapping[str, str]
    watch: _Watch
    progress: Progress

    def run(self) -> ReloadReport:
        self.shelf.collect()  # first, since what it deletes may be the room that is needed
        names = list(dict.fromkeys(source.name for source in self.sources))
        served = _served(self.shelf)
        before = self._before(served, names)
        taken = self._taken()
        contents, duplicates = self.store.contents(names, self.publishers)
        changes = changes_to(contents, before)
        if served and served.id == self.shelf.current() and not changes:
            generation = served.id
        else:
            generation = self._publish(contents, served, changes)
        with self.store.transaction():  # only now: what is refused may be a mistake, and be mended
            self.store.keep_only([*names, *self.conditions.resting])
        taken = replace(taken, duplicates=(*taken.duplicates, *duplicates))
        report = _report(generation, generation != (served and served.id), changes, taken, self.watch)
        self.store.remember(_history_line(report, self.watch))
        self.shelf.collect()
        return report

    def _before(self, served: Generation | None, names: Sequence[str]) -> Known:
        """What was served; where that can't be read, what the store held of these sources."""
        if served:
            return Known.read(served.folder)
        return (
            Known.of(self.store.contents(names, self.publishers)[0])
            if self.shelf.current()
            else nothing_known()
        )

    def _taken(self) -> Taken:
        told = partial(self.progress, "reading")
        force = self.conditions.force
        return take_all(self.sources, self.store, self.watch.started, told, may_be_empty=force)

    def _publish(self, contents: Contents, served: Generation | None, changes: Changes) -> str:
        """The id of a new generation that was found good and is served."""
        with _building_folder(self.shelf) as folder:
            self.progress("indexing", 0, changes.added + changes.changed)
            base = served.folder if served else None
            build_from(base, folder, contents, partial(self.progress, "indexing"))
            self.progress("checking", 0, 1)
            try:
                self._check(Generation.open(folder), changes)
            except RefusedGeneration as error:
                kept = self.shelf.refuse(folder)
                raise RefusedGeneration(f"{error}; it is kept as {kept}") from error
            self.progress("checking", 1, 1)
            self.progress("publishing", 0, 1)
            generation = self.shelf.publish(folder)
            self.progress("publishing", 1, 1)
        return generation

    def _check(self, generation: Generation, changes: Changes) -> None:
        check(generation)
        if not self.conditions.force:
            check_size(changes, self.conditions.largest_fall)
        for guard in self.conditions.guards:
            guard(generation)


def _served(shelf: Shelf) -> Generation | None:
    """What is served now; None when there is nothing that could be."""
    try:
        return shelf.open_served()
    except NoGeneration:
        return None
    except OutdatedGeneration:
        logger.warning("the index is of another version of Khabar: everything is built anew")
        return None
    except CorruptGeneration as error:
        logger.warning("building anew: %s", error)
        return None


def _report(generation: str, published: bool, changes: Changes, taken: Taken, watch: _Watch) -> ReloadReport:
    return ReloadReport(
        generation,
        published,
        changes.added,
        changes.changed,
        changes.removed,
        changes.unchanged,
        taken.skipped,
        taken.duplicates,
        watch.elapsed_s,
        taken.failed,
    )


def _failure(error: BaseException, watch: _Watch) -> Reload:
    reason = str(error) or type(error).__name__
    refused = isinstance(error, RefusedGeneration)
    return Reload(watch.started, watch.elapsed_s, "refused" if refused else "failed", reason=reason)


def _history_line(report: ReloadReport, watch: _Watch) -> Reload:
    return Reload(
        watch.started,
        report.took_s,
        "published" if report.published else "unchanged",
        report.generation,
        "; ".join(failed.reason for failed in report.failed),
        report.added,
        report.changed,
        report.removed,
        report.unchanged,
        len(report.skipped),
        len(report.duplicates),
    )


@contextmanager
def _building_folder(shelf: Shelf) -> Iterator[Path]:
    """A new folder to build in, which is gone at the end; publishing it moves it away before."""
    folder = shelf.new_folder()
    try:
        with disk_errors_explained(folder):  # here, as the disk is no longer full once the folder is gone
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what stays is cleared by the next reload


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock that only one reload at a time may hold; it ends with the process, however it ends.

    Raises:
        ReloadInProgress: another process holds it.
    """
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise ReloadInProgress(
            f"{path}: another reload is running (process {path.read_text('utf-8') or 'unknown'});"
            " wait for it to end, or end it, and run khabar reload again"
        ) from error
    try:
        path.write_text(str(os.getpid()), "utf-8")
        yield
    finally:
        lock.release()
