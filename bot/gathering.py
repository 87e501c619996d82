"""Gathers what operators are shown: from the library, the settings, the disk and the log of questions."""

import math
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.questions import log, topics
from bot.questions.log import DayCount, QuestionsLog
from bot.questions.topics import Topic
from bot.settings import Settings, SourceSettings
from bot.web.operations.facts import Facts, GenerationFacts, LatencyFacts, ReloadFacts, SourceFacts
from knowledge.corpus.shelf import ID, STAMP

_DAYS = timedelta(days=30)
_TOPICS = 15
_LAST_QUESTIONS = 1_000


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

    `now` is the wall clock, aware; `last_reload` says how the last reload ended.
    """

    settings: Settings
    library: Library
    last_reload: Callable[[], ReloadFacts | None]
    now: Callable[[], datetime]

    def state(self) -> Facts:
        """What is quickly known: enough for metrics and alerts."""
        library = self.library
        built = built_at(library.generation)
        return Facts(
            at=self.now(),
            generation=GenerationFacts(library.generation, built, library.articles, library.passages),
            sources=tuple(map(_source, self.settings.corpus.sources)),
            disk_free_bytes=shutil.disk_usage(self.settings.data_dir).free,
            last_reload=self.last_reload(),
        )

    def everything(self) -> Facts:
        """The state, and what people asked in the last 30 days.

        Raises:
            StoreError: the log of questions can't be read.
        """
        state, path = self.state(), self.settings.data_dir / log.FILE
        if not path.exists():
            return state
        with QuestionsLog.open(path) as questions:
            return replace(
                state,
                questions=tuple[DayCount, ...](questions.counts(state.at - _DAYS)),
                topics=tuple[Topic, ...](
                    topics.unanswered(questions, self.library, state.at - _DAYS)[:_TOPICS]
                ),
                latency=latency(questions.took_ms(_LAST_QUESTIONS)),
            )


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


def _source(source: SourceSettings) -> SourceFacts:
    return SourceFacts(source.location, source.kind or ("web" if "://" in source.location else "folder"))
