"""What the stand-in remembers: the bot, its chats, their messages and members, what was done in each."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.web.standin.bell import Bell
from bot.web.standin.errors import bad_request, forbidden
from bot.web.standin.profile import Profile
from bot.web.standin.updates import Updates
from bot.web.standin.webhook import Webhook
from bot.web.standin.wire import Chat, MemberStatus, Message, User

EventKind = Literal["message", "edited", "deleted", "action", "answer"]
JOURNAL_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that people in a chat can see; `seq` counts from 1 within the chat."""

    seq: int
    kind: EventKind
    content: dict[str, Any]


@dataclass(slots=True)
class Room:
    """A chat with its messages, its members and what was seen in it."""

    chat: Chat
    messages: dict[int, Message] = field(default_factory=dict)
    members: dict[int, tuple[User, MemberStatus]] = field(default_factory=dict)
    events: deque[Event] = field(default_factory=lambda: deque(maxlen=JOURNAL_LIMIT))
    last_seq: int = 0

    def status(self, user_id: int) -> MemberStatus:
        """The member status of a user; "left" for strangers."""
        return self.members[user_id][1] if user_id in self.members else "left"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A pressed button that waits for answerCallbackQuery."""

    chat_id: int
    user_id: int


class World:
    """One bot's Telegram, in memory, within one event loop."""

    def __init__(self, bot: User, token: str, clock: Callable[[], float] = time.time) -> None:
        self.bot = bot
        self.token = token
        self.rooms: dict[int, Room] = {}
        self.profile = Profile(bot.first_name)
        self.updates = Updates()
        self.webhook = Webhook(self.updates)
        self.pressed: dict[str, Pressed] = {}
        self.bell = Bell()
        self.closed = False
        self._clock = clock
        self._last_id = 0

    def now(self) -> int:
        """The Unix time in seconds."""
        return int(self._clock())

    def new_id(self) -> int:
        """A number that wasn't given out before: for messages and callback queries."""
        self._last_id += 1
        return self._last_id

    def room_for_bot(self, chat_id: int | str) -> Room:
        """The chat that a bot's call names.

        Raises:
            ApiError: 400 when there is none, 403 when the bot was blocked or removed.
        """
        if chat_id == "":
            raise bad_request("chat_id is empty")
        room = self._find(chat_id)
        if room is None:
            raise bad_request("chat not found")
        status = room.status(self.bot.id)
        if room.chat.type == "private" and status == "kicked":
            raise forbidden("bot was blocked by the user")
        if status in {"left", "kicked"}:
            raise forbidden(f"bot was kicked from the {room.chat.type} chat")
        return room

    def _find(self, chat_id: int | str) -> Room | None:
        if isinstance(chat_id, int):
            return self.rooms.get(chat_id)
        names = (
            room for room in self.rooms.values() if room.chat.type == "supergroup" and room.chat.username
        )
        return next((room for room in names if f"@{room.chat.username}".lower() == chat_id.lower()), None)

    def events(self, chat_id: int) -> list[Event]:
        """What was seen in a chat, oldest first; nothing where there is no chat yet."""
        return list(self.rooms[chat_id].events) if chat_id in self.rooms else []

    def record(self, room: Room, kind: EventKind, content: dict[str, Any]) -> None:
        """Notes what people see, and wakes those who look."""
        room.last_seq += 1
        room.events.append(Event(room.last_seq, kind, content))
        self.bell.ring()

    def post(self, room: Room, message: Message) -> Message:
        """Puts a new message into a chat."""
        room.messages[message.message_id] = message
        self.record(room, "message", message.json_object())
        return message

    def replace(self, room: Room, message: Message) -> Message:
        """Puts an edited message in its place."""
        room.messages[message.message_id] = message
        self.record(room, "edited", message.json_object())
        return message

    async def close(self) -> None:
        """Ends all waiting and posting."""
        self.closed = True
        await self.webhook.close()
        self.updates.close()
        self.bell.ring()
