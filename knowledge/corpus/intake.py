"""From a source into the store: each source by itself, so that one that fails costs only its own news."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.articles import Article
from knowledge.corpus.store import Duplicate, Store
from knowledge.errors import SourceError
from knowledge.sources.source import Remembering, Retracted, Skipped, Source, Unchanged

logger = logging.getLogger(__name__)

REASONS_SHOWN = 3


Progress = Callable[[int, None], None]
"""Told how many articles were read so far; of how many, nobody knows."""


@dataclass(frozen=True, slots=True)
class FailedSource:
    """A source that couldn't be read, so that its articles stay as they were: its name and the reason."""

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
    other, each item is kept before the next one is asked for.

    Args:
        sources: what to read.
        store: where to keep it.
        now: the time that changes are dated.
        progress: is told at each article.
        may_be_empty: whether a source that tells of everything may have no article.

    Raises:
        SourceError: there is no source, or none that could be read.
    """
    if not sources:
        raise SourceError("nothing to publish: no source is given; name one with --source")
    intake = _Intake(store, now, progress)
    failed: list[FailedSource] = []
    different = {source.name: source for source in sources}.values()
    for source in different:
        try:
            intake.take(source, may_be_empty)
        except SourceError as error:
            reason = str(error) if source.name in str(error) else f"{source.name}: {error}"
            logger.warning("%s; its articles stay as they were", reason)
            failed.append(FailedSource(source.name, reason))
    if len(failed) == len(different):
        raise SourceError("; ".join(each.reason for each in failed))
    return Taken(tuple(intake.skipped), tuple(intake.duplicates), tuple(failed))


class _Intake:
    def __init__(self, store: Store, now: datetime, progress: Progress) -> None:
        self._store, self._now, self._progress = store, now, progress
        self._read = 0
        self.skipped: list[Skipped] = []
        self.duplicates: list[Duplicate] = []

    def take(self, source: Source, may_be_empty: bool) -> None:
        self._tell()
        try:
            if source.whole:
                with self._store.transaction():
                    self._replace(source, may_be_empty)
            else:
                self._add(source)
        except OSError as error:
            raise SourceError(f"{source.name}: {error.strerror or error}; nothing was changed") from error

    def _replace(self, source: Source, may_be_empty: bool) -> None:
        name, told, skipped = source.name, set[str](), len(self.skipped)
        if isinstance(source, Remembering):
            source.readings.update(self._store.readings(name))
        for item in source.read():
            if isinstance(item, Skipped):
                self.skipped.append(item)
            elif item.id in told:
                self.duplicates.append(Duplicate(item.id, item.id, "the same id"))
            elif not isinstance(item, Retracted):
                told.add(item.id)
                self._keep(name, item)
        if not told and not may_be_empty:
            raise SourceError(_no_articles(name, self.skipped[skipped:]))
        self._store.drop(name, self._store.ids(name) - told)
        if isinstance(source, Remembering):
            self._store.keep_readings(name, source.readings)

    def _add(self, source: Source) -> None:
        for item in source.read():
            if isinstance(item, Skipped):
                self.skipped.append(item)
                self._tell()
                continue
            with self._store.transaction():
                if isinstance(item, Retracted):
                    self._store.drop(source.name, [item.id])
                    continue
                if isinstance(item, Article):
                    self._store.spread(source.name, item, self._now)
                self._keep(source.name, item)

    def _keep(self, source: str, item: Article | Unchanged) -> None:
        if isinstance(item, Article):
            self._store.put(source, item, self._now)
        self._read += 1
        self._tell()

    def _tell(self) -> None:
        """A sign of life, also where nothing comes in: a reload that is silent for long is ended."""
        self._progress(self._read, None)


def _no_articles(source: str, skipped: Sequence[Skipped]) -> str:
    reasons = "; ".join(f"{item.name}: {item.reason}" for item in skipped[:REASONS_SHOWN])
    return (
        f"{source}: nothing to publish, this source gave no article ({len(skipped)} skipped"
        f"{': ' + reasons if reasons else ''}); what is served stays"
    )
