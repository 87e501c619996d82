"""The people's side of the stand-in, for tests: somebody who writes to the bot and reads its replies."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

Json = dict[str, Any]
PATIENCE_S = 300.0


def group(chat_id: int = -1001, title: str = "समाचार कक्ष", kind: str = "supergroup", **more: Any) -> Json:
    """A group chat to act in."""
    return {"id": chat_id, "type": kind, "title": title, **more}


@dataclass
class Person:
    """Somebody in Telegram; `chat` None is the private chat with the bot."""

    origin: str
    id: int = 501
    first_name: str = "मीरा"
    username: str | None = None
    language_code: str | None = "hi"
    chat: Json | None = None
    seen: int = 0
    """The number of the last event that was read; `next_reply` goes on from it."""
    _unread: list[Json] = field(default_factory=list)
    _http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        self._http = httpx.AsyncClient(base_url=self.origin, timeout=60, trust_env=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    @property
    def http(self) -> httpx.AsyncClient:
        assert self._http is not None, "use the person as an async context manager"
        return self._http

    @property
    def chat_id(self) -> int:
        return int(self.chat["id"]) if self.chat else self.id

    async def say(self, text: str | None = None, **more: Any) -> Json:
        """Posts a message and returns it.

        With `photo` a photo that has `text` as its caption, with `reply_to` a reply to the message of this
        id, with `forwarded_from` a message that somebody of this name wrote.
        """
        answer = await self._do("messages", text=text, **more)
        return dict(answer["message"])

    async def edit(self, message_id: int, text: str) -> Json:
        """Changes an own message and returns it."""
        return dict((await self._do("edits", message_id=message_id, text=text))["message"])

    async def press(self, message: Json, button: str) -> str:
        """Presses the callback button with this text or data; returns the callback query's id."""
        buttons = [one for row in message["reply_markup"]["inline_keyboard"] for one in row]
        data = next(
            one["callback_data"] for one in buttons if button in {one["text"], one.get("callback_data")}
        )
        answer = await self._do("presses", message_id=message["message_id"], data=data)
        return str(answer["callback_query_id"])

    async def set_bot_status(self, status: str) -> None:
        """Adds ("member"), promotes ("administrator"), removes ("left") or blocks ("kicked") the bot."""
        await self._do("memberships", status=status)

    async def about_bot(self) -> Json:
        """The bot's name, description and menu as this person sees them."""
        query: Json = {"language": self.language_code or "", "chat_id": self.chat_id}
        return dict((await self.http.get("/people/bot", params=query)).raise_for_status().json())

    async def events(self) -> list[Json]:
        """All that was seen in the chat so far: {"seq", "kind", "content"}, oldest first."""
        answer = await self.http.get(f"/people/chats/{self.chat_id}/events")
        return list(answer.raise_for_status().json()["events"])

    async def replies(self) -> list[Json]:
        """All messages of the bot in the chat so far."""
        return [event["content"] for event in await self.events() if is_reply(event)]

    async def next_event(self, *kinds: str, timeout_s: float = PATIENCE_S) -> Json:
        """The next event of one of the kinds (message, edited, deleted, action, answer), or of any."""
        async with asyncio.timeout(timeout_s):
            while True:
                event = await self._next()
                if not kinds or event["kind"] in kinds:
                    return event

    async def next_reply(self, timeout_s: float = PATIENCE_S) -> Json:
        """The bot's next message that wasn't returned yet."""
        async with asyncio.timeout(timeout_s):
            while not is_reply(event := await self._next()):
                pass
        return dict(event["content"])

    async def ask(self, text: str, timeout_s: float = PATIENCE_S) -> Json:
        """Says something and returns the bot's next message."""
        await self.say(text)
        return await self.next_reply(timeout_s)

    async def _next(self) -> Json:
        while not self._unread:
            query = {"after": self.seen, "wait": 20}
            answer = (await self.http.get(f"/people/chats/{self.chat_id}/events", params=query)).json()
            self._unread = answer["events"]
        event = self._unread.pop(0)
        self.seen = event["seq"]
        return event

    async def _do(self, deed: str, **what: Any) -> Json:
        person = {"id": self.id, "first_name": self.first_name, "username": self.username}
        body = {"person": {**person, "language_code": self.language_code}, "chat": self.chat, **what}
        answer = await self.http.post(f"/people/{deed}", json=body)
        assert answer.is_success, f"/people/{deed} answered {answer.status_code}: {answer.text}"
        return dict(answer.json())


def is_reply(event: Json) -> bool:
    """Whether an event is a new message of the bot."""
    return bool(event["kind"] == "message" and event["content"].get("from", {}).get("is_bot"))


@dataclass
class Control:
    """The tests' hand on the stand-in: trouble to come, calls that were made."""

    url: str

    async def order(self, trouble: str, **details: Any) -> None:
        """Orders trouble: flood, server_error, conflict, hang, drop or drop_after (see `Fault`)."""
        async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
            (await http.post(f"{self.url}/faults", json={"trouble": trouble, **details})).raise_for_status()

    async def clear(self) -> None:
        """Takes back the trouble that wasn't met yet."""
        async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
            (await http.delete(f"{self.url}/faults")).raise_for_status()

    async def calls(self, method: str | None = None) -> list[Json]:
        """The calls so far: {"seq", "method", "parameters", "ok", "answer"}."""
        async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
            made = (await http.get(f"{self.url}/calls")).raise_for_status().json()["calls"]
        return [call for call in made if method in {None, call["method"]}]

    async def wait_for_call(self, method: str, *, after: int = 0, timeout_s: float = PATIENCE_S) -> Json:
        """The first call of a method with a number above `after`, as soon as it is made."""
        async with asyncio.timeout(timeout_s), httpx.AsyncClient(timeout=60, trust_env=False) as http:
            while True:
                query: Json = {"after": after, "wait": 20}
                news = (await http.get(f"{self.url}/calls", params=query)).raise_for_status().json()
                for call in news["calls"]:
                    if call["method"] == method:
                        return dict(call)
                after = news["last"]
