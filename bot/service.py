"""The bot's life: start, serve, pick up what is newly published, stop with every question answered."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.ext import Application, Updater

from bot.conversation import menu
from bot.conversation.errors import Operators
from bot.errors import CannotListen, TokenRefused, WebhookRefused
from bot.messages.catalogue import Catalogues
from bot.settings import TelegramSettings

_log = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
_REFRESH_EACH_S = 1.0
_LONGEST_PAUSE_S = 30.0
_STOP_ASKING_WITHIN_S = 5.0
_ANSWER_WITHIN_S = 60.0
"""How long questions in hand may take after the signal: within the 90 s after which systemd kills."""

_REFUSED = (
    "Telegram doesn't know this token. Copy it again from @BotFather (/mybots, API Token) "
    "to TELEGRAM_BOT_TOKEN or the secret file, and check telegram.base_url"
)
_CONFLICT = (
    "Another instance is running with this token, maybe on another machine, and takes this one's messages. "
    "Stop one of them; this one keeps trying (%s)"
)


class Refreshable(Protocol):
    """What answers, as far as the service cares."""

    @property
    def generation(self) -> str:
        """The id of the generation that answers."""
        ...

    def refresh(self) -> bool:
        """Whether another generation answers from now on."""
        ...


@dataclass(frozen=True, slots=True)
class Service:
    """The wired bot; `refused` is set when Telegram stops knowing the token, `answering` once it answers."""

    application: Application[Any, Any, Any, Any, Any, Any]
    telegram: TelegramSettings
    library: Refreshable
    texts: Catalogues
    operators: Operators
    refused: asyncio.Event
    answering: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, stop: asyncio.Event) -> None:
        """Serves until `stop` is set.

        A second instance with the same token (409) doesn't end this one: such overlaps pass, when a
        service moves from one machine to another, and a restart loop would only make them noisier.

        Raises:
            TokenRefused: Telegram doesn't know the token.
            WebhookRefused: Telegram doesn't deliver to that address.
            CannotListen: the webhook's address is taken or not this machine's.
        """
        try:
            if await _unless(stop, self._start()):
                await self._serve(stop)
        except InvalidToken:
            raise TokenRefused(_REFUSED) from None
        finally:
            await self._stop()
        if self.refused.is_set():
            raise TokenRefused(_REFUSED)

    async def _start(self) -> None:
        await _persistently(self.application.initialize)
        await self.application.start()
        await _persistently(self._start_webhook if self.telegram.mode == "webhook" else self._start_polling)
        self.application.create_task(menu.register(self.application.bot, self.texts, self.telegram.operators))
        self.answering.set()
        _log.info("Answering as @%s by %s", self.application.bot.username, self.telegram.mode)

    async def _start_polling(self) -> None:
        await self._updater.start_polling(
            allowed_updates=ALLOWED_UPDATES, error_callback=self._polling_failed
        )

    async def _start_webhook(self) -> None:
        telegram = self.telegram
        secret = telegram.webhook_secret.get_secret_value() if telegram.webhook_secret else None
        try:
            await self._updater.start_webhook(
                listen=telegram.webhook_listen,
                port=telegram.webhook_port,
                url_path=_path(telegram.webhook_url or ""),
                webhook_url=telegram.webhook_url,
                secret_token=secret,
                allowed_updates=ALLOWED_UPDATES,
            )
        except BadRequest as error:
            raise WebhookRefused(f"telegram.webhook_url = {telegram.webhook_url}: {error.message}") from None
        except OSError as error:
            address = f"{telegram.webhook_listen}, telegram.webhook_port = {telegram.webhook_port}"
            raise CannotListen(f"telegram.webhook_listen = {address}: {error.strerror}") from None

    async def _serve(self, stop: asyncio.Event) -> None:
        refreshing = asyncio.create_task(self._refresh_forever())
        waiting = [asyncio.create_task(event.wait()) for event in (stop, self.refused)]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        await _cancelled(refreshing, *waiting)

    async def _refresh_forever(self) -> None:
        while True:
            await asyncio.sleep(_REFRESH_EACH_S)
            try:
                if await asyncio.to_thread(self.library.refresh):
                    _log.info("Serving generation %s from now on", self.library.generation)
            except Exception as error:  # whatever is wrong with the new one, the old one goes on answering
                await self.operators.report(self.application.bot, "A new generation can't be served", error)

    async def _stop(self) -> None:
        """Takes no more messages, answers those in hand, and closes all connections."""
        if self._updater.running:
            # Cut short, because it may be in the middle of a pause after a failure.
            await _within(
                _STOP_ASKING_WITHIN_S, self._updater.stop(), "Telegram wasn't told what was received"
            )
        if self.application.running:
            _log.info("Stopping: the questions in hand are answered first")
            await _within(_ANSWER_WITHIN_S, self.application.stop(), "Questions in hand were left unanswered")
        await self.application.shutdown()

    def _polling_failed(self, error: TelegramError) -> None:
        if isinstance(error, Conflict):
            _log.error(_CONFLICT, error.message)
            telling = self.operators.tell(self.application.bot, _CONFLICT % error.message, error)
            self.application.create_task(telling)
        else:
            _log.warning("Asking Telegram for messages failed (%s); trying again", error.message)

    @property
    def _updater(self) -> Updater:
        if self.application.updater is None:
            raise ValueError("the application was built without an updater")
        return self.application.updater


def stop_at_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set; a second signal ends the process at once."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def stop_once() -> None:
        stop.set()
        for each in signals:
            loop.remove_signal_handler(each)

    for each in signals:
        loop.add_signal_handler(each, stop_once)
    return stop


def _path(url: str) -> str:
    return url.partition("://")[2].partition("/")[2]


async def _persistently(step: Callable[[], Awaitable[object]]) -> None:
    """Takes a step of the start, again and again while Telegram is out of reach, as at boot."""
    pause_s = 1.0
    while True:
        try:
            await step()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            _log.warning("Telegram can't be reached (%s); again in %.0f s", error.message, pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        else:
            return


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Whether `work` was done before `stop` was set; else it is cancelled."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    await _cancelled(stopping, *([] if working in done else [working]))
    if working in done:
        working.result()
    return working in done


async def _cancelled(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _within(limit_s: float, work: Coroutine[Any, Any, None], otherwise: str) -> None:
    try:
        await asyncio.wait_for(work, limit_s)
    except TimeoutError:
        _log.error("%s within %.0f s", otherwise, limit_s)
    except InvalidToken:
        _log.error("%s: the token is refused", otherwise)
