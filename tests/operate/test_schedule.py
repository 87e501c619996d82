"""The schedule, with pauses that a test ends."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from bot.corpus.reloading import ReloadRunner
from bot.corpus.schedule import AGAIN_AFTER_S, LOOK_EACH_S, keep_reloading
from knowledge.errors import StoreError

SAYS = "import json, sys\nprint(json.dumps({line}), flush=True)"


@dataclass
class Pauses:
    """What the schedule sleeps through; each pause lasts until a test asks for the next."""

    lengths: "asyncio.Queue[float]" = field(default_factory=asyncio.Queue)
    over: "asyncio.Queue[None]" = field(default_factory=asyncio.Queue)

    async def sleep(self, seconds: float) -> None:
        self.lengths.put_nowait(seconds)
        await self.over.get()

    async def next(self) -> float:
        async with asyncio.timeout(60):
            return await self.lengths.get()


@asynccontextmanager
async def scheduled(line: str, is_due) -> AsyncIterator[tuple[Pauses, ReloadRunner]]:
    runner, pauses = ReloadRunner([sys.executable, "-c", SAYS.format(line=line)]), Pauses()
    task = asyncio.create_task(keep_reloading(runner, is_due, pauses.sleep))
    try:
        yield pauses, runner
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await runner.stop()


@pytest.mark.parametrize(
    ("line", "pause_s"),
    [
        ("{'report': {'published': True, 'asked': sys.argv[1:]}}", LOOK_EACH_S),
        ("{'error': 'elsewhere', 'result': 'busy'}", LOOK_EACH_S),
        ("{'error': 'much is gone', 'result': 'refused'}", AGAIN_AFTER_S),
        ("{'error': 'the disk is full', 'result': 'failed'}", AGAIN_AFTER_S),
    ],
)
async def test_what_is_due_is_read_and_a_failure_is_given_time(line, pause_s):
    async with scheduled(line, lambda: True) as (pauses, runner):
        assert await pauses.next() == pause_s
        outcome = runner.outcome()
    assert outcome.report is None or outcome.report["asked"] == ["--due"]


async def test_nothing_is_started_while_nothing_is_due():
    due = iter([False, True])
    async with scheduled("{'report': {'published': True}}", lambda: next(due)) as (pauses, runner):
        await pauses.next()
        assert runner.outcome() is None
        pauses.over.put_nowait(None)
        await pauses.next()
        assert runner.outcome().result == "published"


@pytest.mark.parametrize(
    "error", [StoreError("store.sqlite3: delete it"), PermissionError("store.sqlite3: delete it")]
)
async def test_a_store_that_cant_be_read_is_looked_at_again(caplog, error):
    def is_due() -> bool:
        raise error

    async with scheduled("{'report': None}", is_due) as (pauses, runner):
        assert await pauses.next() == LOOK_EACH_S
        pauses.over.put_nowait(None)
        assert await pauses.next() == LOOK_EACH_S
        assert runner.outcome() is None
    assert "store.sqlite3: delete it" in caplog.text
