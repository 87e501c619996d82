"""The updates that wait for the bot, and long polling with Telegram's rules."""

from collections import deque
from collections.abc import Iterable

from bot.web.standin.bell import Bell
from bot.web.standin.errors import TERMINATED, WEBHOOK_ACTIVE, conflict
from bot.web.standin.wire import CallbackQuery, ChatMemberUpdated, Message, Update

KINDS = {  # every kind of Bot API 10.1; those that the stand-in never sends may be asked for all the same
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages", "guest_message",
    "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query",
    "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member",
    "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot",
}  # fmt: skip
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_POLL_S = 50
LARGEST_BATCH = 100


class Updates:
    """The queue of one bot: an update stays until an offset or a webhook's answer confirms it."""

    def __init__(self, first_id: int = 100_000_001) -> None:
        self.pending: deque[Update] = deque()
        self.allowed: frozenset[str] = frozenset(KINDS - NOT_BY_DEFAULT)
        self.webhook_url = ""
        self.bell = Bell()
        self._next_id = first_id
        self.polls = 0  # how many have begun: the last one is the one that counts
        self._closed = False

    def put(self, kind: str, happened: Message | CallbackQuery | ChatMemberUpdated) -> None:
        """Queues an update, unless the bot didn't ask for its kind."""
        if kind not in self.allowed:
            return
        self.pending.append(Update.model_validate({"update_id": self._next_id, kind: happened}))
        self._next_id += 1
        self.bell.ring()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Sets the kinds to queue from now on: None leaves them, none at all means Telegram's default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) & KINDS or frozenset(KINDS - NOT_BY_DEFAULT)

    async def poll(self, offset: int, limit: int, timeout_s: float) -> list[Update]:
        """Up to `limit` updates from `offset` on, as soon as there are any or after `timeout_s`.

        A positive offset confirms all updates before it; a negative one all but that many of the last.

        Raises:
            ApiError: 409, when a webhook is set or a newer poll begins meanwhile.
        """
        self._check_no_webhook()
        self.polls += 1
        mine = self.polls
        self.bell.ring()
        self._confirm(offset)
        await self.bell.wait_until(
            lambda: bool(self.pending or self._closed or mine != self.polls or self.webhook_url),
            timeout_s,
        )
        if mine != self.polls:
            raise conflict(TERMINATED)
        self._check_no_webhook()
        return list(self.pending)[:limit]

    def confirm_one(self, update: Update) -> None:
        """Forgets an update that a webhook has taken."""
        if update in self.pending:
            self.pending.remove(update)

    def close(self) -> None:
        """Ends all waiting."""
        self._closed = True
        self.bell.ring()

    def _check_no_webhook(self) -> None:
        if self.webhook_url:
            raise conflict(WEBHOOK_ACTIVE)

    def _confirm(self, offset: int) -> None:
        while self.pending and offset > 0 and self.pending[0].update_id < offset:
            self.pending.popleft()
        while offset < 0 and len(self.pending) > -offset:
            self.pending.popleft()
