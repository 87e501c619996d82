"""The real bot in the test's own event loop, talking to the stand-in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot import app
from bot.questions.keeper import Keeper
from bot.settings import Settings, TelegramSettings
from bot.web.standin import StandIn, serve_standin

OPERATORS = 9_001


def settings(token: str, base_url: str, **more: Any) -> Settings:
    telegram = TelegramSettings(token=SecretStr(token), base_url=base_url, operators_chat=OPERATORS)
    return Settings(telegram=telegram, **more)


@asynccontextmanager
async def running(
    library: Any, standin: StandIn, keeper: Keeper | None = None, **more: Any
) -> AsyncIterator[None]:
    """The bot, answering as long as the context lasts; `keeper` keeps the log of questions.

    `more` are sections of the settings.
    """
    stop = asyncio.Event()
    service = app.build(settings(standin.token, standin.origin, **more), library, keeper)
    serving = asyncio.create_task(service.run(stop))
    try:
        yield
    finally:
        stop.set()
        await serving


@asynccontextmanager
async def keeping(library: Any, folder: Path, days: int = 90) -> AsyncIterator[StandIn]:
    """The stand-in, with the bot running against it, keeping its log of questions in the folder."""
    async with (
        serve_standin() as standin,
        Keeper(folder, days).running() as keeper,
        running(library, standin, keeper),
    ):
        yield standin
