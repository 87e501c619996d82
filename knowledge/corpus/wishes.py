"""What operators wish beyond the settings, in the store's file: sources to follow, articles to leave out."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from knowledge.corpus.schema import database, transaction
from knowledge.sources.identity import canonical_url

Wish = Literal["hold", "reload"]
"""`hold`: only an operator's reload is to publish, as after a rollback; `reload`: there is reason for one."""


@dataclass(frozen=True, slots=True)
class Banned:
    """An article that is to stay out, under this id or from this address."""

    id: str
    title: str
    url: str | None
    canonical_url: str | None


class Wishes:
    """The wishes, over an open connection to the store; each is kept at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator["Wishes"]:
        """Those of the store at `path`, closed at the end.

        Raises:
            StoreError: the file can't be opened, read or written, or comes from a newer Khabar.
        """
        with database(path) as connection:
            yield cls(connection)

    def transaction(self) -> AbstractContextManager[None]:
        """What is wished inside is kept at the end, and nothing of it when an exception leaves it."""
        return transaction(self._connection)

    def sources(self) -> list[tuple[str, str | None]]:
        """The added sources, first added first: the location, and the kind that was found there."""
        return self._connection.execute(
            "SELECT location, kind FROM added_sources ORDER BY added_at, location"
        ).fetchall()

    def add(self, location: str, kind: str | None, now: datetime) -> None:
        """Follow this source too, from now on."""
        self._connection.execute(
            "INSERT INTO added_sources VALUES (?, ?, ?)"
            " ON CONFLICT (location) DO UPDATE SET kind = excluded.kind",
            (location, kind, now.astimezone(UTC).isoformat()),
        )

    def drop(self, location: str) -> bool:
        """Follow it no longer; False when it was not among those added."""
        gone = self._connection.execute("DELETE FROM added_sources WHERE location = ?", (location,))
        return bool(gone.rowcount)

    def article(self, name: str) -> Banned | None:
        """The stored article with this id or address, as it would be banned."""
        found = self._connection.execute(
            "SELECT name, title, url, canonical_url FROM named"
            " WHERE name = ? OR canonical_url = ? OR url = ?",
            (name, canonical_url(name), name),
        ).fetchone()
        return Banned(*found) if found else None

    def ban(self, article: Banned, now: datetime) -> None:
        """Leave this article out for good."""
        self._connection.execute(
            "INSERT OR REPLACE INTO banned_articles VALUES (?, ?, ?, ?, ?)",
            (article.id, article.title, article.url, article.canonical_url, now.astimezone(UTC).isoformat()),
        )

    def banned(self) -> list[Banned]:
        """The articles to leave out, by id."""
        found = self._connection.execute(
            "SELECT id, title, url, canonical_url FROM banned_articles ORDER BY id"
        )
        return [Banned(*row) for row in found]

    def allow(self, name: str) -> Banned | None:
        """The article with this id or address, which is no longer left out; None when it wasn't."""
        names = {name, canonical_url(name)} - {None}
        found = next((each for each in self.banned() if {each.id, each.canonical_url} & names), None)
        if found:
            self._connection.execute("DELETE FROM banned_articles WHERE id = ?", (found.id,))
        return found

    def wish(self, what: Wish, now: datetime) -> None:
        """Wish this from now on."""
        self._connection.execute(
            "INSERT OR REPLACE INTO wished VALUES (?, ?)", (what, now.astimezone(UTC).isoformat())
        )

    def wished(self, what: Wish) -> datetime | None:
        """Since when this is wished; None while it isn't."""
        found = self._connection.execute("SELECT at FROM wished WHERE what = ?", (what,)).fetchone()
        return found and datetime.fromisoformat(found[0])

    def open_wishes(self) -> dict[Wish, str]:
        """All that is wished now, for `fulfil`."""
        return dict(self._connection.execute("SELECT what, at FROM wished").fetchall())

    def fulfil(self, wishes: dict[Wish, str]) -> None:
        """These are done; what was wished again meanwhile stays."""
        self._connection.executemany("DELETE FROM wished WHERE what = ? AND at = ?", wishes.items())
