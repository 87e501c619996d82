"""A web server within the bot's event loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

_SHUTDOWN_S = 5


class LoopServer(uvicorn.Server):
    """uvicorn beside the bot: the signals stay the bot's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves them as they are."""
        yield

    def cut(self, request: Request) -> None:
        """Aborts the connection of a request."""
        connections: list[Any] = list(self.server_state.connections)
        for connection in connections:
            if connection.client == request.scope["client"]:
                connection.transport.abort()


def theme() -> Mount:
    """What all pages look like, at `/theme`: colours, letters, buttons and the icon."""
    return Mount("/theme", StaticFiles(directory=Path(__file__).with_name("theme")))


def server_of(app: ASGIApp) -> LoopServer:
    """A server for `app` that doesn't run yet."""
    return LoopServer(
        uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=_SHUTDOWN_S,
        )
    )


@asynccontextmanager
async def running(server: LoopServer, host: str, port: int) -> AsyncIterator[str]:
    """The origin (`http://host:port`) that `server` serves as long as the context lasts.

    `port` 0 takes a free one.

    Raises:
        OSError: the port is taken, or `host` is no address of this machine.
    """
    with _listening(host, port) as listener:
        bound_port = listener.getsockname()[1]
        serving = asyncio.create_task(server.serve([listener]))
        try:
            yield f"http://[{host}]:{bound_port}" if ":" in host else f"http://{host}:{bound_port}"
        finally:
            server.should_exit = True
            await serving


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that takes connections from now on, so that the first request can't come too early."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=128) as listener:
        # asyncio sets this only on sockets that name their protocol; without it answers take 40 ms more.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield listener
