"""The log of questions: what was asked and how it went, in SQLite, without a word about who asked."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from knowledge.articles import Script
from knowledge.corpus.schema import database

FILE = "questions.sqlite3"
REMAKING = "ask the bot something"

MIGRATIONS = (
    (
        """CREATE TABLE questions (
            number INTEGER PRIMARY KEY,
            asked TEXT NOT NULL,
            question TEXT NOT NULL,
            script TEXT NOT NULL,
            answered INTEGER NOT NULL,
            unsure INTEGER NOT NULL,
            confidence REAL NOT NULL,
            passages TEXT NOT NULL,
            took_ms REAL NOT NULL,
            generation TEXT NOT NULL,
            person TEXT,
            chat TEXT NOT NULL
        )""",
        "CREATE INDEX questions_by_time ON questions (asked)",
        "CREATE INDEX questions_by_person ON questions (person)",
    ),
)

_INSERT = """
    INSERT INTO questions (asked, question, script, answered, unsure, confidence, passages, took_ms,
        generation, person, chat) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COUNTS = """
    SELECT date(asked, 'localtime'), script,
        CASE WHEN NOT answered THEN 'unanswered' WHEN unsure THEN 'unsure' ELSE 'answered' END, count(*)
    FROM questions WHERE asked >= ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""

ChatKind = Literal["private", "group"]
Outcome = Literal["answered", "unsure", "unanswered"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is kept: masked, its person hashed; `passages` are the ids of those shown."""

    time: datetime
    question: str
    script: Script
    answered: bool
    unsure: bool
    confidence: float
    passages: tuple[str, ...]
    took_ms: float
    generation: str
    person: str | None
    chat: ChatKind


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many questions of a day, in the machine's time zone, were in a script and had an outcome."""

    day: date
    script: Script
    outcome: Outcome
    questions: int


class QuestionsLog:
    """The questions that are kept, as an open connection to the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator["QuestionsLog"]:
        """The log at `path`, made when absent, brought to today's schema, closed at the end.

        Raises:
            StoreError: the file can't be opened, read or written, is damaged, or comes from a newer
                Khabar. Whatever fails inside the `with` is raised as this, too.
        """
        with database(path, MIGRATIONS, REMAKING) as connection:
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file, too
            yield cls(connection)

    def add(self, asked: Asked) -> None:
        """Keep a question."""
        row = (
            _stored(asked.time), asked.question, asked.script, asked.answered, asked.unsure, asked.confidence,
            json.dumps(asked.passages, ensure_ascii=False), asked.took_ms, asked.generation, asked.person,
            asked.chat,
        )  # fmt: skip
        self._connection.execute(_INSERT, row)

    def forget(self, person: str) -> int:
        """How many questions the person had asked, which are deleted."""
        return self._connection.execute("DELETE FROM questions WHERE person = ?", (person,)).rowcount

    def delete_before(self, time: datetime) -> int:
        """How many questions were asked before, which are deleted."""
        return self._connection.execute("DELETE FROM questions WHERE asked < ?", (_stored(time),)).rowcount

    def unanswered(self, since: datetime) -> list[Asked]:
        """The questions without an answer, oldest first."""
        found = self._connection.execute(
            "SELECT asked, question, script, answered, unsure, confidence, passages, took_ms, generation,"
            " person, chat FROM questions WHERE asked >= ? AND NOT answered ORDER BY asked, number",
            (_stored(since),),
        )
        return [_asked(*row) for row in found]

    def counts(self, since: datetime) -> list[DayCount]:
        """The questions a day by script and outcome, oldest day first."""
        found = self._connection.execute(_COUNTS, (_stored(since),))
        return [DayCount(date.fromisoformat(day), *rest) for day, *rest in found]

    def took_ms(self, limit: int) -> list[float]:
        """How long the last `limit` questions took to answer, newest first."""
        found = self._connection.execute(
            "SELECT took_ms FROM questions ORDER BY asked DESC, number DESC LIMIT ?", (limit,)
        )
        return [took_ms for (took_ms,) in found]


def _stored(time: datetime) -> str:
    """In UTC and of one length, so that texts are in the order of the times."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds")


def _asked(time: str, question: str, script: Script, answered: int, unsure: int, *rest: Any) -> Asked:
    confidence, passages, *others = rest
    shown = tuple(json.loads(passages))
    asked = datetime.fromisoformat(time)
    return Asked(asked, question, script, bool(answered), bool(unsure), confidence, shown, *others)
