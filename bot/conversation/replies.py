"""How the bot replies: in the same chat and topic, in groups quoting the one who asked."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, TelegramError
from telegram.ext import ExtBot

from bot.delivery import UNAWAITED
from bot.messages.render import Content

_log = logging.getLogger(__name__)

_NOT_MODIFIED = "message is not modified"
_COURTESY_TIMEOUT_S = 2.0


async def reply(message: Message, content: Content) -> Message:
    """Sends `content` as the reply to `message`, and gives back the message that was sent.

    Raises:
        TelegramError: it could not be delivered.
    """
    bot, chat_id = message.get_bot(), message.chat_id
    quoted = None if message.chat.type == ChatType.PRIVATE else message.message_id
    topic = message.message_thread_id if message.is_topic_message else None
    try:
        return await _send(bot, content, chat_id, topic, quoted)
    except ChatMigrated as moved:  # the group became a supergroup: neither message nor topic exists there
        return await _send(bot, content, moved.new_chat_id)
    except BadRequest as error:
        # A topic can be deleted while the question is on its way, and some servers refuse private ones.
        if topic is None or "thread not found" not in error.message.lower():
            raise
        return await _send(bot, content, chat_id, quoted=quoted)


async def edit(
    bot: ExtBot[Any], message: Message, reply_id: int, content: Content, *, awaited: bool = True
) -> None:
    """Makes the bot's earlier reply in the chat of `message` say `content`.

    What isn't `awaited` is tried once, so that Telegram's limits on it hold back no answer.

    Raises:
        TelegramError: it could not be edited.
    """
    try:
        await bot.edit_message_text(
            content.text,
            message.chat_id,
            reply_id,
            entities=content.entities,
            reply_markup=content.keyboard,
            link_preview_options=content.preview,
            rate_limit_args=None if awaited else UNAWAITED,
        )
    except BadRequest as error:
        if _NOT_MODIFIED not in error.message.lower():
            raise


async def take_buttons(message: Message) -> bool:
    """Takes the buttons off the bot's `message`; False when another press has done so before.

    Where that can't be known, as when the message was deleted, this press counts as the first.
    """
    return await change_buttons(message, None)


async def change_buttons(message: Message, keyboard: InlineKeyboardMarkup | None) -> bool:
    """Gives the bot's `message` other buttons; False when it had them already.

    Where they can't be changed, as when the message was deleted, it goes on without.
    """
    try:
        await message.edit_reply_markup(keyboard)
    except TelegramError as error:
        _log.info("The pressed buttons stay: %s", error.message)
        return _NOT_MODIFIED not in error.message.lower()
    return True


async def as_courtesy(call: Awaitable[object]) -> None:
    """What shows that the bot is busy, or was pressed: it may fail, the answer doesn't wait for it."""
    try:
        async with asyncio.timeout(_COURTESY_TIMEOUT_S):
            await call
    except (TelegramError, TimeoutError) as error:
        _log.debug("It goes on without this: %r", error)


async def _send(
    bot: Bot, content: Content, chat_id: int, topic: int | None = None, quoted: int | None = None
) -> Message:
    return await bot.send_message(
        chat_id,
        content.text,
        entities=content.entities,
        reply_markup=content.keyboard,
        link_preview_options=content.preview,
        message_thread_id=topic,
        reply_parameters=ReplyParameters(quoted, allow_sending_without_reply=True) if quoted else None,
    )


@dataclass(frozen=True, slots=True)
class Replied:
    """A question that was replied to, and the id of the bot's message."""

    question: str
    reply_id: int


class RecentReplies:
    """The latest replies in private chats, so that an edited question edits its answer.

    They are forgotten at a restart: an edit of an older message is then left alone.
    """

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._replies: OrderedDict[tuple[int, int], Replied] = OrderedDict()

    def remember(self, message: Message, replied: Replied) -> None:
        """Keeps what was replied to `message`, forgetting the oldest beyond `most`."""
        self._replies[message.chat_id, message.message_id] = replied
        if len(self._replies) > self._most:
            self._replies.popitem(last=False)

    def to(self, message: Message) -> Replied | None:
        """What was replied to `message`, None when that isn't known any more."""
        return self._replies.get((message.chat_id, message.message_id))
