from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from asked import NOON
from bot_in_loop import keeping, running, settings
from standin_client import Json, Person, group
from telegram import Update
from telegram_shapes import MEERA

from bot import app
from bot.messages import catalogue
from bot.questions.keeper import Keeper
from bot.questions.log import FILE, QuestionsLog
from bot.web.standin import StandIn, serve_standin
from bot.web.standin.faults import Fault
from knowledge.library import Library

TEXTS = catalogue.load()
BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"
IN_VAIN = "मेघपुर में मेट्रो कब चलेगी?"


@pytest.fixture
async def telegram(library: Library, tmp_path: Path) -> AsyncIterator[StandIn]:
    async with keeping(library, tmp_path) as standin:
        yield standin


def rows(message: Json) -> list[list[str]]:
    """The texts of the buttons below a message."""
    keyboard = message.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]
    return [[button["text"] for button in row] for row in keyboard]


async def vote(person: Person, answer: Json, sign: str) -> tuple[str, Json]:
    """Presses the button with this sign; what the person is told, and the message after that."""
    button = next(text for row in rows(answer) for text in row if text.startswith(sign))
    pressed = await person.press(answer, button)
    told = await person.next_event("answer")
    assert told["content"]["callback_query_id"] == pressed
    return told["content"]["text"], await edited(person)


async def edited(person: Person) -> Json:
    """The bot's message that is edited next."""
    while not (message := (await person.next_event("edited"))["content"])["from"]["is_bot"]:
        pass
    return dict(message)


def counted(folder: Path) -> tuple[int, int]:
    """The good and the bad votes in the log."""
    with QuestionsLog.open(folder / FILE) as log:
        counts = log.counts(NOON)
    return sum(each.good for each in counts), sum(each.bad for each in counts)


async def test_a_vote_is_thanked_for_shown_and_can_be_changed(telegram, tmp_path):
    source = TEXTS.hindi.open_source
    async with Person(telegram.origin) as meera:
        answer = await meera.ask(BRIDGE)
        assert rows(answer) == [[source], ["👍", "👎"]]
        said, liked = await vote(meera, answer, "👍")
        assert said == TEXTS.hindi.voted
        assert rows(liked) == [[source], ["👍 ✓", "👎"]]
        assert counted(tmp_path) == (1, 0)
        _, disliked = await vote(meera, liked, "👎")
    assert rows(disliked) == [[source], ["👍", "👎 ✓"]]
    assert counted(tmp_path) == (0, 1)
    for part in ("text", "entities"):
        assert disliked[part] == answer[part]
    assert disliked["reply_markup"]["inline_keyboard"][0] == answer["reply_markup"]["inline_keyboard"][0]


async def test_the_same_vote_again_is_thanked_for_and_changes_nothing(telegram, tmp_path):
    async with Person(telegram.origin) as meera:
        _, liked = await vote(meera, await meera.ask(BRIDGE), "👍")
        await meera.press(liked, "👍 ✓")
        assert (await meera.next_event("answer"))["content"]["text"] == TEXTS.hindi.voted
        assert (await meera.ask("/help"))["text"] == TEXTS.hindi.help
    assert counted(tmp_path) == (1, 0)


async def test_the_thanks_are_in_the_letters_of_the_question(telegram):
    async with Person(telegram.origin, language_code="en") as jan:
        said, _ = await vote(jan, await jan.ask(BRIDGE), "👎")
        assert said == TEXTS.hindi.voted
        said, _ = await vote(jan, await jan.ask("champa nadi ka pul kitne din band rahega"), "👎")
        assert said == TEXTS.latin_hindi.voted


async def test_in_a_group_everybody_votes_and_the_votes_are_counted(telegram, tmp_path):
    async with (
        Person(telegram.origin, chat=group()) as ravi,
        Person(telegram.origin, 502, chat=group()) as meera,
    ):
        await ravi.set_bot_status("member")
        await ravi.next_reply()
        answer = await ravi.ask(f"/ask {BRIDGE}")
        _, once = await vote(ravi, answer, "👍")
        assert rows(once)[-1] == ["👍 1", "👎"]
        await meera.press(once, "👍 1")
        twice = await edited(ravi)
        assert rows(twice)[-1] == ["👍 2", "👎"]
        _, parted = await vote(ravi, twice, "👎")
    assert rows(parted)[-1] == ["👍 1", "👎 1"]
    assert counted(tmp_path) == (1, 1)


async def test_a_refusal_and_a_command_offer_no_vote(telegram):
    async with Person(telegram.origin) as meera:
        for said in (IN_VAIN, "/help"):
            assert "reply_markup" not in await meera.ask(said)


