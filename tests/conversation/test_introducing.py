import pytest
from bot_in_loop import running
from standin_client import Person

from bot.messages import catalogue
from bot.settings import CorpusSettings, GoldenQuestion, ReloadSettings, SourceSettings
from bot.web.standin import StandIn, serve_standin
from bot.web.standin.faults import Fault

TEXTS = catalogue.load()


@pytest.mark.parametrize(
    ("language_code", "texts"),
    [
        ("hi", TEXTS.hindi),
        ("hi-IN", TEXTS.hindi),
        ("hi-Latn", TEXTS.latin_hindi),
        (None, TEXTS.hindi),
        ("de", TEXTS.english),
    ],
)  # fmt: skip
async def test_it_introduces_itself_in_the_language_of_the_persons_telegram(
    telegram: StandIn, language_code, texts
):
    async with Person(telegram.origin, language_code=language_code) as person:
        assert (await person.ask("/start"))["text"] == texts.start
        assert (await person.ask("/help"))["text"] == texts.help


@pytest.mark.parametrize(
    ("golden", "start"),
    [
        ((), catalogue.load([]).hindi.start),
        (("टाउन हॉल  कब बना?",), catalogue.load(["टाउन हॉल कब बना?"]).hindi.start),
    ],
)
async def test_a_newspapers_own_corpus_is_introduced_by_its_golden_questions_or_none(library, golden, start):
    own = CorpusSettings(sources=(SourceSettings(location="news"),))
    reload = ReloadSettings(golden=tuple(GoldenQuestion(question=each, article="a.md") for each in golden))
    async with (
        serve_standin() as standin,
        running(library, standin, corpus=own, reload=reload),
        Person(standin.origin) as meera,
    ):
        assert (await meera.ask("/start"))["text"] == start
        assert "मंगलयान" not in (await meera.ask("/ask"))["text"]


async def test_a_deep_link_starts_as_well(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        assert (await meera.ask("/start article-42"))["text"] == TEXTS.hindi.start


async def test_about_tells_how_much_it_knows(telegram: StandIn, library):
    async with Person(telegram.origin) as meera:
        text = (await meera.ask("/about"))["text"]
    assert text == TEXTS.hindi.about.format(articles=4, passages=library.passages)


async def test_an_unknown_command_gets_the_help(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        assert (await meera.ask("/weather"))["text"] == TEXTS.hindi.help


async def test_the_menu_is_in_hindi_and_for_all_others_in_english(telegram: StandIn):
    async with Person(telegram.origin) as meera, Person(telegram.origin, language_code="de") as jan:
        while [call.method for call in telegram.calls.made].count("setMyShortDescription") < 2:
            await meera.ask("/start")  # the menu is registered while the bot answers already
        for_meera, for_jan = await meera.about_bot(), await jan.about_bot()
    assert [command["command"] for command in for_meera["commands"]] == ["help", "about", "privacy", "forget"]
    assert for_meera["commands"][0]["description"] == TEXTS.menus["hi"].help
    assert for_jan["commands"][0]["description"] == TEXTS.menus[None].help
    assert for_meera["description"] == TEXTS.menus["hi"].description
    assert for_jan["short_description"] == TEXTS.menus[None].short_description


async def test_the_bot_answers_without_a_menu(library):
    async with serve_standin() as standin:
        standin.faults.add(Fault(trouble="flood", method="setMyCommands", retry_after=3600))
        async with running(library, standin), Person(standin.origin) as meera:
            assert (await meera.ask("/start"))["text"] == TEXTS.hindi.start
        assert "setMyDescription" not in [call.method for call in standin.calls.made]
