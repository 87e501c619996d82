"""What a bot says about itself: its name, descriptions and menus, by language and by scope."""

import re
from dataclasses import dataclass, field
from typing import Literal

from bot.web.standin.errors import bad_request
from bot.web.standin.links import size_utf16
from bot.web.standin.wire import BotCommand, Wire

NAME_LIMIT, DESCRIPTION_LIMIT, SHORT_DESCRIPTION_LIMIT = 64, 512, 120
COMMANDS_LIMIT, COMMAND_DESCRIPTION_LIMIT = 100, 256

About = Literal["name", "description", "short_description"]
_LIMITS: dict[About, int] = {
    "name": NAME_LIMIT,
    "description": DESCRIPTION_LIMIT,
    "short_description": SHORT_DESCRIPTION_LIMIT,
}


class Scope(Wire):
    """Who sees a menu."""

    type: Literal[
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
    chat_id: int | str | None = None
    user_id: int | None = None


DEFAULT_SCOPE = Scope(type="default")


@dataclass(slots=True)
class Profile:
    """The bot's texts and menus; an empty language code means everybody without an own one."""

    first_name: str
    texts: dict[tuple[About, str], str] = field(default_factory=dict)
    menus: dict[tuple[Scope, str], list[BotCommand]] = field(default_factory=dict)

    def text(self, about: About, language_code: str = "") -> str:
        """The text for a language, else the one for everybody, else the name it began with."""
        fallback = self.first_name if about == "name" else ""
        return self.texts.get((about, language_code)) or self.texts.get((about, "")) or fallback

    def set_text(self, about: About, text: str, language_code: str) -> None:
        """Sets a text; an empty one removes it."""
        _check_language(language_code)
        if size_utf16(text) > _LIMITS[about]:
            raise bad_request(f"bot {about.replace('_', ' ')} is too long")
        self.texts[about, language_code] = text

    def set_menu(self, commands: list[BotCommand], scope: Scope, language_code: str) -> None:
        """Sets a menu; without commands there is none."""
        _check_language(language_code)
        if len(commands) > COMMANDS_LIMIT:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command.command):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= size_utf16(command.description) <= COMMAND_DESCRIPTION_LIMIT:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.menus[scope, language_code] = commands

    def menu(self, scope: Scope, language_code: str) -> list[BotCommand]:
        """The menu that was set for exactly this scope and language."""
        return self.menus.get((scope, language_code), [])

    def menu_in_private(self, chat_id: int, language_code: str) -> list[BotCommand]:
        """The menu that a person sees in the private chat: the narrowest scope, the own language first."""
        scopes = (Scope(type="chat", chat_id=chat_id), Scope(type="all_private_chats"), DEFAULT_SCOPE)
        keys = ((scope, language) for scope in scopes for language in (language_code, ""))
        return next((self.menus[key] for key in keys if self.menus.get(key)), [])


def _check_language(language_code: str) -> None:
    if not re.fullmatch(r"(?:[a-z]{2})?", language_code):
        raise bad_request("invalid language code specified")
