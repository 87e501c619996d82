"""The composition root of the bot: the only place that wires real things together."""

import asyncio
import errno
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from starlette.routing import BaseRoute
from telegram.ext import Application, ApplicationBuilder

from bot import logs
from bot.conversation.ask import Asking
from bot.conversation.errors import ErrorHandling, Operators
from bot.conversation.feedback import Feedback
from bot.conversation.introduce import Introducing
from bot.conversation.operate import Operating, Steering
from bot.conversation.privacy import Privacy
from bot.conversation.voice import Voice
from bot.corpus.desk import Desk
from bot.corpus.reloading import ReloadRunner, reload_command, remembering
from bot.corpus.schedule import reloading
from bot.delivery import ChatsInParallel, Note, PatientRateLimiter, PollingRequest, WatchedRequest
from bot.errors import CannotListen
from bot.instance import only_instance
from bot.messages import catalogue
from bot.operations import PROBE, Operations
from bot.questions.keeper import Keeper
from bot.restoring import undo_interrupted
from bot.service import Service, stop_at_signals
from bot.settings import Settings, TelegramSettings, WebSettings
from bot.watch.gathering import Gathering
from bot.watch.hearing import Hearing
from bot.watch.metrics import Answering, MeasuredLibrary, Metrics
from bot.web.standin import StandIn, serve_standin
from knowledge.language.function_words import read_function_words
from knowledge.library import Library
from knowledge.sample import FOLDER as SAMPLE_CORPUS

_log = logging.getLogger(__name__)

_CHATS_IN_PARALLEL = 256
_CONNECTIONS = 64
_RANKED_AT_A_TIME = 4
_REQUEST_TIMEOUT_S = 10.0
_POOL_TIMEOUT_S = 60.0
"""As long as a burst may keep all connections busy: waiting for one is no failure of the network."""


def run(settings: Settings, library: Library, config: Path | None = None) -> None:
    """Runs the bot until SIGTERM or SIGINT; the questions in hand are answered before it returns.

    Without a token it runs against the stand-in, and prints the address of the chat page. Reloads read
    the settings anew, from the file `config`.

    Raises:
        KhabarError: another bot holds the data folder, Telegram refuses the token, or an address to
            listen on is taken.
    """
    logs.configure(_redactor(settings))
    with only_instance(settings.data_dir):
        undo_interrupted(settings.data_dir)
        _log.info(
            "Serving generation %s: %d articles, %d passages",
            library.generation, library.articles, library.passages,
        )  # fmt: skip
        asyncio.run(_run(settings, library, config))


async def _run(settings: Settings, library: Library, config: Path | None) -> None:
    stop = stop_at_signals()
    runner = ReloadRunner(reload_command(config, settings.data_dir), remember=remembering(settings.data_dir))
    steering = _steering(settings, library, runner)
    async with (
        Keeper(settings.data_dir, settings.questions.keep_days).running() as keeper,
        reloading(runner, steering.desk.is_due, stop),
    ):
        await _serve(settings, library, keeper, steering, stop)


async def _serve(
    settings: Settings, library: Library, keeper: Keeper, steering: Steering, stop: asyncio.Event
) -> None:
    operations = _operations(library, steering)
    measured, note = MeasuredLibrary(library, operations.metrics), operations.hearing.note
    if settings.telegram.token:
        service = build(settings, measured, keeper, steering, note=note)
        async with operations.served(settings.web), operations.watching(service, settings.alerts, stop):
            await service.run(stop)
        return
    token = _operator_token(settings.web)
    async with _standin(settings.web, operations.routes(token)) as standin:
        print(f"No token is set, so Telegram is not involved. Talk to the bot at {standin.page_url}")
        login = "operate/login" if settings.web.operator_token else f"operate/login#token={token}"
        print(f"See how it does at {standin.page_url}{login}", flush=True)
        direct = httpx.AsyncHTTPTransport()  # a proxy of the environment doesn't lead to this machine
        service = build(_led_to(standin, settings), measured, keeper, steering, transport=direct, note=note)
        async with operations.watching(service, settings.alerts, stop):
            await service.run(stop)


def _steering(settings: Settings, library: Library, runner: ReloadRunner) -> Steering:
    gathering = Gathering(settings, library, lambda: datetime.now(UTC), datetime.now(UTC))
    return Steering(Desk(settings), runner, gathering)


