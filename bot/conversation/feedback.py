"""Voting: 👍 and 👎 below an answer, from everybody who sees it, one vote a person; the last one counts."""

import logging
from dataclasses import dataclass
from typing import Any, Protocol

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.conversation.context import Context
from bot.conversation.replies import as_courtesy, change_buttons
from bot.conversation.voice import Voice
from bot.messages import voting
from bot.questions.log import Votes
from knowledge.errors import KhabarError

_log = logging.getLogger(__name__)


class Kept(Protocol):
    """The log of questions, as far as votes go."""

    async def vote(self, question: str, person: int, good: bool) -> Votes | None:
        """The votes on the answer to the question with this id, None when it isn't kept any more."""
        ...


@dataclass(frozen=True, slots=True)
class Feedback:
    """The handlers, for everybody."""

    kept: Kept
    voice: Voice

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        return [CallbackQueryHandler(self.pressed, voting.DATA)]

    async def pressed(self, update: Update, context: Context) -> None:
        """Keeps the vote, thanks for it, and shows it on the buttons; where it is too late, they go."""
        query = update.callback_query
        if query is None:
            return
        question, good = voting.read(query.data or "")
        try:
            votes = await self.kept.vote(question, query.from_user.id, good)
        except KhabarError as error:
            _log.error("A vote couldn't be kept: %s", error)
            await as_courtesy(query.answer(self.voice.to(query.from_user).vote_failed))
            return
        texts = self.voice.to(query.from_user, votes.script if votes else None)
        await as_courtesy(query.answer(texts.voted if votes else texts.vote_is_gone))
        if isinstance(query.message, Message):  # else: deleted, or too old to be known
            await _show(query.message, question, votes)


async def _show(message: Message, question: str, votes: Votes | None) -> None:
    private, keyboard = message.chat.type == ChatType.PRIVATE, message.reply_markup
    await change_buttons(
        message,
        voting.counted(keyboard, question, votes, private=private) if votes else voting.without(keyboard),
    )
