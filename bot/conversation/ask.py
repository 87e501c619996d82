"""Asking: a text in a private chat, `/ask`, a reply to the bot or a mention of it in a group.

The button below a question that the bot suggests asks that one.

What was asked and what came of it is remembered for the log of questions.

An edited question in a private chat edits its answer. In groups edits are left alone: others may
have read and used the answer by then.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from telegram import Message, Update, User
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.conversation import questions
from bot.conversation.context import Context
from bot.conversation.courtesies import courtesy
from bot.conversation.replies import RecentReplies, Replied, as_courtesy, edit, reply, take_buttons
from bot.conversation.voice import Voice
from bot.messages import render
from bot.messages.catalogue import Catalogue
from bot.messages.render import Content
from bot.questions.log import ChatKind
from knowledge.articles import Answer
from knowledge.language.concepts import script_of

_log = logging.getLogger(__name__)

_PRIVATE = filters.ChatType.PRIVATE
_NEW = filters.UpdateType.MESSAGE
_WRITTEN = filters.TEXT | filters.CAPTION

Remember = Callable[[Answer, int | None, ChatKind], str | None]
"""Told an answer, the id of who asked, and where; it must neither wait nor fail.

It gives back the id by which the answer can be voted on, None where it isn't kept.
"""


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
    voice: Voice
    ranking: asyncio.Semaphore
    remember: Remember
    recent: RecentReplies = field(default_factory=RecentReplies)

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        return [
            CommandHandler("ask", self.by_command, _NEW),
            MessageHandler(_PRIVATE & filters.UpdateType.EDITED_MESSAGE & _WRITTEN, self.edited),
            MessageHandler(_PRIVATE & _NEW & _WRITTEN & ~filters.COMMAND, self.in_private),
            MessageHandler(filters.ChatType.GROUPS & _NEW & _WRITTEN & ~filters.COMMAND, self.in_group),
            MessageHandler(_PRIVATE & _NEW & ~_WRITTEN & ~filters.StatusUpdate.ALL, self.without_words),
            CallbackQueryHandler(self.pressed, f"^{render.ASK_MEANT}$"),
        ]

    async def in_private(self, update: Update, context: Context) -> None:
        """Any text or caption is a question."""
        if message := update.message:
            question = questions.in_private(message)
            sent = await reply(message, await self._content(message, question, message.from_user))
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
        content = await self._content(message, question, message.from_user)
        try:
            await edit(context.bot, message, replied.reply_id, content)
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
            await reply(message, Content(self.voice.to(message.from_user).not_text))

    async def pressed(self, update: Update, context: Context) -> None:
        """The suggested question is asked, once: by whoever presses first, and however long after."""
        query = update.callback_query
        if query is None:
            return
        message = query.message if isinstance(query.message, Message) else None  # else: deleted, or too old
        question = questions.suggested(message, render.ASK_MEANT) if message else ""
        if message is None or not question:
            await as_courtesy(query.answer(self.voice.to(query.from_user).meant_is_gone))
            return
        await as_courtesy(query.answer())
        if await take_buttons(message):
            texts = self.voice.to(query.from_user, script_of(question))  # the words are the bot's
            await reply(message, await self._answer_to(message, question, query.from_user, texts))

    async def _reply_or_explain(self, message: Message, question: str) -> None:
        if question:
            await reply(message, await self._content(message, question, message.from_user))
        else:
            await reply(message, Content(self.voice.to(message.from_user).ask_usage))

    async def _content(self, message: Message, question: str, asker: User | None) -> Content:
        return await self._answer_to(message, question, asker, self.voice.replying(question, asker))

    async def _answer_to(
        self, message: Message, question: str, asker: User | None, texts: Catalogue
    ) -> Content:
        if said := courtesy(question):
            replies = {"greeting": texts.start, "thanks": texts.welcome, "how are you": texts.i_am_well}
            return Content(replies[said])
        if not questions.is_question(question):
            return Content(texts.no_question)
        if len(question) > questions.MOST_CHARACTERS:
            return Content(texts.too_long)
        await as_courtesy(message.reply_chat_action(ChatAction.TYPING))
        answer = await self._answer(question)
        where: ChatKind = "private" if message.chat.type == ChatType.PRIVATE else "group"
        kept_as = self.remember(answer, asker.id if asker else None, where)
        return render.answer(answer, texts, kept_as)

    async def _answer(self, question: str) -> Answer:
        async with self.ranking:
            answer = await asyncio.to_thread(self.library.ask, question)
        outcome = "answered" if answer.answered else "no answer"
        _log.info(
            "Question %s: confidence %.2f, %.1f ms, generation %s",
            outcome, answer.confidence, answer.took_ms, answer.generation,
        )  # fmt: skip
        return answer
