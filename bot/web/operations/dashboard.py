"""The dashboard at `/operate`, for who knows the operator token."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.watch.facts import Facts, ReloadProgress, Reloads
from bot.web.operations import views
from bot.web.operations.access import SESSION_S, Access, Attempts
from bot.web.operations.headers import SecurityHeaders
from knowledge.errors import KhabarError

_log = logging.getLogger(__name__)

PATH = "/operate"
_COOKIE = "khabar_operator"
_LARGEST_FORM = 4096
_HERE = Path(__file__).parent

Endpoint = Callable[[Request], Awaitable[Response]]


class Dashboard:
    """The pages of the operators.

    `facts` reads files and is called in a thread; without `reloads` the page has no button for one.
    """

    def __init__(
        self, access: Access, attempts: Attempts, facts: Callable[[], Facts], reloads: Reloads | None
    ) -> None:
        self._access = access
        self._attempts = attempts
        self._facts = facts
        self._reloads = reloads
        self._templates = _templates()

    def routes(self) -> list[BaseRoute]:
        """Where the pages are."""
        guarded = [Middleware(SecurityHeaders)]
        pages: list[tuple[str, Endpoint, str]] = [
            ("", self._page, "GET"),
            ("/login", self._login_form, "GET"),
            ("/login", self._login, "POST"),
            ("/logout", self._logout, "POST"),
            ("/reload", self._reload_state, "GET"),
            ("/reload", self._reload, "POST"),
        ]
        static = StaticFiles(directory=_HERE / "static")
        return [
            *(Route(PATH + path, page, methods=[method], middleware=guarded) for path, page, method in pages),
            Mount(f"{PATH}/static", static, middleware=guarded),
        ]

    async def _page(self, request: Request) -> Response:
        session = self._session(request)
        if session is None:
            return _to(f"{PATH}/login")
        progress = self._progress()  # before the facts, which hold what came of a reload that is over
        try:
            facts = await asyncio.to_thread(self._facts)
        except KhabarError as error:  # it says what to do
            return PlainTextResponse(f"{error}\n", 503)
        shown = views.page(facts) | {
            "form_key": self._access.form_key(session),
            "can_reload": self._reloads is not None,
            "reload": views.reload_state(progress, facts.last_reload, datetime.now(UTC)),
        }
        return self._html("dashboard.html", shown)

    async def _login_form(self, request: Request) -> Response:
        return _to(PATH) if self._session(request) else self._html("login.html", {"wrong": ""})

    async def _login(self, request: Request) -> Response:
        form = await _form(request)
        if not self._access.knows(form.get("token", "").strip()):
            return self._turned_away(request)
        begun = _to(PATH)
        begun.set_cookie(
            _COOKIE, self._access.new_session(), max_age=SESSION_S, path=PATH,
            httponly=True, samesite="strict", secure=request.url.scheme == "https",
        )  # fmt: skip
        return begun

    def _turned_away(self, request: Request) -> Response:
        """For a wrong token; the right one is let in whatever others try."""
        if wait_s := math.ceil(self._attempts.wrong()):
            wait = f"This isn't the operator token, and there were too many wrong ones. Wait {wait_s} s."
            response = self._html("login.html", {"wrong": wait}, 429)
            response.headers["retry-after"] = str(wait_s)
            return response
        _log.warning("A wrong operator token came from %s", request.client.host if request.client else "?")
        return self._html("login.html", {"wrong": "This isn't the operator token."}, 403)

    async def _logout(self, request: Request) -> Response:
        if not await self._may_change(request):
            return _refused()
        response = _to(f"{PATH}/login")
        response.delete_cookie(_COOKIE, path=PATH, httponly=True, samesite="strict")
        return response

    async def _reload_state(self, request: Request) -> Response:
        """For the script; how the reload ended, it reads on the page."""
        if not self._session(request):
            return _refused()
        return JSONResponse(views.reload_state(self._progress(), None, datetime.now(UTC)))

    async def _reload(self, request: Request) -> Response:
        form = await self._may_change(request)
        if form is None or self._reloads is None:
            return _refused()
        self._reloads.start(force="force" in form)  # one that runs already is what was asked for
        return _to(f"{PATH}#reload")

    async def _may_change(self, request: Request) -> dict[str, str] | None:
        """The form, if it comes from an open session's own page."""
        form, session = await _form(request), self._session(request)
        return form if session and self._access.is_form_key(form.get("key", ""), session) else None

    def _session(self, request: Request) -> str | None:
        session = request.cookies.get(_COOKIE, "")
        return session if self._access.is_open(session) else None

    def _progress(self) -> ReloadProgress | None:
        return self._reloads.progress() if self._reloads else None

    def _html(self, name: str, shown: dict[str, object], status: int = 200) -> HTMLResponse:
        return HTMLResponse(self._templates.get_template(name).render(shown), status)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form; a stranger's large one isn't read."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _LARGEST_FORM:
        return {}
    fields = parse_qs((await request.body()).decode("utf-8", "replace"))
    return {name: values[0] for name, values in fields.items()}


def _to(address: str) -> Response:
    return RedirectResponse(address, 303)


def _refused() -> Response:
    return PlainTextResponse("Log in, and use the page's own buttons.\n", 403)


def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"ago": views.ago, "bytes": views.bytes_of}
    return templates
