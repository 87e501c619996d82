"""Not asking a host too often, too much at once, or while it wants to be left alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from knowledge.errors import Busy
from knowledge.sources.web.clock import Clock

DAY_S = 86_400.0
LONGEST_QUIET_S = DAY_S
"""However long a host asks to be left alone, it is asked again after this."""
UNSAID_QUIET_S = 60.0
"""For how long a host is left alone that is too busy and doesn't say for how long."""


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A robots.txt as it was last fetched: its bytes, empty for a site without one.

    None stands for one that could not be fetched.
    """

    body: bytes | None
    good_until: datetime


class HostMemory(Protocol):
    """What is known of hosts, kept from one run to the next; called by several threads."""

    def robots(self, origin: str) -> RobotsFile | None:
        """The robots.txt of an origin such as `https://samachar.example`, if it was fetched, good or not."""
        ...

    def remember_robots(self, origin: str, file: RobotsFile) -> None:
        """Keep it in place of the one before."""
        ...

    def quiet_until(self, host: str) -> datetime | None:
        """Until when a host such as `samachar.example` or `samachar.example:8080` asked to be left alone."""
        ...

    def remember_quiet(self, host: str, until: datetime) -> None:
        """Keep it in place of the one before."""
        ...

    def last_start(self, host: str) -> datetime | None:
        """When the last request to a host was to start; it may lie ahead."""
        ...

    def remember_start(self, host: str, at: datetime) -> None:
        """Keep it in place of the one before."""
        ...


def back_off_s(interval_s: float, failures: int, most_s: float = DAY_S) -> float:
    """After how many seconds a source is due again that has failed `failures` times on end.

    Twice the time with each failure, up to `most_s` (or to the interval itself, where that is longer).
    """
    return max(interval_s, min(interval_s * 2.0 ** min(failures, 64), most_s))


class _Host:
    def __init__(self, at_once: int) -> None:
        self.running = threading.BoundedSemaphore(at_once)
        self.lock = threading.Lock()


class Turns:
    """Who may ask a host when: at most `at_once` requests run, and their starts keep a distance.

    They keep it also to the last start of the process before.
    """

    def __init__(self, at_once: int, hosts: HostMemory, clock: Clock) -> None:
        self._at_once = at_once
        self._memory = hosts
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, name: str, delay_s: float) -> Iterator[None]:
        """Wait for a turn at the host, and have it inside the block.

        A host that wants to be left alone for no longer than `delay_s` is waited for.

        Raises:
            Busy: it wants to be left alone for longer.
        """
        with self._lock:
            host = self._hosts.setdefault(name, _Host(self._at_once))
        with host.running:
            with host.lock:
                wait_s = self._wait_s(name, delay_s)
            if wait_s > 0:
                self._clock.sleep(wait_s)
            yield

    def leave_alone(self, name: str, seconds: float) -> None:
        """Ask nothing of the host for that long."""
        self._memory.remember_quiet(name, self._clock.now() + timedelta(seconds=seconds))

    def _wait_s(self, name: str, delay_s: float) -> float:
        now = self._clock.now()
        quiet_s = self._quiet_s(name, now)
        if quiet_s > delay_s:
            raise Busy(f"{name} asked to be left alone for {quiet_s:.0f} more seconds", quiet_s)
        last_start = self._memory.last_start(name)
        since_s = (now - last_start).total_seconds() if last_start else delay_s
        # The last start lies ahead when others wait for their turn too, or when the clock was put back.
        wait_s = max(quiet_s, min(delay_s - since_s, delay_s * self._at_once), 0.0)
        self._memory.remember_start(name, now + timedelta(seconds=wait_s))
        return wait_s

    def _quiet_s(self, name: str, now: datetime) -> float:
        until = self._memory.quiet_until(name)
        quiet_s = (until - now).total_seconds() if until else 0.0
        return quiet_s if 0 < quiet_s <= LONGEST_QUIET_S else 0.0  # more, only if the clock was wrong
