"""What operators command: `/reload`, `/status`, `/rollback`, `/sources`, `/add`, `/remove`, `/unanswered`.

Only from the people of `telegram.operators`, in a private chat or in the operators' chat, in their own words:
what they forward was written by others. For everybody else these handlers aren't there: they get what an
unknown command gets.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Message, Update, User
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.conversation import questions
from bot.conversation.context import Context
from bot.conversation.replies import as_courtesy, edit, reply, take_buttons
from bot.conversation.voice import Voice
from bot.corpus.desk import Desk
from bot.corpus.reloading import ReloadRunner
from bot.messages import operating
from bot.messages.catalogue import Catalogue
from bot.messages.render import Content
from bot.settings import TelegramSettings
from bot.watch.gathering import Gathering
from knowledge.errors import KhabarError

_log = logging.getLogger(__name__)

Deed = Callable[[Update, Context], Coroutine[Any, Any, None]]

FORCE = "force"
_EDIT_EACH_S = 2.0
_EDIT_IN_GROUP_EACH_S = 6.0
"""A group takes twenty messages of a bot a minute, edits included; others want to be answered as well."""


@dataclass(frozen=True, slots=True)
class Steering:
    """What operators steer with."""

    desk: Desk
    runner: ReloadRunner
    gathering: Gathering


@dataclass(frozen=True, slots=True)
class Operating:
    """The handlers of the operators' commands."""

    telegram: TelegramSettings
    steering: Steering
    voice: Voice

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried, before those for everybody."""
        places = filters.ChatType.PRIVATE | filters.Chat(self.telegram.operators_chat)
        own_words = filters.UpdateType.MESSAGE & ~filters.FORWARDED
        allowed = filters.User(self.telegram.operators) & places & own_words
        commands = {
            "reload": self.reload,
            "status": self.status,
            "rollback": self.rollback,
            "sources": self.sources,
            "add": self.add,
            "remove": self.remove,
            "unanswered": self.unanswered,
        }
        return [
            *(CommandHandler(name, self._telling(deed), allowed) for name, deed in commands.items()),
            CallbackQueryHandler(self._telling(self.pressed_rollback), f"^{operating.ROLL_BACK}"),
            CallbackQueryHandler(self._telling(self.pressed_remove), f"^{operating.REMOVE}$"),
        ]

    async def reload(self, update: Update, context: Context) -> None:
        """Reloads everything; with `force`, also when much is gone."""
        if message := update.message:
            texts = self._texts(message.from_user)
            if not self.steering.runner.start(force=context.args == [FORCE]):
                await reply(message, Content(texts.operate.running))
            context.application.create_task(self._follow(context, message, texts), update)

    async def status(self, update: Update, context: Context) -> None:
        """What answers, its sources, and the last reload."""
        if message := update.message:
            facts = await asyncio.to_thread(self.steering.gathering.state)
            texts = self._texts(message.from_user)
            await reply(message, operating.status(facts, texts))

    async def sources(self, update: Update, context: Context) -> None:
        """The sources by number."""
        if message := update.message:
            facts = await asyncio.to_thread(self.steering.gathering.state)
            for page in operating.sources(facts, self._texts(message.from_user)):
                await reply(message, page)

    async def unanswered(self, update: Update, context: Context) -> None:
        """What was asked in vain, the most wanted first."""
        if message := update.message:
            facts = await asyncio.to_thread(self.steering.gathering.everything)
            await reply(message, operating.topics(facts.topics, self._texts(message.from_user)))

    async def add(self, update: Update, context: Context) -> None:
        """Looks at an address, follows it from now on, and reads it."""
        message = update.message
        if message is None:
            return
        texts, address = self._texts(message.from_user), _argument(context)
        if not address:
            await reply(message, Content(texts.operate.add_usage))
            return
        seen = await asyncio.to_thread(self.steering.desk.add, address)
        let_in = operating.text(texts.operate.let_in.format(address=address))
        await reply(message, operating.added(address, seen, texts) if seen else let_in)
        self._carry_out(message, texts, update, context)

    async def remove(self, update: Update, context: Context) -> None:
        """Asks whether a source or an article is to be removed."""
        if message := update.message:
            texts, name = self._texts(message.from_user), _argument(context)
            await reply(message, await self._removal(name, texts))

    async def rollback(self, update: Update, context: Context) -> None:
        """Asks whether to go back to the generation before."""
        if message := update.message:
            texts = self._texts(message.from_user)
            served = await asyncio.to_thread(self.steering.desk.served)
            await reply(message, operating.rollback_question(served or "", texts))

    async def pressed_rollback(self, update: Update, context: Context) -> None:
        """Goes back, if the generation is still served that was when the button was shown."""
        pressed = await self._pressed(update)
        if pressed is None:
            return
        query, message = pressed
        texts, desk = self._texts(query.from_user), self.steering.desk
        shown = (query.data or "").removeprefix(operating.ROLL_BACK)
        if shown != await asyncio.to_thread(desk.served):
            await as_courtesy(query.answer(texts.operate.outdated))
            return
        await as_courtesy(query.answer())
        if await take_buttons(message):
            generation = await asyncio.to_thread(desk.roll_back)
            await reply(message, Content(texts.operate.rolled_back.format(generation=generation)))

    async def pressed_remove(self, update: Update, context: Context) -> None:
        """Removes what the message names, and has the next generation made without it."""
        pressed = await self._pressed(update)
        if pressed is None:
            return
        query, message = pressed
        texts = self._texts(query.from_user)
        name = questions.suggested(message, operating.REMOVE)
        target = await asyncio.to_thread(self.steering.desk.target, name) if name else None
        if target is None or target.name != name or target.kind == "settings":
            await as_courtesy(query.answer(texts.operate.outdated))
            return
        await as_courtesy(query.answer())
        if await take_buttons(message):
            await asyncio.to_thread(self.steering.desk.remove, target)
            said = texts.operate
            removed = said.article_removed if target.kind == "article" else said.source_removed
            await reply(message, operating.text(removed.format(name=name)))
            self._carry_out(message, texts, update, context)

    async def _removal(self, name: str, texts: Catalogue) -> Content:
        if not name:
            return Content(texts.operate.remove_usage)
        target = await asyncio.to_thread(self.steering.desk.target, name)
        if target is None:
            return operating.text(texts.operate.unknown.format(name=name))
        if target.kind == "settings":
            return operating.text(texts.operate.of_the_settings.format(name=target.name))
        return operating.removal_question(target, texts)

    def _carry_out(self, message: Message, texts: Catalogue, update: Update, context: Context) -> None:
        """Reloads what was wished; a reload that runs already leaves that to the schedule."""
        if self.steering.runner.start(due=True):
            context.application.create_task(self._follow(context, message, texts), update)

    async def _follow(self, context: Context, message: Message, texts: Catalogue) -> None:
        """Shows in one message how far the reload is, and at its end what it did."""
        runner = self.steering.runner
        pause_s = _EDIT_EACH_S if message.chat.type == ChatType.PRIVATE else _EDIT_IN_GROUP_EACH_S
        progress = runner.progress()
        sent = await reply(message, operating.progress(progress, texts)) if progress else None
        while sent and (progress := await runner.changed(progress)):
            try:
                shown = operating.progress(progress, texts)
                await edit(context.bot, message, sent.message_id, shown, awaited=False)
            except (BadRequest, Forbidden):  # the message is gone
                sent = None
            except RetryAfter:  # Telegram wants fewer: the outcome will do
                break
            except TelegramError as error:
                _log.info("The progress of a reload isn't shown: %s", error.message)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause_s):
                    await runner.ended()
        if ended := await runner.ended():
            await self._conclude(context, message, sent, operating.outcome(ended, texts))

    async def _conclude(
        self, context: Context, message: Message, sent: Message | None, outcome: Content
    ) -> None:
        if sent:
            try:
                await edit(context.bot, message, sent.message_id, outcome)
            except TelegramError as error:
                _log.info("The message with the progress can't be edited: %s", error.message)
            else:
                return
        await reply(message, outcome)

    async def _pressed(self, update: Update) -> tuple[CallbackQuery, Message] | None:
        """The press of an operator and the message with the button; somebody else's press says nothing."""
        query = update.callback_query
        if query is None or query.from_user.id not in self.telegram.operators:
            return None
        if not isinstance(query.message, Message):  # deleted, or too old
            await as_courtesy(query.answer(self._texts(query.from_user).operate.outdated))
            return None
        return query, query.message

    def _telling(self, deed: Deed) -> Deed:
        """The deed, which says why where it can't be done."""

        async def told(update: Update, context: Context) -> None:
            try:
                await deed(update, context)
            except KhabarError as error:
                trouble = self._texts(update.effective_user).operate.trouble
                _log.warning("An operator's command failed: %s", error)
                if message := update.effective_message:
                    await reply(message, operating.text(trouble.format(reason=error)))

        return told

    def _texts(self, user: User | None) -> Catalogue:
        return self.voice.to(user)


def _argument(context: Context) -> str:
    return " ".join(context.args or ())
