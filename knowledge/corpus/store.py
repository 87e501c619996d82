"""The article store: what each source said last, and the history of reloads, in SQLite."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from knowledge.articles import Article
from knowledge.corpus.contents import NOBODY, Contents, fingerprint_of, fingerprint_with
from knowledge.corpus.duplicates import WEB, Duplicate, Seen
from knowledge.corpus.schema import database, transaction
from knowledge.corpus.uncollected import uncollected
from knowledge.sources.identity import canonical_url, text_digest

HISTORY = 1000
"""How many reloads the history remembers."""

OF_SOURCES = ("articles", "namesakes", "readings", "web_sources", "web_listings", "web_pages", "web_names")
"""The tables with what is known of each source."""

LOADED_TOGETHER = 500
"""Articles that one query asks for."""

PUT = """
    INSERT INTO articles (source, id, title, text, url, canonical_url, published, publisher, digest,
        fingerprint, first_seen, updated) VALUES (:source, :id, :title, :text, :url, :canonical_url,
        :published, :publisher, :digest, :fingerprint, :now, :now)
    ON CONFLICT (source, id) DO UPDATE SET title = excluded.title, text = excluded.text, url = excluded.url,
        canonical_url = excluded.canonical_url, published = excluded.published,
        publisher = excluded.publisher, digest = excluded.digest, fingerprint = excluded.fingerprint,
        updated = excluded.updated
"""

COMPARED = """
    SELECT name, number, canonical_url, digest, fingerprint, published, id FROM named
    WHERE source = ? AND name NOT IN (SELECT id FROM banned_articles) AND (canonical_url IS NULL
        OR canonical_url NOT IN (SELECT canonical_url FROM banned_articles WHERE canonical_url IS NOT NULL))
    ORDER BY number
"""

REMEMBER = """
    INSERT INTO reloads (started, took_s, result, generation, reason, added, changed, removed, unchanged,
        skipped, duplicates) VALUES (:started, :took_s, :result, :generation, :reason, :added, :changed,
        :removed, :unchanged, :skipped, :duplicates)
