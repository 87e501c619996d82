"""What the operators' chat is told by itself: failing sources, reloads refused or died, a full disk."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Literal

from bot.settings import AlertSettings
from bot.watch.facts import Facts, ReloadFacts, SourceFacts

Kind = Literal["source", "reload", "disk"]

_MB = 1_000_000
_AT_MOST_EACH = timedelta(hours=1)
_AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that is wrong; `about` tells it from others of its kind."""

    kind: Kind
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """What of a kind the operators were last told, and when."""

    about: str
    at: datetime


def wrong(facts: Facts, limits: AlertSettings) -> Iterator[Alert]:
    """What is wrong, at most one alert of each kind."""
    patience = timedelta(hours=limits.source_failing_hours)
    failing = [s for s in facts.sources if s.failing_since and facts.at - s.failing_since >= patience]
    if failing:
        text = "Sources that can't be read:\n" + "\n".join(map(_failing, failing))
        yield Alert("source", "\n".join(sorted(source.location for source in failing)), text)
    last = facts.last_reload
    if last and last.result in ("refused", "died"):
        yield Alert("reload", last.finished.isoformat(), _unpublished(last, facts.reloads))
    free = facts.disk_free_bytes
    if free is not None and free < limits.disk_free_mb * _MB:
        text = f"The disk of the data folder has {free // _MB} MB left, less than {limits.disk_free_mb} MB"
        yield Alert("disk", "low", f"{text} (alerts.disk_free_mb)")


def is_due(alert: Alert, told: Told | None, now: datetime) -> bool:
    """Whether the operators should hear of it: news at most once an hour a kind, the rest once a day.

    A reload is told once: the next one decides anew. A clock that was set back puts nothing off.
    """
    if told is None:
        return True
    passed = now - told.at
    if alert.about != told.about:
        return not timedelta(0) <= passed < _AT_MOST_EACH
    return alert.kind != "reload" and not timedelta(0) <= passed < _AGAIN_AFTER


class Alerts:
    """Compares the facts with the limits and tells what is due through `tell`.

    What `tell` couldn't deliver is news still, after the hour.
    """

    def __init__(self, limits: AlertSettings, tell: Callable[[str], Awaitable[bool]]) -> None:
        self._limits = limits
        self._tell = tell
        self._told: dict[Kind, Told] = {}

    async def check(self, facts: Facts) -> None:
        """Tells what is wrong by `facts`, whose `at` is the time."""
        found = list(wrong(facts, self._limits))
        for kind in self._told.keys() - {alert.kind for alert in found}:  # over: once more, it is news
            self._told[kind] = replace(self._told[kind], about="")
        for alert in found:
            if is_due(alert, self._told.get(alert.kind), facts.at):
                is_told = await self._tell(alert.text)
                self._told[alert.kind] = Told(alert.about if is_told else "", facts.at)


def _unpublished(last: ReloadFacts, reloads: Sequence[ReloadFacts]) -> str:
    in_a_row = len(list(takewhile(lambda each: each.result == "died", reloads)))
    what = {"refused": "A reload was refused", "died": "A reload died"}[last.result]
    if in_a_row > 1:
        what = f"{in_a_row} reloads in a row died"
    return f"{what}, the old articles go on answering: {last.summary}"


def _failing(source: SourceFacts) -> str:
    since = f"{source.failing_since:%Y-%m-%d %H:%M}" if source.failing_since else ""
    return f"• {source.location} (since {since} UTC): {source.error or 'no reason is known'}"
