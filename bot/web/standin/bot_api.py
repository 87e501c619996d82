"""The Bot API over HTTP: /bot<token>/<method>, with parameters in any of the forms that Telegram reads."""

import hmac
import inspect
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.web.standin.errors import TERMINATED, ApiError, bad_request, conflict, flood
from bot.web.standin.faults import Fault, Faults, bad_gateway_page
from bot.web.standin.methods import METHODS
from bot.web.standin.parameters import read
from bot.web.standin.wire import Wire
from bot.web.standin.world import World

CALLS_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it arrived, and what was answered: the result or the error's description."""

    seq: int
    method: str
    parameters: dict[str, Any]
    ok: bool
    answer: Any


@dataclass(slots=True)
class Calls:
    """The calls so far, and who wants to know of new ones."""

    made: deque[Call] = field(default_factory=lambda: deque(maxlen=CALLS_LIMIT))
    count: int = 0

    def add(self, method: str, parameters: dict[str, Any], body: dict[str, Any]) -> None:
        """Notes a call and its answer."""
        self.count += 1
        answer = body["result"] if body["ok"] else body["description"]
        self.made.append(Call(self.count, method, parameters, body["ok"], answer))


class BotApi:
    """The endpoint that a bot talks to."""

    def __init__(self, world: World, faults: Faults, calls: Calls, cut: Callable[[Request], None]) -> None:
        self._world = world
        self._faults = faults
        self._calls = calls
        self._cut = cut
        self._names = {name.lower(): name for name in METHODS}
        self.route = Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"])

    async def _answer(self, request: Request) -> Response:
        if not hmac.compare_digest(request.path_params["token"].encode(), self._world.token.encode()):
            return JSONResponse(ApiError(401, "Unauthorized").body, 401)
        name = self._names.get(request.path_params["method"].lower())
        if name is None:
            return JSONResponse(ApiError(404, "Not Found").body, 404)
        fault = self._faults.take(name)
        if fault and fault.trouble in {"hang", "drop", "server_error"}:
            return await self._fail(request, fault)
        parameters, body = await self._carried_out(request, name, fault)
        self._calls.add(name, parameters, body)
        self._world.bell.ring()
        if fault and fault.trouble == "drop_after":
            return await self._dropped(request)
        return JSONResponse(body, body.get("error_code", 200))

    async def _carried_out(
        self, request: Request, name: str, fault: Fault | None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        parameters: dict[str, Any] = {}
        try:
            parameters = await received(request)
            if fault and fault.trouble == "flood":
                raise flood(fault.retry_after)
            if fault and fault.trouble == "conflict":
                raise conflict(TERMINATED)
            method = METHODS[name]
            result = method.run(self._world, read(method.parameters, parameters))
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            return parameters, error.body
        return parameters, {"ok": True, "result": as_json(result)}

    async def _fail(self, request: Request, fault: Fault) -> Response:
        if fault.trouble == "server_error":
            return HTMLResponse(bad_gateway_page(fault.status), fault.status)
        if fault.trouble == "drop":
            return await self._dropped(request)
        await self._gone(request)
        return Response(status_code=499)

    async def _dropped(self, request: Request) -> Response:
        self._cut(request)
        await self._gone(request)
        return Response(status_code=499)

    async def _gone(self, request: Request) -> None:
        """Waits until the caller has hung up."""
        while (await request.receive())["type"] != "http.disconnect":
            pass


async def received(request: Request) -> dict[str, Any]:
    """The parameters of a request: its query string, then its body.

    Raises:
        ApiError: 400, when the body is of no kind that Telegram reads.
    """
    parameters: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form() as form:
            parameters |= form
        return parameters
    body = await request.body()
    if not body:
        return parameters
    if kind != "application/json":
        raise bad_request(f'unsupported content type "{kind}"')
    try:
        values = json.loads(body)
    except ValueError as error:
        raise bad_request("can't parse request body as JSON") from error
    if not isinstance(values, dict):
        raise bad_request("request body must be a JSON object")
    return parameters | values


def as_json(result: Any) -> Any:
    """A method's result as Telegram writes it."""
    if isinstance(result, list):
        return [as_json(one) for one in result]
    return result.json_object() if isinstance(result, Wire) else result
