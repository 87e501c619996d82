"""The people's side over HTTP: how the chat page and tests act in Telegram and see what happens."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.standin import people
from bot.web.standin.bot_api import received
from bot.web.standin.parameters import Parameters, read
from bot.web.standin.wire import Chat, MemberStatus, User
from bot.web.standin.world import Room, World

LONGEST_WAIT_S = 50.0


class Person(Parameters):
    """Who acts."""

    id: int = Field(gt=0)
    first_name: str = Field("पाठक", min_length=1, max_length=64)
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "hi"

    def user(self) -> User:
        """The person as Telegram shows them."""
        return User(is_bot=False, **self.model_dump())


class Look(Parameters):
    """Which numbers come next, and how many seconds to wait for them."""

    after: int = 0
    wait: float = Field(0.0, ge=0, le=LONGEST_WAIT_S)


class LookAtChat(Look):
    """With `run`, numbers of an earlier run of the server aren't waited for."""

    run: str | None = None


class Viewer(Parameters):
    """Who looks at the bot's profile."""

    chat_id: int = 0
    language: str = ""


class Deed(Parameters):
    """Something that a person does in a chat; without `chat` in the private one with the bot."""

    person: Person
    chat: Chat | None = None

    def room(self, world: World) -> Room:
        """Where it is done."""
        user = self.person.user()
        return people.room_of(world, self.chat or people.private_chat(user), user)


class Write(Deed):
    """A new message; a photo has `text` as its caption."""

    text: str | None = None
    photo: bool = False
    reply_to: int | None = None
    forwarded_from: str | None = None


class Edit(Deed):
    """Changes an own message."""

    message_id: int
    text: str


class Press(Deed):
    """Presses a button."""

    message_id: int
    data: str


class Membership(Deed):
    """Adds, promotes, removes or blocks the bot."""

    status: MemberStatus


def write(world: World, deed: Write) -> dict[str, Any]:
    """Posts the message and returns it."""
    what = deed.model_dump(include={"text", "photo", "reply_to", "forwarded_from"})
    message = people.write(world, deed.room(world), deed.person.user(), **what)
    return {"message": message.json_object()}


def edit(world: World, deed: Edit) -> dict[str, Any]:
    """Changes the message and returns it."""
    message = people.edit(world, deed.room(world), deed.person.user(), deed.message_id, deed.text)
    return {"message": message.json_object()}


def press(world: World, deed: Press) -> dict[str, Any]:
    """Presses the button and returns the query's id, which the bot's answer will name."""
    query_id = people.press(world, deed.room(world), deed.person.user(), deed.message_id, deed.data)
    return {"callback_query_id": query_id}


def set_membership(world: World, deed: Membership) -> dict[str, Any]:
    """Changes the bot's place in the chat."""
    people.set_bot_status(world, deed.room(world), deed.person.user(), deed.status)
    return {}


class PeopleApi:
    """The endpoints under /people."""

    def __init__(self, world: World, run_id: str) -> None:
        self._world = world
        self._run_id = run_id
        self.routes = [
            Route("/people/bot", self._about_bot),
            Route("/people/chats/{chat_id}/events", self._events),
            Route("/people/messages", self._deed(Write, write), methods=["POST"]),
            Route("/people/edits", self._deed(Edit, edit), methods=["POST"]),
            Route("/people/presses", self._deed(Press, press), methods=["POST"]),
            Route("/people/memberships", self._deed(Membership, set_membership), methods=["POST"]),
        ]

    def _deed(
        self, model: type[Any], act: Callable[[World, Any], dict[str, Any]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return JSONResponse(act(self._world, read(model, await received(request))))

        return answer

    async def _about_bot(self, request: Request) -> Response:
        """What a person sees of the bot before the first message, in their language."""
        viewer = read(Viewer, request.query_params)
        profile, language = self._world.profile, viewer.language
        about = {
            "run": self._run_id,
            "name": profile.text("name", language),
            "username": self._world.bot.username,
            "description": profile.text("description", language),
            "short_description": profile.text("short_description", language),
            "commands": [
                command.json_object() for command in profile.menu_in_private(viewer.chat_id, language)
            ],
        }
        return JSONResponse(about)

    async def _events(self, request: Request) -> Response:
        """A chat's events after number `after`, at once or as soon as there are any within `wait` seconds."""
        chat_id = int(request.path_params["chat_id"])  # {chat_id:int} takes no negative ids: groups
        look = read(LookAtChat, request.query_params)
        world = self._world
        outdated = look.run not in {None, self._run_id}

        def last_seq() -> int:
            return world.rooms[chat_id].last_seq if chat_id in world.rooms else 0

        await world.bell.wait_until(lambda: outdated or world.closed or last_seq() > look.after, look.wait)
        news = [asdict(event) for event in world.events(chat_id) if outdated or event.seq > look.after]
        return JSONResponse({"run": self._run_id, "last": last_seq(), "events": news})
