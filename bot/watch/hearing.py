"""Whether Telegram is still there: when it was last heard, and what went wrong when it wasn't."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Literal, get_args

from telegram.error import NetworkError, TelegramError, TimedOut

_log = logging.getLogger(__name__)

Failure = Literal["network", "timed_out", "flood", "conflict", "token", "server", "request"]
FAILURES: tuple[Failure, ...] = get_args(Failure)

SILENT_AFTER_S = 120.0
"""Longer than a long poll with the longest pause after failures, so that one hiccup is no silence."""

_BY_STATUS: dict[int, Failure] = {401: "token", 404: "token", 409: "conflict", 429: "flood"}


def failure_of(outcome: int | NetworkError) -> Failure | None:
    """What went wrong with a request that ended in this HTTP status or error; None when nothing did.

    >>> failure_of(200), failure_of(502), failure_of(TimedOut())
    (None, 'server', 'timed_out')
    """
    if isinstance(outcome, NetworkError):
        return "timed_out" if isinstance(outcome, TimedOut) else "network"
    if outcome < 400:
        return None
    return _BY_STATUS.get(outcome, "server" if outcome >= 500 else "request")


class Hearing:
    """Notes how the requests to Telegram end; `now` is a monotonic clock in seconds."""

    def __init__(self, now: Callable[[], float], on_failure: Callable[[Failure], None]) -> None:
        self._now = now
        self._on_failure = on_failure
        self._heard: float | None = None

    def note(self, outcome: int | NetworkError) -> None:
        """Takes in how a request ended: its HTTP status, or what kept it from being answered."""
        if failure := failure_of(outcome):
            self._on_failure(failure)
        else:
            self._heard = self._now()

    @property
    def silent_s(self) -> float | None:
        """For how many seconds Telegram wasn't heard; None before the first time."""
        return None if self._heard is None else self._now() - self._heard

    @property
    def hears(self) -> bool:
        """Whether Telegram was heard lately."""
        return self.silent_s is not None and self.silent_s < SILENT_AFTER_S


async def keep_hearing(hearing: Hearing, call: Callable[[], Awaitable[object]]) -> None:
    """Makes a harmless `call` whenever it was quiet: behind a webhook, nobody may ask anything for hours."""
    while True:
        await asyncio.sleep(SILENT_AFTER_S / 4)
        if hearing.silent_s is None or hearing.silent_s > SILENT_AFTER_S / 4:
            try:
                await call()
            except TelegramError as error:
                _log.warning("Telegram doesn't answer: %s", error.message)
