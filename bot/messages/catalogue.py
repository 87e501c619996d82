"""Everything the bot says, in the languages that it speaks."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from knowledge.articles import Script
from knowledge.language.concepts import script_of

OF_THE_SAMPLE = "मंगलयान मंगल की कक्षा में कब पहुँचा?", "mangalyaan mangal ki kaksha mein kab pahuncha?"
"""Questions that the sample corpus answers."""


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
    new: str
    changed: str
    gone: str
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
    i_am_well: str
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
    operate: OperatorTexts

    def date(self, day: date) -> str:
        """The date as people write it: `7 अप्रैल 2021`."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The catalogues, and the choice between them.

    `menus` are by the language of Telegram that shows them, None for all others: it knows no scripts.
    """

    hindi: Catalogue
    latin_hindi: Catalogue
    english: Catalogue
    menus: Mapping[str | None, Menu]

    def for_script(self, script: Script) -> Catalogue:
        """The catalogue for Hindi in these letters."""
        return self.latin_hindi if script == "latin" else self.hindi

    def for_language(self, language_code: str | None) -> Catalogue:
        """The catalogue for whose Telegram is in `language_code` (IETF tag), Hindi if none is told."""
        primary, *more = (language_code or "hi").lower().split("-")
        if primary != "hi":
            return self.english
        return self.latin_hindi if "latn" in more else self.hindi


def load(examples: Sequence[str] = OF_THE_SAMPLE) -> Catalogues:
    """The catalogues that are part of the package.

    `examples` are questions to try, by default those that the sample corpus answers. A newcomer is shown
    the first in each script, beginning with the own one; without any, the plain invitation.
    """
    hindi, latin_hindi, english = map(_read, ("hi", "hi-Latn", "en"))
    menus = {"hi": Menu(**hindi.pop("menu")), None: Menu(**english.pop("menu"))}
    in_devanagari, in_latin = (_firsts(examples, script) for script in ("devanagari", "latin"))
    return Catalogues(
        _catalogue(hindi, in_devanagari),
        _catalogue(latin_hindi, in_latin),
        _catalogue(english, in_latin),
        menus,
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def _firsts(examples: Sequence[str], own: str) -> list[str]:
    """The first of the own script, if any, then the first of another."""
    by_script: dict[bool, str] = {}
    for example in examples:
        by_script.setdefault(script_of(example) == own, example)
    return [by_script[is_own] for is_own in (True, False) if is_own in by_script]


def _catalogue(texts: Mapping[str, Any], examples: Sequence[str]) -> Catalogue:
    parts = {"operate": OperatorTexts(**texts["operate"]), "months": tuple(texts["months"])}
    said = {name: text for name, text in texts.items() if name != "for_example"} | parts
    if examples:
        label = texts["for_example"]
        said["start"] = "\n".join([f"{texts['start']}\n\n{label}", *examples])
        said["ask_usage"] = f"{texts['ask_usage']} {label} /ask {examples[0]}"
    return Catalogue(**said)