def _operations(library: Library, steering: Steering) -> Operations:
    metrics, gathering = Metrics(), steering.gathering
    hearing = Hearing(time.monotonic, metrics.failed)
    metrics.show(gathering.state, lambda: hearing.silent_s)
    return Operations(metrics, hearing, gathering, steering.runner, lambda: library.ask(PROBE, 1))


def _operator_token(web: WebSettings) -> str:
    """The one of the settings, or one for this start: on this machine alone, everybody may look."""
    return web.operator_token.get_secret_value() if web.operator_token else secrets.token_urlsafe(24)


@asynccontextmanager
async def _standin(web: WebSettings, operations: Sequence[BaseRoute]) -> AsyncIterator[StandIn]:
    serve = partial(serve_standin, web.host, operations=operations)
    async with AsyncExitStack() as stack:
        try:
            standin = await stack.enter_async_context(serve(port=web.port))
        except ValueError as error:
            raise CannotListen(f"web.host = {web.host!r}: {error}") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CannotListen(
                    f"web.host = {web.host!r}, web.port = {web.port}: {error.strerror}"
                ) from None
            _log.warning("Port %d of %s is taken (web.port): a free one is used instead", web.port, web.host)
            standin = await stack.enter_async_context(serve())
        yield standin


def _led_to(standin: StandIn, settings: Settings) -> Settings:
    led = {"token": SecretStr(standin.token), "base_url": standin.origin, "mode": "polling"}
    return settings.model_copy(update={"telegram": settings.telegram.model_copy(update=led)})


def build(
    settings: Settings,
    library: Answering,
    keeper: Keeper | None = None,
    steering: Steering | None = None,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    note: Note = lambda _: None,
) -> Service:
    """The bot, wired and not yet started.

    `keeper` keeps the log of questions (by default, nothing is kept); `steering` is what operators have in
    hand (by default, they have no commands); `transport` carries the bot's
    requests (by default, the network does); `note` is told how each of them ended.
    """
    keeper = keeper or Keeper(settings.data_dir, keep_days=0)
    texts, refused = catalogue.load(_examples(settings)), asyncio.Event()
    voice = Voice(texts, read_function_words())
    operators = Operators(settings.telegram.operators_chat, _redactor(settings), time.monotonic)
    application = _connected(settings.telegram, refused.set, transport, note).build()
    asking = Asking(library, voice, asyncio.Semaphore(_RANKED_AT_A_TIME), keeper.remember)
    privacy, introducing = Privacy(keeper, voice), Introducing(library, voice)
    if steering:
        application.add_handlers(Operating(settings.telegram, steering, voice).handlers())
    application.add_handlers([*asking.handlers(), *Feedback(keeper, voice).handlers()])
    application.add_handlers([*privacy.handlers(), *introducing.handlers()])
    application.add_error_handler(ErrorHandling(voice, operators).handle)
    return Service(application, settings.telegram, library, texts, operators, refused)


def _examples(settings: Settings) -> Sequence[str]:
    """Questions that what is served answers for certain, as far as the settings tell."""
    if settings.reload.golden:
        return [" ".join(each.question.split()) for each in settings.reload.golden]
    served = {source.location for source in settings.corpus.sources}
    return catalogue.OF_THE_SAMPLE if str(SAMPLE_CORPUS) in served else ()


def _connected(
    telegram: TelegramSettings,
    on_refused: Callable[[], None],
    transport: httpx.AsyncBaseTransport | None,
    note: Note,
) -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    if telegram.token is None:
        raise ValueError("the bot needs a token; without one it is led to the stand-in first")
    connection: dict[str, Any] = {
        "note": note,
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
        .request(WatchedRequest(connection_pool_size=_CONNECTIONS, **connection))
        .get_updates_request(PollingRequest(on_refused, connection_pool_size=1, **connection))
        .rate_limiter(PatientRateLimiter())
        .concurrent_updates(ChatsInParallel(_CHATS_IN_PARALLEL))
    )


def _redactor(settings: Settings) -> logs.Redactor:
    hidden = (settings.telegram.token, settings.telegram.webhook_secret, settings.web.operator_token)
    return logs.Redactor(secret.get_secret_value() for secret in hidden if secret)
