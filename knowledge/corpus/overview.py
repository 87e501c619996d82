"""What the store knows of its sources and reloads, for those who look after them; it only reads."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from knowledge.corpus.schema import database
from knowledge.corpus.store import Reload, Store
from knowledge.corpus.web_memory import SqliteWebMemory
from knowledge.corpus.wishes import Wishes
from knowledge.sources.web.memory import SourceState

_NEW_A_DAY = """
    SELECT source, date(first_seen, 'localtime'), count(*) FROM articles
    WHERE first_seen >= ? GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Overview:
    """By source how many articles it has and how its checks go; the last reloads, newest first."""

    articles: dict[str, int]
    states: dict[str, SourceState]
    reloads: tuple[Reload, ...]


class Overlooking:
    """The store as it was when it was first read, as an open connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.wishes = Wishes(connection)
        self._connection = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator["Overlooking"]:
        """The store at `path`, closed at the end.

        Raises:
            StoreError: the file can't be opened or read, or comes from a newer Khabar.
        """
        with database(path) as connection:
            connection.execute("BEGIN")  # one state of the store, while reloads write to it
            yield cls(connection)

    def overview(self, sources: Sequence[str], reloads: int) -> Overview:
        """What is quickly known of these sources, and of the last reloads."""
        counted = self._connection.execute("SELECT source, count(*) FROM articles GROUP BY source")
        memory = SqliteWebMemory(self._connection)
        states = {name: memory.source(name) for name in sources}
        return Overview(dict(counted), states, tuple(Store(self._connection).history(reloads)))

    def new_articles(self, since: datetime) -> dict[str, tuple[tuple[date, int], ...]]:
        """By source how many of its articles are new on each day, in the machine's time zone."""
        found: dict[str, tuple[tuple[date, int], ...]] = {}
        for source, day, articles in self._connection.execute(
            _NEW_A_DAY, (since.astimezone(UTC).isoformat(),)
        ):
            found[source] = (*found.get(source, ()), (date.fromisoformat(day), articles))
        return found
