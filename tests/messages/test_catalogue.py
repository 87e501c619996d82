from dataclasses import fields
from datetime import date
from string import Formatter

import pytest
from telegram.constants import CallbackQueryLimit

from bot.messages import catalogue
from bot.messages.catalogue import Catalogue
from bot.messages.text import size_utf16
from knowledge.language.concepts import script_of

ALL = catalogue.load()


def texts(catalogue: Catalogue) -> dict[str, str]:
    said = {f.name: getattr(catalogue, f.name) for f in fields(catalogue)}
    operate = said.pop("operate")
    return said | {f"operate.{f.name}": getattr(operate, f.name) for f in fields(operate)}


def placeholders(text: object) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(str(text)) if name is not None}


@pytest.mark.parametrize("each", [ALL.hindi, ALL.latin_hindi, ALL.english])
def test_every_catalogue_says_all_that_the_hindi_one_says(each):
    hindi, other = texts(ALL.hindi), texts(each)
    assert {name: placeholders(text) for name, text in other.items()} == {
        name: placeholders(text) for name, text in hindi.items()
    }
    assert all(other.values())
    assert len(each.months) == 12


@pytest.mark.parametrize("each", [ALL.hindi, ALL.latin_hindi, ALL.english])
def test_telegram_takes_the_texts(each):
    assert all(size_utf16(str(text)) <= 4096 for text in texts(each).values())


@pytest.mark.parametrize("language_code", ["hi", None])
def test_telegram_takes_the_menus(language_code):
    menu = ALL.menus[language_code]
    said = {f.name: getattr(menu, f.name) for f in fields(menu)}
    assert all(said.values())
    assert len(said.pop("description")) <= 512
    assert len(said.pop("short_description")) <= 120
    assert max(map(len, said.values())) <= 256


@pytest.mark.parametrize("each", [ALL.hindi, ALL.latin_hindi, ALL.english])
def test_a_newcomer_sees_a_question_in_either_script(each):
    examples = [line for line in each.start.splitlines() if line.endswith("?")]
    assert f"/ask {examples[0]}" in each.ask_usage
    assert sorted(map(script_of, examples)) == ["devanagari", "latin"]


def test_the_example_is_the_first_in_the_own_script_else_the_first():
    hall, bazaar, metro = "टाउन हॉल कब बना?", "bazaar kab khulta hai?", "मेट्रो कब चलेगी?"
    plain, both = catalogue.load([]), catalogue.load([hall, bazaar, metro])
    assert both.hindi.start == f"{plain.hindi.start}\n\nजैसे:\n{hall}\n{bazaar}"
    assert both.hindi.ask_usage == f"{plain.hindi.ask_usage} जैसे: /ask {hall}"
    assert both.latin_hindi.ask_usage == f"{plain.latin_hindi.ask_usage} Jaise: /ask {bazaar}"
    assert both.english.start == f"{plain.english.start}\n\nFor example:\n{bazaar}\n{hall}"
    only = catalogue.load([metro, hall])
    assert only.english.start == f"{plain.english.start}\n\nFor example:\n{metro}"


def test_who_writes_latin_letters_is_answered_in_them():
    said = texts(catalogue.load([]).latin_hindi)
    assert {name for name, text in said.items() if script_of(str(text)) != "latin"} == set()


@pytest.mark.parametrize("each", [ALL.hindi, ALL.latin_hindi, ALL.english])
def test_what_a_press_is_answered_with_fits(each):
    for text in (
        each.meant_is_gone, each.voted, each.vote_is_gone, each.vote_failed, each.operate.outdated,
    ):  # fmt: skip
        assert len(text) <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH


def test_a_date_as_people_write_it():
    assert ALL.hindi.date(date(2021, 4, 7)) == "7 अप्रैल 2021"


@pytest.mark.parametrize(
    ("language_code", "language"),
    [
        ("hi-IN", "hi"), (None, "hi"), ("hi-Latn", "hi-Latn"), ("hi-Latn-IN", "hi-Latn"),
        ("en", "en"), ("bn", "en"),
    ],
)  # fmt: skip
def test_without_a_word_the_language_of_telegram_chooses(language_code, language):
    assert ALL.for_language(language_code).language == language
