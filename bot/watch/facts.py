"""What operators are shown, as plain facts: whoever gathers them knows nothing of pages and metrics."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from bot.questions.log import DayCount
from bot.questions.topics import Topic

ReloadResult = Literal["published", "unchanged", "refused", "failed", "died"]


@dataclass(frozen=True, slots=True)
class GenerationFacts:
    """The generation that answers."""

    id: str
    built: datetime | None
    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class DayArticles:
    """How many articles of a source are new on a day."""

    day: date
    articles: int


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A configured source; `error` and `failing_since` are None while it can be read."""

    location: str
    kind: str
    articles: int | None = None
    last_success: datetime | None = None
    next_check: datetime | None = None
    failing_since: datetime | None = None
    error: str | None = None
    days: tuple[DayArticles, ...] = ()


@dataclass(frozen=True, slots=True)
class LatencyFacts:
    """How long the last `questions` answers took to find."""

    p50_ms: float
    p95_ms: float
    questions: int


@dataclass(frozen=True, slots=True)
class ReloadFacts:
    """How a reload ended, why if it went wrong, and what it did in numbers of articles."""

    finished: datetime
    result: ReloadResult
    reason: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def summary(self) -> str:
        """One line for people."""
        counts = {"added": self.added, "changed": self.changed, "removed": self.removed}
        changes = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
        return self.reason or changes or "nothing changed"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything at one moment; datetimes are aware.

    Days are oldest first, topics most wanted first, and the last few reloads newest first. `held_since` is
    when an operator rolled back, since which the schedule waits; None while it doesn't.
    """

    at: datetime
    generation: GenerationFacts | None
    sources: tuple[SourceFacts, ...] = ()
    questions: tuple[DayCount, ...] = ()
    topics: tuple[Topic, ...] = ()
    latency: LatencyFacts | None = None
    disk_free_bytes: int | None = None
    reloads: tuple[ReloadFacts, ...] = ()
    held_since: datetime | None = None

    @property
    def last_reload(self) -> ReloadFacts | None:
        """How the last reload ended, wherever it was started."""
        return self.reloads[0] if self.reloads else None


@dataclass(frozen=True, slots=True)
class ReloadProgress:
    """How far a running reload is; `total` is None while nobody knows."""

    phase: str
    done: int = 0
    total: int | None = None


class Reloads(Protocol):
    """Starting a reload and watching it."""

    def start(self, *, force: bool) -> bool:
        """Whether one was started: at most one runs at a time."""
        ...

    def progress(self) -> ReloadProgress | None:
        """How far it is; None when none runs."""
        ...
