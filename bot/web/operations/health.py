"""Health for supervisors, load balancers and Prometheus: `/livez`, `/readyz`, `/metrics`."""

import asyncio
from collections.abc import Callable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.watch.hearing import SILENT_AFTER_S, Hearing
from bot.watch.metrics import Metrics


def readiness(generation: str | None, hearing: Hearing) -> dict[str, Any]:
    """Whether the bot can do its work, with the reasons why not in `missing`."""
    missing = {
        "generation": None if generation else "nothing is served yet: run khabar reload",
        "telegram": None if hearing.hears else f"not heard for {SILENT_AFTER_S:.0f} s",
    }
    return {
        "ready": not any(missing.values()),
        "missing": {name: reason for name, reason in missing.items() if reason},
        "generation": generation,
        "telegram_silent_s": None if hearing.silent_s is None else round(hearing.silent_s, 1),
    }


def routes(generation: Callable[[], str | None], hearing: Hearing, metrics: Metrics) -> list[Route]:
    """The pages that machines read."""

    async def livez(_: Request) -> Response:
        return PlainTextResponse("The event loop turns.\n")

    async def readyz(_: Request) -> Response:
        state = readiness(generation(), hearing)
        return JSONResponse(state, 200 if state["ready"] else 503)

    async def metrics_page(_: Request) -> Response:
        text = await asyncio.to_thread(metrics.text)  # it reads files
        return Response(text, headers={"content-type": CONTENT_TYPE_LATEST})

    return [Route("/livez", livez), Route("/readyz", readyz), Route("/metrics", metrics_page)]
