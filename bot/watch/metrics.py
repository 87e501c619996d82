"""What Prometheus is told. Every label has few values, known beforehand or bounded by the settings."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, get_args

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.watch.facts import Facts, ReloadResult
from bot.watch.hearing import FAILURES, Failure
from knowledge.articles import Answer, Script
from knowledge.errors import KhabarError
from knowledge.language.concepts import script_of

_log = logging.getLogger(__name__)

OUTCOMES = ("answered", "unsure", "unanswered", "failed")
SCRIPTS: tuple[Script, ...] = get_args(Script)
RESULTS: tuple[ReloadResult, ...] = get_args(ReloadResult)
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Answering(Protocol):
    """What answers questions, and says what it holds."""

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

    def ask(self, question: str, limit: int = 5) -> Answer:
        """The answer to `question`."""
        ...

    def refresh(self) -> bool:
        """Whether another generation answers from now on."""
        ...


class Metrics:
    """The counters of one process, each series there from the start, so that rates begin at zero."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._queries = Counter("khabar_queries", "Questions", ("outcome", "script"), registry=self._registry)
        self._seconds = Histogram(
            "khabar_query_seconds", "Time to find an answer", buckets=_SECONDS, registry=self._registry
        )
        self._reloads = Counter("khabar_reload", "Reloads", ("result",), registry=self._registry)
        self._failures = Counter(
            "khabar_telegram_errors", "Failed requests to Telegram", ("type",), registry=self._registry
        )
        ProcessCollector(registry=self._registry)
        for outcome in OUTCOMES:
            for script in SCRIPTS:
                self._queries.labels(outcome, script)
        for result in RESULTS:
            self._reloads.labels(result)
        for failure in FAILURES:
            self._failures.labels(failure)

    def asked(self, outcome: str, script: Script, took_s: float) -> None:
        """Counts a question."""
        self._queries.labels(outcome, script).inc()
        self._seconds.observe(took_s)

    def reloaded(self, result: ReloadResult) -> None:
        """Counts a reload."""
        self._reloads.labels(result).inc()

    def failed(self, failure: Failure) -> None:
        """Counts a request to Telegram that failed."""
        self._failures.labels(failure).inc()

    def show(self, facts: Callable[[], Facts], silent_s: Callable[[], float | None]) -> None:
        """From now on `text` also says what is true at the moment it is asked."""
        self._registry.register(_Now(facts, silent_s))

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)


@dataclass(frozen=True)
class _Now(Collector):
    facts: Callable[[], Facts]
    silent_s: Callable[[], float | None]

    def collect(self) -> Iterator[Metric]:
        if (silent_s := self.silent_s()) is not None:
            yield GaugeMetricFamily(
                "khabar_last_heard_seconds", "Since Telegram was last heard", value=silent_s
            )
        try:
            facts = self.facts()
        except KhabarError as error:  # the counters are worth no less for it
            _log.error("Metrics of the sources are left out: %s", error)
            return
        if generation := facts.generation:
            yield InfoMetricFamily("khabar_generation", "What answers", value={"id": generation.id})
            yield GaugeMetricFamily("khabar_passages", "Passages that answer", value=generation.passages)
            yield GaugeMetricFamily("khabar_articles", "Articles that answer", value=generation.articles)
        # An address may hold a secret and need not stay: a source is its place in the settings and its kind.
        up = GaugeMetricFamily(
            "khabar_source_up", "Whether the last check succeeded", labels=("source", "kind")
        )
        for number, source in enumerate(facts.sources, 1):
            up.add_metric((str(number), source.kind), float(source.failing_since is None))
        yield up
        if facts.disk_free_bytes is not None:
            yield GaugeMetricFamily(
                "khabar_disk_free_bytes", "Room on the data folder's disk", value=facts.disk_free_bytes
            )


@dataclass(frozen=True, slots=True)
class MeasuredLibrary:
    """A library whose answers are counted and timed."""

    library: Answering
    metrics: Metrics

    @property
    def generation(self) -> str:
        """The id of the generation that answers."""
        return self.library.generation

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        return self.library.articles

    @property
    def passages(self) -> int:
        """How many passages it holds."""
        return self.library.passages

    def refresh(self) -> bool:
        """Whether another generation answers from now on."""
        return self.library.refresh()

    def ask(self, question: str, limit: int = 5) -> Answer:
        """The answer to `question`, counted; so is a failure."""
        began = time.perf_counter()
        try:
            answer = self.library.ask(question, limit)
        except Exception:
            self.metrics.asked("failed", script_of(question), time.perf_counter() - began)
            raise
        outcome = "unanswered" if not answer.answered else "unsure" if answer.unsure else "answered"
        self.metrics.asked(outcome, answer.script, time.perf_counter() - began)
        return answer
