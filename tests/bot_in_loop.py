"""The real bot in the test's own event loop, talking to the stand-in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr

from bot import app
from bot.settings import Settings, TelegramSettings
from bot.web.standin import StandIn

OPERATORS = 9_001


def settings(token: str, base_url: str) -> Settings:
    telegram = TelegramSettings(token=SecretStr(token), base_url=base_url, operators_chat=OPERATORS)
    return Settings(telegram=telegram)


@asynccontextmanager
async def running(library: Any, standin: StandIn) -> AsyncIterator[None]:
    """The bot, answering as long as the context lasts."""
    stop = asyncio.Event()
    service = app.build(settings(standin.token, standin.origin), library)
    serving = asyncio.create_task(service.run(stop))
    try:
        yield
    finally:
        stop.set()
        await serving
