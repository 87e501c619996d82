"""What operators wish beyond the settings, in the store's file: sources to follow, articles to leave out."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from knowledge.articles import Article
from knowledge.corpus.schema import database, transaction
from knowledge.sources.identity import canonical_url


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
            "SELECT id, title, url, canonical_url FROM articles WHERE id = ? OR canonical_url = ? OR url = ?",
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

    def stored_though_banned(self, source: str) -> list[str]:
        """The ids of the articles that the store still holds of this source."""
        found = self._connection.execute(
            "SELECT id FROM articles WHERE source = ? AND (id IN (SELECT id FROM banned_articles)"
            " OR canonical_url IN (SELECT canonical_url FROM banned_articles)) ORDER BY id",
            (source,),
        )
        return [id for (id,) in found]

    def allow(self, name: str) -> Banned | None:
        """The article with this id or address, which is no longer left out; None when it wasn't."""
        names = {name, canonical_url(name)} - {None}
        found = next((each for each in self.banned() if {each.id, each.canonical_url} & names), None)
        if found:
            self._connection.execute("DELETE FROM banned_articles WHERE id = ?", (found.id,))
        return found

    def hold(self, now: datetime) -> None:
        """Let nothing but an operator's reload publish from now on, as after a rollback."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM held")
            self._connection.execute("INSERT INTO held VALUES (?)", (now.astimezone(UTC).isoformat(),))

    def go_on(self) -> None:
        """Let the schedule publish again."""
        self._connection.execute("DELETE FROM held")

    def held_since(self) -> datetime | None:
        """Since when the schedule is held; None while it isn't."""
        found = self._connection.execute("SELECT max(since) FROM held").fetchone()[0]
        return found and datetime.fromisoformat(found)


class Bans:
    """What is banned, for looking at many articles."""

    def __init__(self, banned: Collection[Banned]) -> None:
        self._ids = {each.id for each in banned}
        self._addresses = {each.canonical_url for each in banned if each.canonical_url}
        self._tails = set(map(_tail, self._addresses))

    def __contains__(self, article: Article) -> bool:
        """Whether a ban is on the article's id or on its address."""
        if article.id in self._ids:
            return True
        # The canonical form costs a hundred times as much as this look at the end of the address.
        url = article.url if article.url and _tail(article.url) in self._tails else None
        return url is not None and canonical_url(url) in self._addresses


def _tail(url: str) -> str:
    return unquote(url).partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
