"""Keeps other web pages out: only this machine's own names and own page may talk to the stand-in."""

import ipaddress

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
]


def is_loopback_host(host: str) -> bool:
    """Whether a Host header names this machine: any other name may have been rebound to it.

    >>> is_loopback_host("127.0.0.1:8080"), is_loopback_host("khabar.example")
    (True, False)
    """
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name.lower() == "localhost"


def refusal(method: str, headers: Headers) -> str | None:
    """Why a request isn't served, or None when it may be."""
    host = headers.get("host", "")
    if not is_loopback_host(host):
        return "the Host header must be a loopback name"
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return "requests of other sites aren't served"
    if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"} and method != "GET":
        return "requests of other sites aren't served"
    return None


class Guard:
    """ASGI middleware that refuses foreign requests and adds the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves or refuses one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        reason = refusal(scope["method"], headers)
        if reason is None and _needs_json(scope["path"], scope["method"], headers):
            reason = "send application/json"
        if reason is not None:
            await PlainTextResponse(reason, 403)(scope, receive, send)
            return

        async def send_guarded(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *_HEADERS]}  # type: ignore[misc]
            await send(message)

        await self._app(scope, receive, send_guarded)  # type: ignore[arg-type]


def _needs_json(path: str, method: str, headers: Headers) -> bool:
    """A form of another site can't send JSON, so what people do must be JSON."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return method == "POST" and not path.startswith("/bot") and kind != "application/json"
