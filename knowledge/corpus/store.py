"""The article store: what the sources held at the last reload, and the history of reloads, in SQLite."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Literal, NamedTuple

from knowledge.articles import Article
from knowledge.corpus.schema import database, transaction
from knowledge.sources.identity import canonical_url, text_digest

HISTORY = 1000
"""How many reloads the history remembers."""

UPSERT = """
    INSERT INTO articles (id, source, title, text, url, canonical_url, published, publisher, digest,
        fingerprint, first_seen, updated) VALUES (:id, :source, :title, :text, :url, :canonical_url,
        :published, :publisher, :digest, :fingerprint, :now, :now)
    ON CONFLICT (id) DO UPDATE SET source = excluded.source, title = excluded.title, text = excluded.text,
        url = excluded.url, canonical_url = excluded.canonical_url, published = excluded.published,
        publisher = excluded.publisher, digest = excluded.digest, fingerprint = excluded.fingerprint,
        updated = iif(fingerprint = excluded.fingerprint, updated, excluded.updated)
"""

REMEMBER = """
    INSERT INTO reloads (started, took_s, result, generation, reason, added, changed, removed, unchanged,
        skipped, duplicates) VALUES (:started, :took_s, :result, :generation, :reason, :added, :changed,
        :removed, :unchanged, :skipped, :duplicates)
"""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that was left out, because the article `of` is the same one and came first."""

    name: str
    of: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What `Store.replace` did, in numbers of articles; the duplicates are in none of them."""

    added: int
    changed: int
    removed: int
    unchanged: int
    duplicates: tuple[Duplicate, ...]

    def __bool__(self) -> bool:
        """Whether the articles are other ones than before."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Reload:
    """A line of the history: a reload, and the generation that it made or found unchanged."""

    started: datetime
    took_s: float
    result: Literal["published", "unchanged", "failed"]
    generation: str | None = None
    reason: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: int = 0
    duplicates: int = 0


class Store:
    """The articles and the history of reloads, as an open connection to the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator["Store"]:
        """The store at `path`, made when absent, brought to today's schema, closed at the end.

        Raises:
            StoreError: the file can't be opened, read or written, is damaged, or comes from a newer
                Khabar. Whatever fails inside the `with` is raised as this, too.
        """
        with database(path) as connection:
            yield cls(connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept at the end, and nothing of it when an exception leaves it."""
        with transaction(self._connection):
            yield

    def replace(self, articles: Iterable[tuple[str, Article]], now: datetime) -> Changes:
        """What changed by making the store hold exactly `articles`, each with its source's name.

        Of articles with the same id, canonical address or words only the first is kept.
        """
        before = self._rows()
        counts = {"added": 0, "changed": 0, "unchanged": 0}
        seen, duplicates = _Seen(), []
        for source, article in articles:
            old = before.get(article.id)
            row = _row(source, article, old)
            if duplicate := seen.twin(row):
                duplicates.append(duplicate)
                continue
            before.pop(article.id, None)
            counts[_change(old, row)] += 1
            if row != old:
                self._write(article, row, now)
        self._connection.executemany("DELETE FROM articles WHERE id = ?", ((id,) for id in before))
        self._connection.execute("DELETE FROM sources WHERE name NOT IN (SELECT source FROM articles)")
        return Changes(**counts, removed=len(before), duplicates=tuple(duplicates))

    def articles(self) -> list[Article]:
        """Every article, in the order of the ids."""
        found = self._connection.execute(
            "SELECT id, title, text, url, published, publisher FROM articles ORDER BY id"
        )
        return [
            Article(id, title, text, url, published and date.fromisoformat(published), publisher)
            for id, title, text, url, published, publisher in found
        ]

    def remember(self, reload: Reload) -> None:
        """Add a line to the history, and forget what is older than its last `HISTORY` lines."""
        line = self._connection.execute(REMEMBER, asdict(reload) | {"started": reload.started.isoformat()})
        self._connection.execute("DELETE FROM reloads WHERE number <= ?", ((line.lastrowid or 0) - HISTORY,))

    def history(self, limit: int = HISTORY) -> list[Reload]:
        """The last `limit` reloads, newest first."""
        found = self._connection.execute(
            "SELECT started, took_s, result, generation, reason, added, changed, removed, unchanged, skipped,"
            " duplicates FROM reloads ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        return [Reload(datetime.fromisoformat(started), *rest) for started, *rest in found]

    def built_as(self) -> str | None:
        """The generation that was made of these articles; None before the first."""
        found = self._connection.execute(
            "SELECT generation FROM reloads WHERE result != 'failed' ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return found and str(found[0])

    def _rows(self) -> dict[str, "_Row"]:
        found = self._connection.execute(
            "SELECT id, source, fingerprint, canonical_url, digest FROM articles"
        )
        return {row.id: row for row in map(_Row._make, found)}

    def _write(self, article: Article, row: "_Row", now: datetime) -> None:
        self._connection.execute("INSERT OR IGNORE INTO sources VALUES (?)", (row.source,))
        self._connection.execute(
            UPSERT,
            row._asdict()
            | {
                "title": article.title,
                "text": article.text,
                "url": article.url,
                "published": article.published and article.published.isoformat(),
                "publisher": article.publisher,
                "now": now.isoformat(),
            },
        )


class _Row(NamedTuple):
    """What tells an article from others, and from what it was at the last reload."""

    id: str
    source: str
    fingerprint: bytes
    canonical_url: str | None
    digest: str


class _Seen:
    """The articles kept so far, by what makes two articles one."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, str]] = {"id": {}, "address": {}, "text": {}}

    def twin(self, row: _Row) -> Duplicate | None:
        """The article as a duplicate of one that came before; None keeps it."""
        keys = {"id": row.id, "address": row.canonical_url, "text": row.digest}
        for what, key in keys.items():
            if key and (of := self._kept[what].get(key)) is not None:
                return Duplicate(row.id, of, f"the same {what}")
        for what, key in keys.items():
            if key:
                self._kept[what][key] = row.id
        return None


def _row(source: str, article: Article, old: _Row | None) -> _Row:
    """The article's row; an unchanged article's address and digest are those of its `old` row."""
    published = article.published and article.published.isoformat()
    seen = (article.title, article.text, article.url, published, article.publisher)
    fingerprint = blake2b("\0".join(part or "" for part in seen).encode(), digest_size=16).digest()
    if old and old.fingerprint == fingerprint:
        return old._replace(source=source)
    address = article.url and canonical_url(article.url)
    return _Row(article.id, source, fingerprint, address, text_digest(article.text))


def _change(old: _Row | None, new: _Row) -> str:
    if old is None:
        return "added"
    return "unchanged" if old.fingerprint == new.fingerprint else "changed"
