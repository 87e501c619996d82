import httpx
import pytest
from bot_in_loop import running, settings
from helpful_library import BRIDGE, MISSPELT, NEARLY, VAGUE, HelpfulLibrary
from standin_client import Json, Person, group
from telegram import Update
from telegram_shapes import MEERA, styled

from bot import app
from bot.messages import catalogue
from bot.web.standin import StandIn, serve_standin
from bot.web.standin.faults import Fault
from knowledge.articles import Answer

TEXTS = catalogue.load()
YES = TEXTS.hindi.yes_meant


@pytest.fixture
def library(library) -> HelpfulLibrary:
    return HelpfulLibrary(library)


async def suggestion(person: Person, ask: str = MISSPELT) -> Json:
    """Asks what is misspelt; the bot's message with the button."""
    reply = await person.ask(ask)
    assert styled(reply, "bold") == [BRIDGE]
    return reply


async def test_an_unsure_answer_begins_by_saying_so(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        reply = await meera.ask(VAGUE)
    assert reply["text"].startswith(TEXTS.hindi.unsure)
    assert "तीन महीने" in styled(reply, "expandable_blockquote")[0]


async def test_a_refusal_offers_nearby_headlines(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        reply = await meera.ask(NEARLY)
    lines = f"{TEXTS.hindi.nearby}\n• पहलवान नीलम यादव ने राज्य कुश्ती में स्वर्ण जीता · 30 नवंबर 2023"
    assert reply["text"] == f"{TEXTS.hindi.no_answer}\n\n{lines}"
    assert reply["reply_markup"]["inline_keyboard"] == [
        [{"text": "चंपा नदी का पुराना पुल मरम्मत के लिए बंद", "url": "https://news.example.com/champa/pul"}]
    ]
    assert reply["link_preview_options"] == {"is_disabled": True}


async def test_the_button_asks_what_was_meant_and_goes(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        offered = await suggestion(meera)
        pressed = await meera.press(offered, YES)
        assert (await meera.next_event("answer"))["content"]["callback_query_id"] == pressed
        edited = (await meera.next_event("edited"))["content"]
        assert "तीन महीने" in styled(await meera.next_reply(), "expandable_blockquote")[0]
    assert edited["message_id"] == offered["message_id"]
    assert edited["text"] == offered["text"]
    assert "reply_markup" not in edited


async def test_a_word_misspelt_in_earnest(telegram: StandIn):
    async with Person(telegram.origin) as meera:
        offered = await meera.ask("कुश्टी में स्वर्ण किसने जीता?")
        assert styled(offered, "bold") == ["कुश्ती में स्वर्ण किसने जीता?"]
        await meera.press(offered, YES)
        answer = await meera.next_reply()
    assert "नीलम यादव" in answer["text"]


async def test_in_a_group_anyone_may_press(telegram: StandIn):
    async with (
        Person(telegram.origin, chat=group()) as ravi,
        Person(telegram.origin, 502, chat=group()) as meera,
    ):
        await ravi.set_bot_status("member")
        await ravi.next_reply()
        offered = await suggestion(ravi, f"/ask {MISSPELT}")
        await meera.press(offered, YES)
        reply = await ravi.next_reply()
    assert "तीन महीने" in reply["text"]
    assert reply["reply_to_message"]["message_id"] == offered["message_id"]


async def test_who_presses_is_spoken_to_as_they_wrote(telegram: StandIn):
    async with (
        Person(telegram.origin, chat=group()) as ravi,
        Person(telegram.origin, 502, chat=group()) as meera,
        Person(telegram.origin, 502) as in_private,
    ):
        await ravi.set_bot_status("member")
        await ravi.next_reply()
        await in_private.ask("When was the metro in Surajpur opened?")
        await meera.press(await suggestion(ravi, f"/ask {MISSPELT}"), YES)
        assert "तीन महीने" in (await ravi.next_reply())["text"]
        assert (await in_private.ask("/help"))["text"] == TEXTS.english.help


async def test_who_presses_in_vain_is_told_so_as_they_wrote(library, telegram: StandIn, monkeypatch):
    async with (
        Person(telegram.origin, chat=group()) as ravi,
        Person(telegram.origin, 502, chat=group()) as meera,
    ):
        await ravi.set_bot_status("member")
        await ravi.next_reply()
        offered = await suggestion(ravi, f"/ask {MISSPELT}")
        await meera.say("/ask Who won the match?")
        await ravi.next_reply()
        monkeypatch.setattr(HelpfulLibrary, "ask", fallen)
        await meera.press(offered, YES)
        assert (await ravi.next_reply())["text"] == TEXTS.english.error


def fallen(library: HelpfulLibrary, question: str, limit: int = 5) -> Answer:
    raise OSError("the shelves have fallen")


async def test_a_button_pressed_twice_during_a_restart_asks_once(library):
    async with serve_standin() as standin, Person(standin.origin) as meera:
        async with running(library, standin):
            offered = await suggestion(meera)
        for _ in range(2):
            await meera.press(offered, YES)
        async with running(library, standin):
            assert "तीन महीने" in (await meera.next_reply())["text"]
            assert (await meera.ask("/help"))["text"] == TEXTS.hindi.help
        assert len([e for e in await meera.events() if e["kind"] == "answer"]) == 2


async def test_a_press_that_waited_too_long_still_asks(library):
    async with serve_standin() as standin, Person(standin.origin) as meera:
        async with running(library, standin):
            offered = await suggestion(meera)
        await meera.press(offered, YES)
        standin.world.pressed.clear()  # Telegram: the query is too old
        async with running(library, standin):
            assert "तीन महीने" in (await meera.next_reply())["text"]


async def test_a_suggestion_that_was_deleted_meanwhile_is_asked_all_the_same(library):
    async with serve_standin() as standin, Person(standin.origin) as meera:
        async with running(library, standin):
            offered = await suggestion(meera)
        await meera.press(offered, YES)
        async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
            address = f"{standin.base_url}{standin.token}/deleteMessage"
            await http.post(address, json={"chat_id": meera.id, "message_id": offered["message_id"]})
        async with running(library, standin):
            assert "तीन महीने" in (await meera.next_reply())["text"]


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageReplyMarkup"])
async def test_an_answer_comes_through_trouble_with_the_button(telegram: StandIn, method):
    telegram.faults.add(Fault(trouble="flood", method=method, retry_after=600))
    async with Person(telegram.origin) as meera:
        await meera.press(await suggestion(meera), YES)
        assert "तीन महीने" in (await meera.next_reply())["text"]


async def test_where_the_suggestion_is_gone_the_person_is_told(library):
    async with serve_standin() as standin, Person(standin.origin) as meera:
        async with running(library, standin):
            said = await meera.say(MISSPELT)
            await meera.next_reply()
            await meera.edit(said["message_id"], BRIDGE)
            while "reply_markup" not in (answer := (await meera.next_event("edited"))["content"]):
                pass
        unknown = {"message_id": answer["message_id"], "chat": answer["chat"], "date": 0}
        service = app.build(settings(standin.token, standin.origin), library)
        async with service.application as application:
            for message in (answer, unknown):
                query = {
                    "id": "1",
                    "from": MEERA,
                    "chat_instance": "1",
                    "data": "ask-meant",
                    "message": message,
                }
                update = {"update_id": 1, "callback_query": query}
                await application.process_update(Update.de_json(update, application.bot))
        toasts = [
            call.parameters["text"] for call in standin.calls.made if call.method == "answerCallbackQuery"
        ]
        assert toasts == [TEXTS.hindi.meant_is_gone] * 2
        assert len(await meera.replies()) == 1
