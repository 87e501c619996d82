"""What is remembered of sources on the web, in the store's file."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from knowledge.corpus.schema import transaction
from knowledge.sources.web.headers import Validators
from knowledge.sources.web.memory import ListingState, PageState, SourceState

State = TypeVar("State", SourceState, ListingState, PageState)

NAMED = """
    SELECT web_pages.* FROM web_names JOIN web_pages USING (source, key) WHERE source = ? AND name = ?
"""
DUE = """
    SELECT * FROM web_pages WHERE source = ? AND due_at <= ?
    ORDER BY day DESC, article_id IS NOT NULL, number LIMIT ?
"""


class SqliteWebMemory:
    """A `WebMemory` over an open connection to the store, for one thread at a time.

    Inside a transaction of the caller's, what is remembered is kept together with it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def source(self, name: str) -> SourceState:
        """What is remembered of a source; the default state before its first check."""
        found = self._rows("SELECT * FROM web_sources WHERE source = ?", name)
        return _state(SourceState, found[0]) if found else SourceState()

    def remember_source(self, name: str, state: SourceState) -> None:
        """Keep it in place of the one before."""
        self._put("web_sources", {"source": name, **_row(state)}, ["source"])

    def listings(self, source: str) -> list[ListingState]:
        """The feeds or sitemaps of a source, in the order in which they were first remembered."""
        found = self._rows("SELECT * FROM web_listings WHERE source = ? ORDER BY number", source)
        return [_state(ListingState, row) for row in found]

    def remember_listings(self, source: str, states: Iterable[ListingState]) -> None:
        """Keep them, each in place of the one with the same url."""
        with self._whole():
            for state in states:
                self._put("web_listings", {"source": source, **_row(state)}, ["source", "url"])

    def page(self, source: str, names: Sequence[str]) -> PageState | None:
        """The page that the first of these names leads to that is known at all."""
        found = (row for name in names for row in self._rows(NAMED, source, name))
        return next((_state(PageState, row) for row in found), None)

    def due(self, source: str, now: datetime, limit: int) -> list[PageState]:
        """Up to `limit` pages to fetch: the newest day first, then those not read yet, then as noted."""
        return [_state(PageState, row) for row in self._rows(DUE, source, _written(now), limit)]

    def bring_forward(self, source: str, later_than: datetime, now: datetime) -> None:
        """Have the pages that are due later than that be due now."""
        self._connection.execute(
            "UPDATE web_pages SET due_at = ? WHERE source = ? AND due_at > ?",
            (_written(now), source, _written(later_than)),
        )

    def remember_pages(self, source: str, states: Iterable[PageState]) -> None:
        """Keep them, each in place of the one with the same key, and let their names lead to them alone."""
        with self._whole():
            for state in states:
                self._put("web_pages", {"source": source, **_row(state)}, ["source", "key"])
                names = [(source, name, state.key) for name in dict.fromkeys((state.key, *state.names))]
                self._connection.executemany("INSERT OR REPLACE INTO web_names VALUES (?, ?, ?)", names)

    def forget_page(self, source: str, key: str) -> None:
        """Let go of a page that turned out to be another one; the names that lead to it are gone with it."""
        with self._whole():
            for table in ("web_names", "web_pages"):
                self._connection.execute(f"DELETE FROM {table} WHERE source = ? AND key = ?", (source, key))  # noqa: S608

    def forget(self, source: str) -> None:
        """Let go of everything about a source."""
        with self._whole():
            for table in ("web_names", "web_pages", "web_listings", "web_sources"):
                self._connection.execute(f"DELETE FROM {table} WHERE source = ?", (source,))  # noqa: S608

    def _rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        cursor = self._connection.execute(query, values)
        columns = [column for column, *_ in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor]

    def _put(self, table: str, row: Mapping[str, object], key: Sequence[str]) -> None:
        """Insert the row, or change the one with the same key, whose place among the others stays."""
        changes = ", ".join(f"{column} = excluded.{column}" for column in row if column not in key)
        self._connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608
            f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}",
            tuple(row.values()),
        )

    def _whole(self) -> AbstractContextManager[None]:
        return nullcontext() if self._connection.in_transaction else transaction(self._connection)


def _row(state: SourceState | ListingState | PageState) -> dict[str, object]:
    """The state as columns of a table."""
    row: dict[str, object] = {}
    for field in fields(state):
        value = getattr(state, field.name)
        if isinstance(value, Validators):
            row |= {"etag": value.etag, "last_modified": value.last_modified}
        else:
            row[field.name] = _written(value)
    return row


def _state(cls: type[State], row: Mapping[str, Any]) -> State:
    """The state of the columns of a table."""
    values: dict[str, Any] = {"validators": Validators(row.get("etag"), row.get("last_modified"))}
    values |= {column: _read(column, value) for column, value in row.items()}
    return cls(**{field.name: values[field.name] for field in fields(cls)})


def _read(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column.endswith("_at"):
        return datetime.fromisoformat(value)
    if column in ("day", "published"):
        return date.fromisoformat(value)
    if column == "names":
        return tuple(json.loads(value))
    return bool(value) if column == "in_feed" else value


def _written(value: Any) -> Any:
    """A value as SQLite keeps it; moments so that their texts are ordered as they are."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
