"""How requests reach Telegram: patience where a person waits for the answer, order within a chat."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.error import BadRequest, NetworkError
from telegram.ext import AIORateLimiter, BaseUpdateProcessor
from telegram.request import HTTPXRequest

_log = logging.getLogger(__name__)

_AWAITED = ("sendMessage", "editMessageText")
_FLOOD_RETRIES = 5
_REFUSED_STATUS = (401, 404)

UNAWAITED = -1
"""The `rate_limit_args` of a call that nobody waits for: it is tried once, and holds nothing back."""

Note = Callable[[int | NetworkError], None]
"""Told how a request ended: its HTTP status, or what kept it from being answered."""


class PatientRateLimiter(AIORateLimiter):
    """Keeps to Telegram's limits, and tries again when its servers or the network fail.

    Only what a person waits for: a typing action comes too late anyway, and a menu that is refused
    for an hour must not hold back all answers as long. Where just the confirmation was lost the
    message arrives twice, which is better than never.
    """

    def __init__(self, pauses_s: Sequence[float] = (0.5, 2.0, 5.0)) -> None:
        super().__init__(max_retries=_FLOOD_RETRIES)
        self._pauses_s = pauses_s

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """The result of `callback`, called as often as needed.

        Raises:
            TelegramError: the last failure.
        """
        if endpoint not in _AWAITED or rate_limit_args == UNAWAITED:
            return await callback(*args, **kwargs)
        for pause_s in self._pauses_s:
            try:
                return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
            except BadRequest:  # a NetworkError to python-telegram-bot, but no less wrong the next time
                raise
            except NetworkError as error:
                _log.warning("%s failed (%s); again in %s s", endpoint, error.message, pause_s)
                await asyncio.sleep(pause_s)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)


class ChatsInParallel(BaseUpdateProcessor):
    """Chats are served side by side, the messages of one chat in their order.

    Without the order, questions that waited during a restart would be answered in any, and an edit
    could overtake the question that it corrects.
    """

    def __init__(self, max_concurrent_updates: int) -> None:
        super().__init__(max_concurrent_updates)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Awaits `coroutine` when the chat's earlier updates are done."""
        chat = update.effective_chat if isinstance(update, Update) else None
        turn = self._turns.setdefault(chat.id, asyncio.Lock()) if chat else asyncio.Lock()
        async with turn:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to do: locks are made when they are needed."""

    async def shutdown(self) -> None:
        """Nothing to do: locks end with their last update."""


class WatchedRequest(HTTPXRequest):
    """Tells `note` how each request ended."""

    def __init__(self, note: Note, **options: Any) -> None:
        super().__init__(**options)
        self._note = note

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The status and the body of the response."""
        try:
            status, body = await super().do_request(*args, **kwargs)
        except NetworkError as error:
            self._note(error)
            raise
        self._note(status)
        return status, body


class PollingRequest(WatchedRequest):
    """The long poll's connection: calls `on_refused` when Telegram no longer knows the token.

    python-telegram-bot's updater would log that and stop asking, while the program stays up, deaf.
    """

    def __init__(self, on_refused: Callable[[], None], **options: Any) -> None:
        super().__init__(**options)
        self._on_refused = on_refused

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The status and the body of the response."""
        status, body = await super().do_request(*args, **kwargs)
        if status in _REFUSED_STATUS:
            self._on_refused()
        return status, body