async def test_who_keeps_nothing_asks_for_no_vote(library, tmp_path):
    async with keeping(library, tmp_path, days=0) as standin, Person(standin.origin) as meera:
        assert rows(await meera.ask(BRIDGE)) == [[TEXTS.hindi.open_source]]


async def test_an_edited_question_has_an_answer_with_votes_of_its_own(telegram, tmp_path):
    async with Person(telegram.origin) as meera:
        said = await meera.say(IN_VAIN)
        await meera.next_reply()
        await meera.edit(said["message_id"], BRIDGE)
        answer = await edited(meera)
        _, liked = await vote(meera, answer, "👍")
        await meera.edit(said["message_id"], "नीलम यादव ने कौन सा पदक जीता?")
        assert rows(await edited(meera))[-1] == ["👍", "👎"]
    assert rows(liked)[-1] == ["👍 ✓", "👎"]
    assert counted(tmp_path) == (1, 0)


async def test_where_the_question_is_deleted_the_buttons_go_kindly(telegram, tmp_path):
    async with Person(telegram.origin) as meera:
        answer = await meera.ask(BRIDGE)
        await vote(meera, answer, "👍")
        await meera.ask("/forget")
        said, left = await vote(meera, answer, "👎")
    assert said == TEXTS.hindi.vote_is_gone
    assert rows(left) == [[TEXTS.hindi.open_source]]
    assert counted(tmp_path) == (0, 0)


async def test_a_vote_outlives_a_restart_on_either_side(library, tmp_path):
    async with serve_standin() as standin, Person(standin.origin) as meera:
        async with Keeper(tmp_path, 90).running() as keeper, running(library, standin, keeper):
            answer = await meera.ask(BRIDGE)
        await meera.press(answer, "👎")
        async with Keeper(tmp_path, 90).running() as keeper, running(library, standin, keeper):
            shown = await edited(meera)
    assert rows(shown)[-1] == ["👍", "👎 ✓"]
    assert counted(tmp_path) == (0, 1)


async def test_a_vote_that_cant_be_kept_is_told_and_can_be_given_later(library, tmp_path, caplog):
    async with keeping(library, tmp_path) as standin, Person(standin.origin, language_code="en") as jan:
        answer = await jan.ask(BRIDGE)
        await vote(jan, answer, "👍")  # by now, the question is written
        (tmp_path / FILE).rename(tmp_path / "aside")
        (tmp_path / FILE).mkdir()
        await jan.press(answer, "👎")
        assert (await jan.next_event("answer"))["content"]["text"] == TEXTS.hindi.vote_failed
        (tmp_path / FILE).rmdir()
        (tmp_path / "aside").rename(tmp_path / FILE)
        said, _ = await vote(jan, answer, "👎")
    assert said == TEXTS.hindi.voted
    assert any(FILE in each.message for each in caplog.records if each.levelname == "ERROR")


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageReplyMarkup"])
async def test_a_vote_counts_through_trouble_with_the_button(telegram: StandIn, tmp_path, method):
    telegram.faults.add(Fault(trouble="flood", method=method, retry_after=600))
    async with Person(telegram.origin) as meera:
        await meera.press(await meera.ask(BRIDGE), "👍")
        assert (await meera.ask("/help"))["text"] == TEXTS.hindi.help
    assert counted(tmp_path) == (1, 0)


async def test_a_vote_below_a_message_that_is_gone_counts(library, tmp_path):
    async with (
        serve_standin() as standin,
        Person(standin.origin) as meera,
        Keeper(tmp_path, 90).running() as keeper,
    ):
        async with running(library, standin, keeper):
            answer = await meera.ask(BRIDGE)
        data = answer["reply_markup"]["inline_keyboard"][-1][1]["callback_data"]
        assert len(data.encode()) <= 64
        service = app.build(settings(standin.token, standin.origin), library, keeper)
        async with service.application as application:
            message = {"message_id": answer["message_id"], "chat": answer["chat"], "date": 0}
            query = {"id": "1", "from": MEERA, "chat_instance": "1", "data": data, "message": message}
            update = {"update_id": 1, "callback_query": query}
            await application.process_update(Update.de_json(update, application.bot))
    assert counted(tmp_path) == (0, 1)


async def test_nobodys_id_stands_in_the_log(telegram, tmp_path):
    async with Person(telegram.origin, id=987_650_123) as meera:
        await vote(meera, await meera.ask(BRIDGE), "👍")
    assert counted(tmp_path) == (1, 0)
    assert b"987650123" not in (tmp_path / FILE).read_bytes()
