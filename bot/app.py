"""The composition root of the bot: the only place that wires real things together."""

import asyncio
import errno
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
from pydantic import SecretStr
from telegram.ext import Application, ApplicationBuilder
from telegram.request import HTTPXRequest

from bot import logs
from bot.conversation.ask import Asking
from bot.conversation.errors import ErrorHandling, Operators
from bot.conversation.introduce import Introducing
from bot.delivery import ChatsInParallel, PatientRateLimiter, PollingRequest
from bot.errors import CannotListen
from bot.instance import only_instance
from bot.messages import catalogue
from bot.service import Service, stop_at_signals
from bot.settings import Settings, TelegramSettings, WebSettings
from bot.web.standin import StandIn, serve_standin
from knowledge.library import Library

_log = logging.getLogger(__name__)

_CHATS_IN_PARALLEL = 256
_CONNECTIONS = 64
_RANKED_AT_A_TIME = 4
_REQUEST_TIMEOUT_S = 10.0
_POOL_TIMEOUT_S = 60.0
"""As long as a burst may keep all connections busy: waiting for one is no failure of the network."""


def run(settings: Settings, library: Library) -> None:
    """Runs the bot until SIGTERM or SIGINT; the questions in hand are answered before it returns.

    Without a token it runs against the stand-in, and prints the address of the chat page.

    Raises:
        KhabarError: another bot holds the data folder, Telegram refuses the token, or an address to
            listen on is taken.
    """
    logs.configure(_redactor(settings.telegram))
    with only_instance(settings.data_dir):
        _log.info(
            "Serving generation %s: %d articles, %d passages",
            library.generation, library.articles, library.passages,
        )  # fmt: skip
        asyncio.run(_run(settings, library))


async def _run(settings: Settings, library: Library) -> None:
    stop = stop_at_signals()
    if settings.telegram.token:
        await build(settings, library).run(stop)
        return
    async with _standin(settings.web) as standin:
        print(
            f"No token is set, so Telegram is not involved. Talk to the bot at {standin.page_url}", flush=True
        )
        direct = httpx.AsyncHTTPTransport()  # a proxy of the environment doesn't lead to this machine
        await build(_led_to(standin, settings), library, transport=direct).run(stop)


@asynccontextmanager
async def _standin(web: WebSettings) -> AsyncIterator[StandIn]:
    async with AsyncExitStack() as stack:
        try:
            standin = await stack.enter_async_context(serve_standin(web.host, web.port))
        except ValueError as error:
            raise CannotListen(f"web.host = {web.host!r}: {error}") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CannotListen(
                    f"web.host = {web.host!r}, web.port = {web.port}: {error.strerror}"
                ) from None
            _log.warning("Port %d of %s is taken (web.port): a free one is used instead", web.port, web.host)
            standin = await stack.enter_async_context(serve_standin(web.host))
        yield standin


def _led_to(standin: StandIn, settings: Settings) -> Settings:
    led = {"token": SecretStr(standin.token), "base_url": standin.origin, "mode": "polling"}
    return settings.model_copy(update={"telegram": settings.telegram.model_copy(update=led)})


def build(
    settings: Settings, library: Library, *, transport: httpx.AsyncBaseTransport | None = None
) -> Service:
    """The bot, wired and not yet started; `transport` carries its requests (the network by default)."""
    texts, refused = catalogue.load(), asyncio.Event()
    operators = Operators(settings.telegram.operators_chat, _redactor(settings.telegram), time.monotonic)
    application = _connected(settings.telegram, refused.set, transport).build()
    asking = Asking(library, texts, asyncio.Semaphore(_RANKED_AT_A_TIME))
    application.add_handlers([*asking.handlers(), *Introducing(library, texts).handlers()])
    application.add_error_handler(ErrorHandling(texts, operators).handle)
    return Service(application, settings.telegram, library, texts, operators, refused)


def _connected(
    telegram: TelegramSettings, on_refused: Callable[[], None], transport: httpx.AsyncBaseTransport | None
) -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    if telegram.token is None:
        raise ValueError("the bot needs a token; without one it is led to the stand-in first")
    connection: dict[str, Any] = {
        "read_timeout": _REQUEST_TIMEOUT_S,
        "connect_timeout": _REQUEST_TIMEOUT_S,
        "pool_timeout": _POOL_TIMEOUT_S,
        "httpx_kwargs": {"transport": transport} if transport else {},
    }
    return (
        Application.builder()
        .token(telegram.token.get_secret_value())
        .base_url(f"{telegram.base_url}/bot")
        .base_file_url(f"{telegram.base_url}/file/bot")
        .request(HTTPXRequest(connection_pool_size=_CONNECTIONS, **connection))
        .get_updates_request(PollingRequest(on_refused, connection_pool_size=1, **connection))
        .rate_limiter(PatientRateLimiter())
        .concurrent_updates(ChatsInParallel(_CHATS_IN_PARALLEL))
    )


def _redactor(telegram: TelegramSettings) -> logs.Redactor:
    secrets = (telegram.token, telegram.webhook_secret)
    return logs.Redactor(secret.get_secret_value() for secret in secrets if secret)
