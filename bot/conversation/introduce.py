"""Introducing itself: `/start`, `/help`, `/about`, and a greeting in a group that it joins."""

from dataclasses import dataclass
from typing import Any, Protocol

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.ext import BaseHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from bot.conversation.context import Context
from bot.conversation.replies import reply
from bot.conversation.voice import Voice
from bot.messages.render import Content

_NEW = filters.UpdateType.MESSAGE
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


class Holdings(Protocol):
    """What the bot can tell about what it knows."""

    @property
    def articles(self) -> int:
        """How many articles are served."""
        ...

    @property
    def passages(self) -> int:
        """How many passages they have."""
        ...


@dataclass(frozen=True, slots=True)
class Introducing:
    """The handlers of everything that isn't about the news."""

    holdings: Holdings
    voice: Voice

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried; other commands in a private chat get the help."""
        return [
            CommandHandler("start", self.start, _NEW),
            CommandHandler("help", self.help, _NEW),
            CommandHandler("about", self.about, _NEW),
            MessageHandler(filters.ChatType.PRIVATE & _NEW & filters.COMMAND, self.help),
            ChatMemberHandler(self.joined, ChatMemberHandler.MY_CHAT_MEMBER),
        ]

    async def start(self, update: Update, context: Context) -> None:
        """What a newcomer reads first; a deep link's payload says nothing yet."""
        if message := update.message:
            await reply(message, Content(self.voice.to(message.from_user).start))

    async def help(self, update: Update, context: Context) -> None:
        """How to ask."""
        if message := update.message:
            await reply(message, Content(self.voice.to(message.from_user).help))

    async def about(self, update: Update, context: Context) -> None:
        """What this is, and how much it knows."""
        if message := update.message:
            text = self.voice.to(message.from_user).about
            counts = {"articles": self.holdings.articles, "passages": self.holdings.passages}
            await reply(message, Content(text.format(**counts)))

    async def joined(self, update: Update, context: Context) -> None:
        """Greets a group once, when the bot comes in from outside."""
        change = update.my_chat_member
        if change and change.chat.type in (change.chat.GROUP, change.chat.SUPERGROUP) and _came_in(change):
            await context.bot.send_message(change.chat.id, self.voice.to(change.from_user).greeting)


def _came_in(change: ChatMemberUpdated) -> bool:
    return change.old_chat_member.status in _OUTSIDE and change.new_chat_member.status not in _OUTSIDE
