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
    reload: str
    status: str
    rollback: str
    sources: str
    add: str
    remove: str
    unanswered: str


@dataclass(frozen=True, slots=True)
class OperatorTexts:
    """What only those hear who run the bot."""

    starting: str
    reading: str
    indexing: str
    checking: str
    publishing: str
    running: str
    published: str
    unchanged: str
    nothing_due: str
    counts: str
    skipped: str
    sources_failed: str
    refused: str
    busy: str
    failed: str
    generation: str
    held: str
    last_reload: str
    result_published: str
    result_unchanged: str
    result_refused: str
    result_failed: str
    result_died: str
    source: str
    source_failed: str
    never: str
    folder: str
    page: str
    feed: str
    sitemap: str
    web: str
    article: str
    rollback_question: str
    rollback_yes: str
    rolled_back: str
    outdated: str
    add_usage: str
    added: str
    let_in: str
    remove_usage: str
    remove_source: str
    remove_article: str
    remove_yes: str
    source_removed: str
    article_removed: str
    of_the_settings: str
    unknown: str
    topic: str
    nothing_wanted: str
    trouble: str


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
    welcome: str
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
    also: str
    open_source: str
    voted: str
    vote_is_gone: str
    vote_failed: str
    menu: Menu
    operate: OperatorTexts

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
    parts = {"menu": Menu(**texts["menu"]), "operate": OperatorTexts(**texts["operate"])}
    return Catalogue(**texts | parts | {"months": tuple(texts["months"])})
