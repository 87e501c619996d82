"""The log of questions: what was asked and how it went, in SQLite, without a word about who they are."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from knowledge.articles import Script
from knowledge.corpus.remedies import Purpose
from knowledge.corpus.schema import database, transaction

FILE = "questions.sqlite3"
PURPOSE = Purpose("what people asked and how they voted", "the bot makes it anew with the next question")

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
    (
        "ALTER TABLE questions ADD COLUMN id TEXT",
        "CREATE UNIQUE INDEX questions_by_id ON questions (id)",
        """CREATE TABLE feedback (
            question TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
            person TEXT NOT NULL,
            good INTEGER NOT NULL,
            time TEXT NOT NULL,
            PRIMARY KEY (question, person)
        ) WITHOUT ROWID""",
        "CREATE INDEX feedback_by_person ON feedback (person)",
    ),
)

_INSERT = """
    INSERT INTO questions (asked, question, script, answered, unsure, confidence, passages, took_ms,
        generation, person, chat, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_VOTES = """
    WITH votes (id, good, bad) AS (
        SELECT question, sum(good), sum(NOT good) FROM feedback GROUP BY question
    )
"""
_COUNTS = """
    SELECT date(asked, 'localtime'), script,
        CASE WHEN NOT answered THEN 'unanswered' WHEN unsure THEN 'unsure' ELSE 'answered' END, count(*),
        coalesce(sum(good), 0), coalesce(sum(bad), 0)
    FROM questions LEFT JOIN votes USING (id) WHERE asked >= ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_VOTE = """
    INSERT INTO feedback (question, person, good, time) SELECT id, ?, ?, ? FROM questions WHERE id = ?
    ON CONFLICT (question, person) DO UPDATE SET good = excluded.good, time = excluded.time
"""
_DISLIKED = """
    SELECT question, passages, sum(bad), sum(good), max(asked)
    FROM questions JOIN votes USING (id)
    WHERE asked >= ? GROUP BY 1, 2 HAVING sum(bad) > 0 ORDER BY 3 DESC, 4, 5 DESC, 1
"""

ChatKind = Literal["private", "group"]
Outcome = Literal["answered", "unsure", "unanswered"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is kept: masked, its person hashed; `passages` are the ids of those shown.

    `id` is what votes on its answer name; older questions have none.
    """

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
    id: str | None = None


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many questions of a day, in the machine's time zone, were in a script and had an outcome.

    `good` and `bad` are the votes on their answers, whenever they were given.
    """

    day: date
    script: Script
    outcome: Outcome
    questions: int
    good: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Votes:
    """How many people found an answer good or bad, and the script that it was asked for in."""

    script: Script
    good: int
    bad: int


@dataclass(frozen=True, slots=True)
class Disliked:
    """A question whose answer people voted against, however often asked; `last` is when it was asked last."""

    question: str
    passages: tuple[str, ...]
    bad: int
    good: int
    last: datetime


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
        with database(path, MIGRATIONS, PURPOSE) as connection:
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file, too
            yield cls(connection)

    def add(self, asked: Asked) -> None:
        """Keep a question."""
        row = (
            _stored(asked.time), asked.question, asked.script, asked.answered, asked.unsure, asked.confidence,
            json.dumps(asked.passages, ensure_ascii=False), asked.took_ms, asked.generation, asked.person,
            asked.chat, asked.id,
        )  # fmt: skip
        self._connection.execute(_INSERT, row)

    def forget(self, person: str) -> int:
        """How many questions the person had asked, which are deleted; the person's votes are, too."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM feedback WHERE person = ?", (person,))
            gone = self._connection.execute("DELETE FROM questions WHERE person = ?", (person,)).rowcount
        self._clear_log()
        return gone

    def vote(self, question: str, person: str, good: bool, time: datetime) -> Votes | None:
        """The votes on the answer to the question with this id, the person's newest among them.

        None when the question isn't kept any more.
        """
        self._connection.execute(_VOTE, (person, good, _stored(time), question))
        found = self._connection.execute(
            "SELECT script, sum(good), sum(NOT good) FROM questions JOIN feedback ON feedback.question = id"
            " WHERE id = ? GROUP BY id",
            (question,),
        ).fetchone()
        return Votes(*found) if found else None

    def delete_before(self, time: datetime) -> int:
        """How many questions were asked before, which are deleted."""
        gone = self._connection.execute("DELETE FROM questions WHERE asked < ?", (_stored(time),)).rowcount
        self._clear_log()
        return gone

    def _clear_log(self) -> None:
        """Has what was deleted leave the write-ahead log, too, while others have the file open."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def unanswered(self, since: datetime) -> list[Asked]:
        """The questions without an answer, oldest first."""
        found = self._connection.execute(
            "SELECT asked, question, script, answered, unsure, confidence, passages, took_ms, generation,"
            " person, chat, id FROM questions WHERE asked >= ? AND NOT answered ORDER BY asked, number",
            (_stored(since),),
        )
        return [_asked(*row) for row in found]

    def counts(self, since: datetime) -> list[DayCount]:
        """The questions a day by script and outcome, with the votes on them, oldest day first."""
        found = self._connection.execute(_VOTES + _COUNTS, (_stored(since),))
        return [DayCount(date.fromisoformat(day), *rest) for day, *rest in found]

    def disliked(self, since: datetime) -> list[Disliked]:
        """The questions whose answers people voted against, first those with most such votes."""
        found = self._connection.execute(_VOTES + _DISLIKED, (_stored(since),))
        return [
            Disliked(question, tuple(json.loads(passages)), bad, good, datetime.fromisoformat(last))
            for question, passages, bad, good, last in found
        ]

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