"""


@dataclass(frozen=True, slots=True)
class Reload:
    """A line of the history: a reload, and the generation that it made or found unchanged.

    One that "died" was killed or broke down before it could say how it ended; who started it noted that.
    """

    started: datetime
    took_s: float
    result: Literal["published", "unchanged", "refused", "failed", "died"]
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

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside is kept at the end, and nothing of it when an exception leaves it."""
        return transaction(self._connection)

    def put(self, source: str, article: Article, now: datetime) -> None:
        """Keep what the source says of the article; its place among the others stays when it is known."""
        fingerprint = fingerprint_of(article)
        if self._fingerprint(source, article.id) == fingerprint:
            return
        row = {field: getattr(article, field) for field in ("id", "title", "text", "url", "publisher")}
        row |= {
            "source": source,
            "published": article.published and article.published.isoformat(),
            "canonical_url": article.url and canonical_url(article.url),
            "digest": text_digest(article.text),
            "fingerprint": fingerprint,
            "now": now.isoformat(),
        }
        self._connection.execute(PUT, row)

    def spread(self, source: str, article: Article, now: datetime) -> None:
        """When the source has corrected the article, keep its new words also where other sources have it.

        A feed and a sitemap list the same article, but only one of them may tell that it was corrected. What
        another has told itself this time stays as it is, whichever of them was read first.
        """
        if self._fingerprint(source, article.id) in (None, fingerprint_of(article)) or not article.url:
            return
        others = self._connection.execute(
            "SELECT source, number FROM articles WHERE id = ? AND canonical_url = ? AND source != ?"
            " AND updated != ?",
            (article.id, canonical_url(article.url), source, now.isoformat()),
        ).fetchall()
        for other, number in others:
            [known] = self._load([number])
            self.put(other, replace(known, title=article.title, text=article.text), now)

    def drop(self, source: str, ids: Iterable[str]) -> None:
        """Keep these articles of the source no longer."""
        rows = ((source, id) for id in ids)
        self._connection.executemany("DELETE FROM articles WHERE source = ? AND id = ?", rows)

    def ids(self, source: str) -> set[str]:
        """The ids of all articles of the source."""
        found = self._connection.execute("SELECT id FROM articles WHERE source = ?", (source,))
        return {id for (id,) in found}

    def keep_only(self, sources: Sequence[str]) -> None:
        """Forget every source but these, with all its articles; one that comes back is read anew."""
        for table in OF_SOURCES:
            stored = self._connection.execute(f"SELECT DISTINCT source FROM {table}").fetchall()  # noqa: S608
            others = [(source,) for (source,) in stored if source not in sources]
            self._connection.executemany(f"DELETE FROM {table} WHERE source = ?", others)  # noqa: S608

    def readings(self, source: str) -> dict[bytes, str]:
        """What a source was told to remember of its articles, for those that are still to be had."""
        found = self._connection.execute(
            "SELECT stamp, id FROM readings JOIN articles USING (source, id) WHERE source = ?", (source,)
        )
        return dict(found.fetchall())

    def keep_readings(self, source: str, readings: Mapping[bytes, str]) -> None:
        """Keep these, and no others, until the source is read again."""
        before = self._connection.execute("SELECT stamp, id FROM readings WHERE source = ?", (source,))
        known = set(before.fetchall())
        gone = [(source, stamp) for stamp, _ in known - readings.items()]
        new = [(source, stamp, id) for stamp, id in readings.items() - known]
        self._connection.executemany("DELETE FROM readings WHERE source = ? AND stamp = ?", gone)
        self._connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", new)

    @uncollected()
    def contents(
        self, sources: Sequence[str], publishers: Mapping[str, str] = NOBODY
    ) -> tuple[Contents, tuple[Duplicate, ...]]:
        """What a generation of these sources is to hold, in the order of the ids, and what it leaves out.

        Of articles with the same address, or without an address with the same words, the first is kept: by
        the order of `sources`, and within a source by when it came. Banned ones are left out. Of two others
        with the same id, as two folders give it, the second gets an id of its own, and keeps it for good.
        `publishers` are by source those of its articles that name none.
        """
        seen, kept, renamed = Seen(), [], []
        duplicates: dict[int, Duplicate] = {}
        for source in sources:
            publisher = publishers.get(source)
            for name, number, address, digest, mark, published, id in self._connection.execute(
                COMPARED, (source,)
            ):
                if duplicate := seen.twin(source, name, address, digest):
                    duplicates[number] = duplicate
                    continue
                own = seen.keep(source, name, address, digest)
                if own != name:
                    renamed.append((source, id, own))
                kept.append((own, number, fingerprint_with(mark, publisher), published))
        self._connection.executemany("INSERT OR REPLACE INTO namesakes VALUES (?, ?, ?)", renamed)
        kept.sort()
        contents = Contents(
            [name for name, *_ in kept],
            [fingerprint for _, _, fingerprint, _ in kept],
            [date.fromisoformat(published) if published else None for *_, published in kept],
            lambda places: self._load([kept[place][1] for place in places], publishers),
        )
        return contents, tuple(self._described(duplicates))

    def _described(self, duplicates: Mapping[int, Duplicate]) -> Iterator[Duplicate]:
        """The duplicates, by the numbers of the articles, with titles and places."""
        for number, duplicate in duplicates.items():
            source, title, url = self._connection.execute(
                "SELECT source, title, url FROM articles WHERE number = ?", (number,)
            ).fetchone()
            place = url if url and source.startswith(WEB) else duplicate.name
            yield replace(duplicate, title=title, place=place)

    def articles(self) -> list[Article]:
        """Every article of every source, in the order of the ids."""
        numbers = self._connection.execute("SELECT number FROM named ORDER BY name, number").fetchall()
        return list(self._load([number for (number,) in numbers]))

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

    def _fingerprint(self, source: str, id: str) -> bytes | None:
        found = self._connection.execute(
            "SELECT fingerprint FROM articles WHERE source = ? AND id = ?", (source, id)
        ).fetchone()
        return found and bytes(found[0])

    def _load(self, numbers: Sequence[int], publishers: Mapping[str, str] = NOBODY) -> Iterator[Article]:
        """The articles with these numbers, in that order, with the publishers of their sources."""
        for begin in range(0, len(numbers), LOADED_TOGETHER):
            wanted = numbers[begin : begin + LOADED_TOGETHER]
            found = self._connection.execute(
                "SELECT number, source, name, title, text, url, published, publisher FROM named"  # noqa: S608
                f" WHERE number IN ({', '.join('?' * len(wanted))})",
                wanted,
            )
            articles = {number: _article(publishers.get(source), *rest) for number, source, *rest in found}
            yield from (articles[number] for number in wanted)


def _article(
    sources: str | None,
    id: str,
    title: str,
    text: str,
    url: str | None,
    published: str | None,
    own: str | None,
) -> Article:
    day = date.fromisoformat(published) if published else None
    return Article(id, title, text, url, day, own or sources)
