"""A clock for tests: a month passes as fast as the machine can count it."""

import threading
from datetime import UTC, datetime, timedelta

START = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)


class ManualClock:
    """Stands still until someone sleeps or puts it forward; shared by threads."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self._now += timedelta(seconds=seconds)

    def advance(self, **time: float) -> None:
        """Put it forward, or back: `advance(days=1)`, `advance(hours=-1)`."""
        with self._lock:
            self._now += timedelta(**time)
