"""What is remembered of hosts on the web, in the store's file."""

import sqlite3
import threading
from datetime import UTC, datetime
from typing import Any

from knowledge.sources.web.politeness import RobotsFile


class SqliteHostMemory:
    """A `HostMemory` over an open connection to the store, which is its own where several threads fetch."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def robots(self, origin: str) -> RobotsFile | None:
        """The robots.txt of an origin, if it was fetched, good or not."""
        found = self._row("SELECT body, good_until FROM web_robots WHERE origin = ?", origin)
        return RobotsFile(found[0], datetime.fromisoformat(found[1])) if found else None

    def remember_robots(self, origin: str, file: RobotsFile) -> None:
        """Keep it in place of the one before."""
        self._row(
            "INSERT OR REPLACE INTO web_robots VALUES (?, ?, ?)", origin, file.body, _utc(file.good_until)
        )

    def quiet_until(self, host: str) -> datetime | None:
        """Until when a host asked to be left alone."""
        found = self._row("SELECT until FROM web_quiet WHERE host = ?", host)
        return datetime.fromisoformat(found[0]) if found else None

    def remember_quiet(self, host: str, until: datetime) -> None:
        """Keep it in place of the one before."""
        self._row("INSERT OR REPLACE INTO web_quiet VALUES (?, ?)", host, _utc(until))

    def last_start(self, host: str) -> datetime | None:
        """When the last request to a host was to start."""
        found = self._row("SELECT at FROM web_starts WHERE host = ?", host)
        return datetime.fromisoformat(found[0]) if found else None

    def remember_start(self, host: str, at: datetime) -> None:
        """Keep it in place of the one before."""
        self._row("INSERT OR REPLACE INTO web_starts VALUES (?, ?)", host, _utc(at))

    def _row(self, statement: str, *values: object) -> Any:
        with self._lock:
            return self._connection.execute(statement, values).fetchone()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
