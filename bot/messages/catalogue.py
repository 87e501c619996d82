"""Everything the bot says, in the languages that it speaks."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from knowledge.articles import Script


@dataclass(frozen=True, slots=True)
class Menu:
    """What Telegram shows around the chat: the bot's profile and its commands."""

    description: str
    short_description: str
    ask: str
    help: str
    about: str
    privacy: str
    forget: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The bot's texts in one language; each field is named after the moment it is said."""

    language: str
    months: tuple[str, ...]
    start: str
    help: str
    about: str
    no_answer: str
    nearby: str
    meant: str
    yes_meant: str
    meant_is_gone: str
    unsure: str
    error: str
    no_question: str
    not_text: str
    too_long: str
    ask_usage: str
    greeting: str
    privacy: str
    privacy_off: str
    forgotten: str
    nothing_kept: str
    source: str
    open_source: str
    menu: Menu

    def date(self, day: date) -> str:
        """The date as people write it: `7 अप्रैल 2021`."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The catalogues, and the choice between them.

    An answer is in the script that was asked in. Where nothing was asked (`/start`, a sticker, a
    group's greeting) the language of the person's Telegram decides: Hindi, or where none is told,
    Hindi; else English.
    """

    hindi: Catalogue
    latin_hindi: Catalogue
    english: Catalogue

    def for_script(self, script: Script, language_code: str | None = None) -> Catalogue:
        """The catalogue for a question in `script`; `language_code` decides where it holds no letters."""
        if script == "latin":
            return self.latin_hindi
        return self.for_language(language_code) if script == "other" else self.hindi

    def for_language(self, language_code: str | None) -> Catalogue:
        """The catalogue for a person whose Telegram is in `language_code` (IETF tag), if it is told."""
        primary = (language_code or "hi").partition("-")[0].lower()
        return self.hindi if primary == "hi" else self.english


def load() -> Catalogues:
    """The catalogues that are part of the package."""
    return Catalogues(hindi=_read("hi"), latin_hindi=_read("hi-Latn"), english=_read("en"))


def _read(name: str) -> Catalogue:
    texts: dict[str, Any] = tomllib.loads(
        resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
    )
    return Catalogue(**texts | {"months": tuple(texts["months"]), "menu": Menu(**texts["menu"])})
