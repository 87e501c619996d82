"""What tests order and look up, under a secret path: trouble to come, and the calls that were made."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.standin.bot_api import Calls, received
from bot.web.standin.faults import Fault, Faults
from bot.web.standin.parameters import read
from bot.web.standin.people_api import Look
from bot.web.standin.world import World


class ControlApi:
    """The endpoints under /control/<secret>."""

    def __init__(self, world: World, faults: Faults, calls: Calls, secret: str) -> None:
        self._world = world
        self._faults = faults
        self._calls = calls
        self.routes = [
            Route(f"/control/{secret}/faults", self._order, methods=["POST"]),
            Route(f"/control/{secret}/faults", self._clear, methods=["DELETE"]),
            Route(f"/control/{secret}/calls", self._made),
        ]

    async def _order(self, request: Request) -> Response:
        self._faults.add(read(Fault, await received(request)))
        return JSONResponse({})

    async def _clear(self, _: Request) -> Response:
        self._faults.ordered.clear()
        return JSONResponse({})

    async def _made(self, request: Request) -> Response:
        """The calls after number `after`, at once or as soon as there are any within `wait` seconds."""
        look, world = read(Look, request.query_params), self._world
        await world.bell.wait_until(lambda: world.closed or self._calls.count > look.after, look.wait)
        news = [asdict(call) for call in self._calls.made if call.seq > look.after]
        return JSONResponse({"last": self._calls.count, "calls": news})
