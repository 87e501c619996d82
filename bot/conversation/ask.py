"""Asking: a text in a private chat, `/ask`, a reply to the bot or a mention of it in a group.

An edited question in a private chat edits its answer. In groups edits are left alone: others may
have read and used the answer by then.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any, Protocol

from telegram import Message, Update
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.conversation import questions
from bot.conversation.context import Context
from bot.conversation.replies import RecentReplies, Replied, edit, reply
from bot.messages import render
from bot.messages.catalogue import Catalogue, Catalogues
from bot.messages.render import Content
from knowledge.articles import Answer
from knowledge.language.query import script_of

_log = logging.getLogger(__name__)

_PRIVATE = filters.ChatType.PRIVATE
_NEW = filters.UpdateType.MESSAGE
_WRITTEN = filters.TEXT | filters.CAPTION
_TYPING_TIMEOUT_S = 2.0


class Library(Protocol):
    """What answers questions; thread-safe."""

    def ask(self, question: str, limit: int = 5) -> Answer:
        """The answer to `question`."""
        ...


@dataclass(frozen=True, slots=True)
class Asking:
    """The handlers of questions.

    `ranking` bounds how many questions are ranked at a time: it is CPU work in threads.
    """

    library: Library
    catalogues: Catalogues
    ranking: asyncio.Semaphore
    recent: RecentReplies = field(default_factory=RecentReplies)

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        return [
            CommandHandler("ask", self.by_command, _NEW),
            MessageHandler(_PRIVATE & filters.UpdateType.EDITED_MESSAGE & _WRITTEN, self.edited),
            MessageHandler(_PRIVATE & _NEW & _WRITTEN & ~filters.COMMAND, self.in_private),
            MessageHandler(filters.ChatType.GROUPS & _NEW & _WRITTEN & ~filters.COMMAND, self.in_group),
            MessageHandler(_PRIVATE & _NEW & ~_WRITTEN & ~filters.StatusUpdate.ALL, self.without_words),
        ]

    async def in_private(self, update: Update, context: Context) -> None:
        """Any text or caption is a question."""
        if message := update.message:
            question = questions.in_private(message)
            sent = await reply(message, await self._content(message, question))
            self.recent.remember(message, Replied(question, sent.message_id))

    async def edited(self, update: Update, context: Context) -> None:
        """The answer follows its question; Telegram also reports edits that changed no word."""
        message = update.edited_message
        replied = self.recent.to(message) if message else None
        if message is None or replied is None:
            return
        question = questions.in_private(message)
        if question == replied.question:
            return
        content = await self._content(message, question)
        try:
            await edit(message, replied.reply_id, content)
        except BadRequest as error:
            _log.info("An answer can't be edited (%s): it is sent anew", error.message)
            replied = Replied(question, (await reply(message, content)).message_id)
        self.recent.remember(message, Replied(question, replied.reply_id))

    async def by_command(self, update: Update, context: Context) -> None:
        """`/ask` with a question, or as the reply to one."""
        if message := update.message:
            question = questions.in_command(message, context.bot.bot)
            await self._reply_or_explain(message, question)

    async def in_group(self, update: Update, context: Context) -> None:
        """Only what is said to the bot is a question."""
        message = update.message
        question = questions.in_group(message, context.bot.bot) if message else None
        if message and question is not None:
            await self._reply_or_explain(message, question)

    async def without_words(self, update: Update, context: Context) -> None:
        """A sticker, a voice message, a picture; an album would be answered once for each of its pictures."""
        if (message := update.message) and message.media_group_id is None:
            await reply(message, Content(self._texts(message, "").not_text))

    async def _reply_or_explain(self, message: Message, question: str) -> None:
        if question:
            await reply(message, await self._content(message, question))
        else:
            await reply(message, Content(self._texts(message, "").ask_usage))

    async def _content(self, message: Message, question: str) -> Content:
        texts = self._texts(message, question)
        if not questions.is_question(question):
            return Content(texts.no_question)
        if len(question) > questions.MOST_CHARACTERS:
            return Content(texts.too_long)
        await _show_typing(message)
        return render.answer(await self._answer(question), texts)

    async def _answer(self, question: str) -> Answer:
        async with self.ranking:
            answer = await asyncio.to_thread(self.library.ask, question)
        outcome = "answered" if answer.answered else "no answer"
        _log.info(
            "Question %s: confidence %.2f, %.1f ms, generation %s",
            outcome, answer.confidence, answer.took_ms, answer.generation,
        )  # fmt: skip
        return answer

    def _texts(self, message: Message, question: str) -> Catalogue:
        language_code = message.from_user.language_code if message.from_user else None
        return self.catalogues.for_script(script_of(question), language_code)


async def _show_typing(message: Message) -> None:
    try:
        async with asyncio.timeout(_TYPING_TIMEOUT_S):
            await message.reply_chat_action(ChatAction.TYPING)
    except (TelegramError, TimeoutError) as error:
        _log.debug("The typing action failed, the answer is on its way without it: %r", error)
