"""Gathers what operators are shown: from the library, the settings, the disk and the log of questions."""

import math
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.corpus.sources import listed
from bot.questions import log, topics
from bot.questions.log import QuestionsLog
from bot.settings import Settings, SourceSettings
from bot.watch.facts import (
    DayArticles,
    Facts,
    GenerationFacts,
    LatencyFacts,
    ReloadFacts,
    SourceFacts,
)
from knowledge.corpus.overview import Overlooking, Overview
from knowledge.corpus.reload import STORE
from knowledge.corpus.shelf import ID, STAMP
from knowledge.corpus.store import Reload

_DAYS = timedelta(days=30)
_TOPICS = 15
_LAST_QUESTIONS = 1_000
_RELOADS = 20


class Library(topics.Library, Protocol):
    """What answers, as far as operators see it."""

    @property
    def generation(self) -> str:
        """The id of the generation that answers."""
        ...

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        ...

    @property
    def passages(self) -> int:
        """How many passages it holds."""
        ...


@dataclass(frozen=True, slots=True)
class Gathering:
    """The facts of one data folder; its methods read files, and are called in a thread.

    `now` is the wall clock, aware; `since` is when the bot was started.
    """

    settings: Settings
    library: Library
    now: Callable[[], datetime]
    since: datetime
    lately: topics.Lately = field(default_factory=topics.Lately)

    def state(self) -> Facts:
        """What is quickly known: enough for metrics and alerts.

        Raises:
            StoreError: the store can't be read.
        """
        with Overlooking.open(self.settings.data_dir / STORE) as store:
            return self._state(store)

    def everything(self) -> Facts:
        """The state, and what came in and what people asked in the last 30 days.

        Raises:
            StoreError: the store or the log of questions can't be read.
        """
        with Overlooking.open(self.settings.data_dir / STORE) as store:
            state = self._state(store)
            new = store.new_articles(state.at - _DAYS)
        sources = tuple(
            replace(source, days=tuple(DayArticles(*each) for each in new.get(source.location, ())))
            for source in state.sources
        )
        return self._with_questions(replace(state, sources=sources))

    def _state(self, store: Overlooking) -> Facts:
        library, sources = self.library, listed(self.settings, store.wishes)
        overview = store.overview([source.location for source in sources], _RELOADS)
        return Facts(
            at=self.now(),
            generation=_generation(library),
            sources=tuple(self._source(source, overview) for source in sources),
            disk_free_bytes=shutil.disk_usage(self.settings.data_dir).free,
            reloads=tuple(map(_reload, overview.reloads)),
            held_since=store.wishes.wished("hold"),
        )

    def _source(self, source: SourceSettings, overview: Overview) -> SourceFacts:
        """A source that never worked fails since the bot was started: nobody knows for how much longer."""
        state = overview.states[source.location]
        kind = source.kind or state.kind or ("web" if "://" in source.location else "folder")
        return SourceFacts(
            source.location,
            kind,
            overview.articles.get(source.location, 0),
            last_success=state.succeeded_at,
            next_check=state.next_check_at,
            failing_since=(state.succeeded_at or self.since) if state.failures else None,
            error=state.error,
        )

    def _with_questions(self, facts: Facts) -> Facts:
        path, since = self.settings.data_dir / log.FILE, facts.at - _DAYS
        if not path.exists():
            return facts
        with QuestionsLog.open(path) as questions:
            return replace(
                facts,
                questions=tuple(questions.counts(since)),
                topics=tuple(self.lately.unanswered(questions, self.library, since, facts.at)[:_TOPICS]),
                latency=latency(questions.took_ms(_LAST_QUESTIONS)),
            )


def _generation(library: Library) -> GenerationFacts:
    """All of one generation, though another may take its place between two looks."""
    while True:
        id = library.generation
        facts = GenerationFacts(id, built_at(id), library.articles, library.passages)
        if library.generation == id:
            return facts


def built_at(generation: str) -> datetime | None:
    """When a generation was built, as its id says.

    >>> built_at("20261105T093000.000Z-a1b2")
    datetime.datetime(2026, 11, 5, 9, 30, tzinfo=datetime.timezone.utc)
    """
    found = re.fullmatch(ID, generation)
    return datetime.strptime(found[1], STAMP).replace(tzinfo=UTC) if found else None


def latency(took_ms: list[float]) -> LatencyFacts | None:
    """The median and the 95th percentile; None of nothing.

    >>> latency([3.0, 1.0, 2.0])
    LatencyFacts(p50_ms=2.0, p95_ms=3.0, questions=3)
    """
    if not took_ms:
        return None
    in_order = sorted(took_ms)
    p50, p95 = (in_order[math.ceil(share * len(in_order)) - 1] for share in (0.5, 0.95))
    return LatencyFacts(p50, p95, len(in_order))


def _reload(reload: Reload) -> ReloadFacts:
    finished = reload.started + timedelta(seconds=reload.took_s)
    return ReloadFacts(finished, reload.result, reload.reason, reload.added, reload.changed, reload.removed)
