"""When something fails: the person gets one sentence, the operators the report.

    Forbidden, no right to write     the bot was blocked or thrown out: nobody to tell, nothing to mend
    RetryAfter, TimedOut, network    tried again already (bot.delivery): what failed can't carry the sentence
    anything else                    a fault of the bot: the person is told, the operators get the traceback

An error never stops the bot.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from telegram import Bot, Message, MessageEntity, Update
from telegram.constants import MessageLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.conversation.context import Context
from bot.conversation.replies import reply
from bot.conversation.voice import Voice
from bot.messages.render import Content
from bot.messages.text import Marked, cut, size_utf16

_log = logging.getLogger(__name__)

Kind = Literal["unreachable", "network", "fault"]
_NO_RIGHT = ("chat not found", "not enough rights", "have no rights", "chat_write_forbidden", "topic_closed")
_QUIET_S = 600.0


def kind_of(error: BaseException) -> Kind:
    """What a failure means, as the table above has it."""
    if isinstance(error, BadRequest):
        return "unreachable" if any(text in error.message.lower() for text in _NO_RIGHT) else "fault"
    if isinstance(error, (Forbidden, ChatMigrated)):
        return "unreachable"
    return "network" if isinstance(error, (NetworkError, RetryAfter)) else "fault"


@dataclass(frozen=True, slots=True)
class Operators:
    """Those who run the bot: they get each kind of failure once in ten minutes, in the log and in their chat.

    `now` is a monotonic clock in seconds; `redact` takes secrets out of a text.
    """

    chat_id: int | None
    redact: Callable[[str], str]
    now: Callable[[], float]
    _reported: dict[tuple[object, ...], float] = field(default_factory=dict)

    async def report(self, bot: Bot, what: str, error: BaseException) -> None:
        """Logs and tells what failed, with the traceback and without a word of what people wrote."""
        if self._is_news(error):
            _log.error("%s: %r", what, error, exc_info=error)
            await self._send(bot, what, error)

    async def tell(self, bot: Bot, what: str, error: BaseException) -> None:
        """Tells what failed and is logged already."""
        if self._is_news(error):
            await self._send(bot, what, error)

    async def say(self, bot: Bot, text: str) -> bool:
        """Whether the operators' chat, if there is one, was told what isn't a failure of the bot.

        In the log it stands in any case.
        """
        _log.warning("%s", text)
        return await self._send_text(bot, cut(Marked(self.redact(text)), MessageLimit.MAX_TEXT_LENGTH).text)

    async def _send(self, bot: Bot, what: str, error: BaseException) -> None:
        await self._send_text(bot, *_written(what, self.redact("".join(traceback.format_exception(error)))))

    async def _send_text(self, bot: Bot, text: str, *entities: MessageEntity) -> bool:
        if self.chat_id is None:
            return True
        try:
            await bot.send_message(self.chat_id, text, entities=entities)
        except TelegramError as failure:
            _log.error("The operators' chat %s can't be reached: %s", self.chat_id, failure.message)
            return False
        return True

    def _is_news(self, error: BaseException) -> bool:
        frames = traceback.extract_tb(error.__traceback__)
        kind = (type(error), *((frame.filename, frame.lineno) for frame in frames[-1:]))
        now = self.now()
        if now - self._reported.get(kind, float("-inf")) < _QUIET_S:
            return False
        self._reported[kind] = now
        return True


def _written(what: str, trace: str) -> tuple[str, MessageEntity]:
    head = f"{what}\n"
    room = MessageLimit.MAX_TEXT_LENGTH - size_utf16(head)
    tail = cut(Marked(trace[::-1]), room).text[::-1]  # the end of a traceback says what happened
    return head + tail, MessageEntity(MessageEntity.PRE, size_utf16(head), size_utf16(tail))


@dataclass(frozen=True, slots=True)
class ErrorHandling:
    """The handler of everything that the other handlers didn't."""

    voice: Voice
    operators: Operators

    async def handle(self, update: object, context: Context) -> None:
        """Logs, reports and tells, as the kind of the failure asks for."""
        error = context.error
        if error is None:
            return
        kind = kind_of(error)
        if kind != "fault":
            _log.warning("A message could not be delivered (%s): %s", kind, error)
            return
        await self.operators.report(context.bot, "A question could not be answered", error)
        if isinstance(update, Update) and update.effective_message and not update.my_chat_member:
            await self._tell(update, update.effective_message)

    async def _tell(self, update: Update, message: Message) -> None:
        text = message.text or message.caption or ""
        is_own = update.callback_query is None  # below a button, they are the bot's words
        words = text if is_own and not text.startswith("/") else ""  # a command is in no language
        try:
            await reply(message, Content(self.voice.replying(words, update.effective_user).error))
        except TelegramError as failure:
            _log.warning("The person could not be told of it: %s", failure.message)
