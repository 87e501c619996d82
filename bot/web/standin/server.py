"""The stand-in for Telegram: a Bot API server with its chat page, on this machine alone."""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.web.server import LoopServer, running, server_of, theme
from bot.web.standin.bot_api import BotApi, Calls
from bot.web.standin.control_api import ControlApi
from bot.web.standin.errors import ApiError
from bot.web.standin.faults import Faults
from bot.web.standin.guard import Guard, is_loopback_host
from bot.web.standin.people_api import PeopleApi
from bot.web.standin.wire import User
from bot.web.standin.world import World

PAGE_FOLDER = Path(__file__).parent.parent / "page"
BOT = User(id=7_000_000_001, is_bot=True, first_name="ख़बर", username="khabar_bot")


def new_token() -> str:
    """A token of Telegram's form that nobody else has."""
    return f"{BOT.id}:{secrets.token_urlsafe(27)[:35].ljust(35, 'A')}"


@dataclass(frozen=True, slots=True)
class StandIn:
    """A running stand-in: what a bot, a browser and a test need to reach it."""

    token: str
    origin: str
    control_url: str | None
    world: World
    faults: Faults
    calls: Calls

    @property
    def base_url(self) -> str:
        """What python-telegram-bot's `base_url` takes; the token follows it at once."""
        return f"{self.origin}/bot"

    @property
    def page_url(self) -> str:
        """The chat page."""
        return f"{self.origin}/"


@asynccontextmanager
async def serve_standin(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    token: str | None = None,
    bot: User = BOT,
    control_secret: str | None = None,
    operations: Sequence[BaseRoute] = (),
) -> AsyncIterator[StandIn]:
    """A stand-in that serves as long as the context lasts, within the running event loop.

    `port` 0 takes a free one. The control API is there only with a `control_secret`; `operations` are
    the operator's pages, which keep foreign sites out by themselves.

    Raises:
        ValueError: `host` isn't a loopback address: the stand-in has no accounts and must stay private.
        OSError: the port is taken.
    """
    if not is_loopback_host(host):
        raise ValueError(f"the stand-in serves only loopback addresses, not {host}")
    world, faults, calls = World(bot, token or new_token()), Faults(), Calls()
    people = Starlette(middleware=[Middleware(Guard)], exception_handlers={ApiError: _refused})
    server = server_of(Starlette(routes=[*operations, Mount("", people)]))
    people.routes.extend(_routes(world, faults, calls, server, control_secret))
    async with running(server, host, port) as origin:
        control_url = f"{origin}/control/{control_secret}" if control_secret else None
        try:
            yield StandIn(world.token, origin, control_url, world, faults, calls)
        finally:
            await world.close()


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101 (the handler of that class)
    return JSONResponse(error.body, error.code)


def _routes(
    world: World, faults: Faults, calls: Calls, server: LoopServer, control_secret: str | None
) -> list[Any]:
    async def page(_: Request) -> Response:
        return FileResponse(PAGE_FOLDER / "index.html")

    routes: list[Any] = [BotApi(world, faults, calls, server.cut).route]
    routes += PeopleApi(world, run_id=secrets.token_hex(8)).routes
    if control_secret:
        routes += ControlApi(world, faults, calls, control_secret).routes
    routes += [Route("/", page), Mount("/page", StaticFiles(directory=PAGE_FOLDER)), theme()]
    return routes
