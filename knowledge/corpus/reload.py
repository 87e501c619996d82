"""Reload: from the sources to a newly served generation, or to an error and everything as before."""

import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.articles import Article
from knowledge.corpus.build import build
from knowledge.corpus.check import check
from knowledge.corpus.generation import Generation
from knowledge.corpus.shelf import Shelf
from knowledge.corpus.store import Changes, Duplicate, Reload, Store
from knowledge.errors import (
    CorruptGeneration,
    GenerationError,
    RefusedGeneration,
    ReloadInProgress,
    SourceError,
)
from knowledge.sources.source import Skipped, Source

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int | None], None]
"""Told the phase (reading, indexing, checking, publishing), how much of it is done, and of how much."""

STORE = "store.sqlite3"
LOCK = "reload.lock"
REASONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload did, in numbers of articles, and what it left out.

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


def reload(sources: Sequence[Source], data_dir: Path, *, progress: Progress) -> ReloadReport:
    """What changed by making `data_dir` serve exactly the articles of `sources`.

    Whatever goes wrong, the generation that was served stays served; what a killed reload leaves
    behind is cleared by the next one. When nothing changed, the served generation is kept.

    Raises:
        ReloadInProgress: another reload of `data_dir` is running.
        SourceError: a source can't be read.
        RefusedGeneration: a source gave no article, or the new generation failed its checks.
        StoreError, GenerationError: the disk is full or can't be written, or the store is damaged.
    """
    watch = _Watch(datetime.now(UTC), time.perf_counter())
    with _disk_errors_explained(data_dir):
        data_dir.mkdir(parents=True, exist_ok=True)
        with locked(data_dir / LOCK), Store.open(data_dir / STORE) as store:
            try:
                return _reload(sources, Shelf(data_dir), store, watch, progress)
            except BaseException as error:
                reason = str(error) or type(error).__name__
                with suppress(sqlite3.Error):  # stopped by the same full disk; that error is told
                    store.remember(Reload(watch.started, watch.elapsed_s, "failed", reason=reason))
                raise


@dataclass(frozen=True, slots=True)
class _Watch:
    started: datetime
    begun_s: float

    @property
    def elapsed_s(self) -> float:
        return time.perf_counter() - self.begun_s


def _reload(
    sources: Sequence[Source], shelf: Shelf, store: Store, watch: _Watch, progress: Progress
) -> ReloadReport:
    shelf.collect()  # first, since what it deletes may be the room that is needed
    skipped: list[Skipped] = []
    with _building_folder(shelf) as folder:
        with store.transaction():
            changes = store.replace(_read(sources, skipped, progress), watch.started)
            unchanged = None if changes else _served_as_stored(store, shelf)
            if not unchanged:
                _build(folder, store.articles(), progress)
                progress("publishing", 0, 1)
            report = _report(unchanged or shelf.id_of(folder), not unchanged, changes, skipped, watch)
            store.remember(_history_line(report, watch))
        # Killed here, the store names a generation that isn't served, and the next reload builds anew.
        if report.published:
            shelf.publish(folder)
            progress("publishing", 1, 1)
    shelf.collect()
    return report


def _read(
    sources: Sequence[Source], skipped: list[Skipped], progress: Progress
) -> Iterator[tuple[str, Article]]:
    """The articles of all sources, each with its source's name; what is skipped goes into `skipped`."""
    if not sources:
        raise RefusedGeneration("nothing to publish: no source is given; name one with --source")
    progress("reading", 0, None)
    read = 0
    for source in sources:
        before, skipped_before = read, len(skipped)
        for item in _items(source):
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                yield source.name, item
                read += 1
                progress("reading", read, None)
        if read == before:
            raise RefusedGeneration(_no_articles(source, skipped[skipped_before:]))


def _items(source: Source) -> Iterator[Article | Skipped]:
    try:
        yield from source.read()
    except OSError as error:
        raise SourceError(f"{source.name}: {error.strerror or error}; nothing was changed") from error


def _no_articles(source: Source, skipped: Sequence[Skipped]) -> str:
    reasons = "; ".join(f"{item.name}: {item.reason}" for item in skipped[:REASONS_SHOWN])
    return (
        f"{source.name}: nothing to publish, this source gave no article ({len(skipped)} skipped"
        f"{': ' + reasons if reasons else ''}); what is served stays"
    )


def _served_as_stored(store: Store, shelf: Shelf) -> str | None:
    """The served generation, when it was built from what the store holds and can be read."""
    served = shelf.current()
    if served is None or served != store.built_as():
        return None
    try:
        return shelf.open(served).id
    except CorruptGeneration as error:
        logger.warning("building anew: %s", error)
        return None


def _build(folder: Path, articles: Sequence[Article], progress: Progress) -> None:
    progress("indexing", 0, len(articles))
    build(folder, articles, partial(progress, "indexing"))
    progress("checking", 0, 1)
    check(Generation.open(folder))
    progress("checking", 1, 1)


def _report(
    generation: str, published: bool, changes: Changes, skipped: Sequence[Skipped], watch: _Watch
) -> ReloadReport:
    return ReloadReport(
        generation,
        published,
        changes.added,
        changes.changed,
        changes.removed,
        changes.unchanged,
        tuple(skipped),
        changes.duplicates,
        watch.elapsed_s,
    )


def _history_line(report: ReloadReport, watch: _Watch) -> Reload:
    return Reload(
        watch.started,
        report.took_s,
        "published" if report.published else "unchanged",
        report.generation,
        "",
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
        with _disk_errors_explained(folder):  # here, as the disk is no longer full once the folder is gone
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


@contextmanager
def _disk_errors_explained(folder: Path) -> Iterator[None]:
    """Turn the operating system's errors into one that names the path and what to do."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or _short_write(error, folder)
        raise GenerationError(
            f"{error.filename or folder}: {reason}; make room or make it writable, and run khabar reload"
            " again; what is served stays"
        ) from error


def _short_write(error: OSError, folder: Path) -> str:
    """What numpy means by an error without a number, which it raises when a disk is full."""
    return f"written in part ({error}), with {shutil.disk_usage(folder).free:,} bytes left on the device"
