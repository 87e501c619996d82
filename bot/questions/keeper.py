"""Keeping the log while the bot runs: beside answering, so that no answer waits for it or fails with it."""

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.questions.log import FILE, Asked, ChatKind, QuestionsLog, Votes
from bot.questions.masking import masked
from bot.questions.person import hashed, key_in
from knowledge.articles import Answer
from knowledge.errors import KhabarError

_log = logging.getLogger(__name__)

MOST_WAITING = 1000
_A_DAY_S = 24 * 3600.0
_QUIET_S = 3600.0
_ID_BYTES = 9
"""Nobody guesses an id to vote on what others asked; as text it has 12 characters."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A question on its way into the log."""

    id: str
    time: datetime
    answer: Answer
    person: int | None
    chat: ChatKind


class Keeper:
    """Writes the log of a data folder, in a thread of its own; its methods are called in the event loop.

    The file is open only while something is written: it can be deleted, restored or copied at any time.
    """

    def __init__(
        self,
        data_dir: Path,
        keep_days: int,
        *,
        now: Callable[[], datetime] = _now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.keep_days = keep_days
        self._folder, self._path = data_dir, data_dir / FILE
        self._now, self._monotonic, self._sleep = now, monotonic, sleep
        self._waiting: deque[_Entry] = deque()
        self._thread = ThreadPoolExecutor(1, "questions-log")
        self._lost, self._told = 0, float("-inf")

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Keeper"]:
        """Deletes what is outdated, now and daily; at the end, all that waits has been written."""
        self._thread.submit(self._delete_outdated)
        deleting = asyncio.create_task(self._delete_daily())
        try:
            yield self
        finally:
            deleting.cancel()
            await asyncio.gather(deleting, return_exceptions=True)
            await asyncio.to_thread(self._thread.shutdown)

    def remember(self, answer: Answer, person: int | None, chat: ChatKind) -> str | None:
        """The id by which the answer can be voted on, None where nothing is kept.

        The question and what came of it are written soon; this returns at once and never fails.
        """
        if self.keep_days == 0:
            return None
        entry = _Entry(secrets.token_urlsafe(_ID_BYTES), self._now(), answer, person, chat)
        if len(self._waiting) >= MOST_WAITING:
            self._lose(1, TimeoutError("the disk is too slow"))
            return None
        self._waiting.append(entry)
        try:
            self._thread.submit(self._write_waiting)
        except RuntimeError as error:  # the log is closed: an answer that came later than the stop waits
            self._lose(1, error)
            return None
        return entry.id

    async def vote(self, question: str, person: int, good: bool) -> Votes | None:
        """The votes on the answer to the question with this id, the person's newest among them.

        None when the question isn't kept any more.

        Raises:
            KhabarError: the log or its key can't be read or written.
        """
        return await asyncio.wrap_future(self._thread.submit(self._vote, question, person, good))

    async def forget(self, person: int) -> int:
        """How many questions of the person were kept, which are deleted; the person's votes are, too.

        Raises:
            KhabarError: the log or its key can't be read or written.
        """
        return await asyncio.wrap_future(self._thread.submit(self._forget, person))

    async def _delete_daily(self) -> None:
        while True:
            await self._sleep(_A_DAY_S)
            self._thread.submit(self._delete_outdated)

    def _write_waiting(self) -> None:
        if not self._waiting:
            return  # written together with the one before
        try:
            key = key_in(self._folder)
            with QuestionsLog.open(self._path) as log:
                while self._waiting:
                    log.add(_kept(self._waiting[0], key))
                    self._waiting.popleft()
        except Exception as error:  # whatever it is, it costs the log some questions and nobody an answer
            lost = 0
            while self._waiting:  # one by one: more may come meanwhile
                self._waiting.popleft()
                lost += 1
            self._lose(lost, error)

    def _vote(self, question: str, person: int, good: bool) -> Votes | None:
        if not self._path.exists():
            return None
        key = key_in(self._folder)
        with QuestionsLog.open(self._path) as log:  # the question is there: it was written in this thread
            return log.vote(question, hashed(person, key), good, self._now())

    def _forget(self, person: int) -> int:
        if not self._path.exists():
            return 0
        key = key_in(self._folder)
        with QuestionsLog.open(self._path) as log:
            return log.forget(hashed(person, key))

    def _delete_outdated(self) -> None:
        if not self._path.exists():
            return
        try:
            with QuestionsLog.open(self._path) as log:
                log.delete_before(self._now() - timedelta(days=self.keep_days))
        except Exception as error:
            _log.error("Outdated questions can't be deleted: %s", error, exc_info=_unexpected(error))

    def _lose(self, questions: int, error: Exception) -> None:
        self._lost += questions
        if self._monotonic() - self._told >= _QUIET_S:
            _log.error(
                "Questions that couldn't be kept in the log, though they were answered: %d (%s)",
                self._lost, error, exc_info=_unexpected(error),
            )  # fmt: skip
            self._lost, self._told = 0, self._monotonic()


def _unexpected(error: Exception) -> Exception | None:
    """The error, if its message alone doesn't tell the operator what to do."""
    return None if isinstance(error, KhabarError) else error


def _kept(entry: _Entry, key: bytes) -> Asked:
    answer = entry.answer
    return Asked(
        time=entry.time,
        question=masked(answer.question).encode(errors="replace").decode(),  # half a surrogate pair, too
        script=answer.script,
        answered=answer.answered,
        unsure=answer.unsure,
        confidence=answer.confidence,
        passages=tuple(hit.passage.id for hit in answer.hits[:1]),  # as bot.messages.render shows it
        took_ms=answer.took_ms,
        generation=answer.generation,
        person=None if entry.person is None else hashed(entry.person, key),
        chat=entry.chat,
        id=entry.id,
    )
