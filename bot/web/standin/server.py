"""The stand-in for Telegram: a Bot API server with its chat page, on this machine alone."""

import asyncio
import contextlib
import secrets
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

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
_SHUTDOWN_S = 5


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


class _Server(uvicorn.Server):
    """uvicorn within the bot's event loop: the signals stay the bot's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def cut(self, request: Request) -> None:
        """Aborts the connection of a request."""
        connections: list[Any] = list(self.server_state.connections)
        for connection in connections:
            if connection.client == request.scope["client"]:
                connection.transport.abort()


@asynccontextmanager
async def serve_standin(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    token: str | None = None,
    bot: User = BOT,
    control_secret: str | None = None,
) -> AsyncIterator[StandIn]:
    """A stand-in that serves as long as the context lasts, within the running event loop.

    `port` 0 takes a free one. The control API is there only with a `control_secret`.

    Raises:
        ValueError: `host` isn't a loopback address: the stand-in has no accounts and must stay private.
        OSError: the port is taken.
    """
    if not is_loopback_host(host):
        raise ValueError(f"the stand-in serves only loopback addresses, not {host}")
    world, faults, calls = World(bot, token or new_token()), Faults(), Calls()
    with _listening(host, port) as listener:
        bound_port = listener.getsockname()[1]
        origin = f"http://[{host}]:{bound_port}" if ":" in host else f"http://{host}:{bound_port}"
        app = Starlette(middleware=[Middleware(Guard)], exception_handlers={ApiError: _refused})
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=_SHUTDOWN_S,
        )
        server = _Server(config)
        app.routes.extend(_routes(world, faults, calls, server, control_secret))
        serving = asyncio.create_task(server.serve([listener]))
        control_url = f"{origin}/control/{control_secret}" if control_secret else None
        try:
            yield StandIn(world.token, origin, control_url, world, faults, calls)
        finally:
            await world.close()
            server.should_exit = True
            await serving


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101 (the handler of that class)
    return JSONResponse(error.body, error.code)


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that takes connections from now on, so that the first request can't come too early."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=128) as listener:
        # asyncio sets this only on sockets that name their protocol; without it answers take 40 ms more.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield listener


def _routes(
    world: World, faults: Faults, calls: Calls, server: _Server, control_secret: str | None
) -> list[Any]:
    async def page(_: Request) -> Response:
        return FileResponse(PAGE_FOLDER / "index.html")

    routes: list[Any] = [BotApi(world, faults, calls, server.cut).route]
    routes += PeopleApi(world, run_id=secrets.token_hex(8)).routes
    if control_secret:
        routes += ControlApi(world, faults, calls, control_secret).routes
    routes += [Route("/", page), Mount("/page", StaticFiles(directory=PAGE_FOLDER))]
    return routes
