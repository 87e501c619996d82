"""Voting: 👍 and 👎 below an answer, from everybody who sees it, one vote a person; the last one counts."""

import logging
from dataclasses import dataclass
from typing import Any, Protocol

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.conversation.context import Context
from bot.conversation.replies import as_courtesy, change_buttons
from bot.messages import voting
from bot.messages.catalogue import Catalogues
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
    catalogues: Catalogues

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
            texts = self.catalogues.for_language(query.from_user.language_code)
            await as_courtesy(query.answer(texts.vote_failed))
            return
        await as_courtesy(query.answer(self._thanks(query, votes)))
        if isinstance(query.message, Message):  # else: deleted, or too old to be known
            await _show(query.message, question, votes)

    def _thanks(self, query: CallbackQuery, votes: Votes | None) -> str:
        language_code = query.from_user.language_code
        if votes is None:
            return self.catalogues.for_language(language_code).vote_is_gone
        return self.catalogues.for_script(votes.script, language_code).voted


async def _show(message: Message, question: str, votes: Votes | None) -> None:
    private, keyboard = message.chat.type == ChatType.PRIVATE, message.reply_markup
    await change_buttons(
        message,
        voting.counted(keyboard, question, votes, private=private) if votes else voting.without(keyboard),
    )
