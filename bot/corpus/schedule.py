"""When the corpus is reloaded by itself."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from bot import hangups
from bot.corpus.reloading import ReloadRunner
from knowledge.errors import KhabarError

_log = logging.getLogger(__name__)

LOOK_EACH_S = 30.0
AGAIN_AFTER_S = 600.0
"""What failed or was refused would be no better at the next look."""

Sleep = Callable[[float], Awaitable[object]]


@asynccontextmanager
async def reloading(
    runner: ReloadRunner, is_due: Callable[[], bool], stop: asyncio.Event
) -> AsyncIterator[None]:
    """Reloads what is due, and everything at SIGHUP (also at an earlier one), as long as the context lasts.

    A reload that runs when `stop` is set is ended.
    """
    with hangups.heard(asyncio.get_running_loop(), partial(_reload, runner)):
        tasks = [
            asyncio.create_task(_stopped(runner, stop)),
            asyncio.create_task(keep_reloading(runner, is_due)),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await runner.stop()


async def _stopped(runner: ReloadRunner, stop: asyncio.Event) -> None:
    await stop.wait()
    await runner.stop()


async def keep_reloading(
    runner: ReloadRunner, is_due: Callable[[], bool], sleep: Sleep = asyncio.sleep
) -> None:
    """Reloads what is due, as long as it isn't cancelled; `is_due` reads files and is called in a thread."""
    while True:
        pause_s = LOOK_EACH_S
        if await _is_due(is_due) and runner.start(due=True):
            outcome = await runner.ended()
            if outcome and outcome.error and outcome.result != "busy":
                pause_s = AGAIN_AFTER_S
        await sleep(pause_s)


async def _is_due(is_due: Callable[[], bool]) -> bool:
    try:
        return await asyncio.to_thread(is_due)
    except Exception as error:  # whatever it is, the schedule goes on
        unexpected = None if isinstance(error, KhabarError) else error
        _log.error("Nobody knows which sources are due: %s", error, exc_info=unexpected)
        return False


def _reload(runner: ReloadRunner) -> None:
    started = runner.start()
    _log.info("SIGHUP: %s", "everything is reloaded" if started else "a reload is running already")
