"""What is kept of people's questions: `/privacy` says it, `/forget` deletes the person's own."""

from dataclasses import dataclass
from typing import Any, Protocol

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.conversation.context import Context
from bot.conversation.replies import reply
from bot.conversation.voice import Voice
from bot.messages.render import Content

_PRIVATELY = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


class Kept(Protocol):
    """The log of questions, as far as the people in it care."""

    keep_days: int

    async def forget(self, person: int) -> int:
        """How many questions of the person were kept, which are deleted."""
        ...


@dataclass(frozen=True, slots=True)
class Privacy:
    """The handlers, for everybody in a private chat."""

    kept: Kept
    voice: Voice

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        return [
            CommandHandler("privacy", self.privacy, _PRIVATELY),
            CommandHandler("forget", self.forget, _PRIVATELY),
        ]

    async def privacy(self, update: Update, context: Context) -> None:
        """What is kept, for how long, and how to have it deleted."""
        if message := update.message:
            texts = self.voice.to(message.from_user)
            kept = (
                texts.privacy.format(days=self.kept.keep_days) if self.kept.keep_days else texts.privacy_off
            )
            await reply(message, Content(kept))

    async def forget(self, update: Update, context: Context) -> None:
        """Deletes what the person has asked, here and in groups, and says how much that was."""
        if (message := update.message) and (person := message.from_user):
            count = await self.kept.forget(person.id)
            texts = self.voice.to(person)
            await reply(
                message, Content(texts.forgotten.format(count=count) if count else texts.nothing_kept)
            )
