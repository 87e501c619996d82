import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import small_news
from bot_in_loop import OPERATORS, running
from standin_client import PATIENCE_S, Person, group
from telegram_shapes import styled

from bot.messages import catalogue
from bot.web.standin import StandIn, serve_standin
from bot.web.standin.faults import Fault
from knowledge.articles import Answer, Article
from knowledge.errors import CorruptGeneration
from knowledge.library import Library

TEXTS = catalogue.load()
BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"
TOKEN = "123456789:AAHfiqksKZ8WmHBbmYV3yNzbJ1Fi5iQyZzQ"


class BrokenLibrary:
    """A library whose shelves have fallen."""

    generation, articles, passages = "20260101T000000-broken", 0, 0

    def ask(self, question: str, limit: int = 5) -> Answer:
        raise OSError(f"shelf 7 is gone, {TOKEN} and all")

    def refresh(self) -> bool:
        return False


class SpoiltRefresh:
    """A real library whose next generation can't be read."""

    is_spoilt = False

    def __init__(self, library: Library) -> None:
        self.generation, self.articles, self.passages = library.generation, library.articles, library.passages
        self.ask = library.ask

    def refresh(self) -> bool:
        if self.is_spoilt:
            raise CorruptGeneration("generations/2026: impacts.npy is cut short")
        return False


@asynccontextmanager
async def served_by(library: Any) -> AsyncIterator[tuple[StandIn, Person, Person]]:
    """The running bot, an operator who has talked to it, and somebody who asks."""
    async with serve_standin() as standin, Person(standin.origin, id=OPERATORS) as operator:
        await operator.say("/start")
        async with running(library, standin), Person(standin.origin) as meera:
            await operator.next_reply()
            yield standin, operator, meera


async def test_the_person_gets_a_sentence_and_the_operators_the_report():
    async with served_by(BrokenLibrary()) as (_, operator, meera):
        assert (await meera.ask(BRIDGE))["text"] == TEXTS.hindi.error
        report = await operator.next_reply()
        assert (await meera.ask("pul kab khulega"))["text"] == TEXTS.latin_hindi.error
        assert len(await operator.replies()) == 2, "the same failure is reported once"
    assert "OSError: shelf 7 is gone" in styled(report, "pre")[0]
    assert TOKEN not in report["text"]
    assert BRIDGE not in report["text"]


async def test_failing_to_report_doesnt_keep_the_sentence_from_the_person():
    async with served_by(BrokenLibrary()) as (_, operator, meera):
        await operator.set_bot_status("kicked")
        assert (await meera.ask(BRIDGE))["text"] == TEXTS.hindi.error


async def test_who_blocked_the_bot_is_not_reported_and_others_are_answered(library):
    async with serve_standin() as standin, Person(standin.origin) as meera:
        await meera.say(BRIDGE)
        await meera.set_bot_status("kicked")
        async with running(library, standin), Person(standin.origin, id=OPERATORS) as operator:
            assert "तीन महीने" in (await operator.ask(BRIDGE))["text"]
            await operator.ask("/help")
            assert len(await operator.replies()) == 2
        assert await meera.replies() == []


async def test_a_generation_that_cant_be_read_is_reported_and_the_old_one_answers(library):
    spoilt = SpoiltRefresh(library)
    async with served_by(spoilt) as (_, operator, meera):
        spoilt.is_spoilt = True
        assert "impacts.npy is cut short" in (await operator.next_reply())["text"]
        assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]


async def test_a_new_generation_answers_without_a_restart(tmp_path):
    library = small_news.library(tmp_path)
    rain = Article("varsha", "मेघपुर में भारी वर्षा", "मेघपुर में मंगलवार को दो सौ मिलीमीटर वर्षा दर्ज हुई।")
    async with serve_standin() as standin, running(library, standin), Person(standin.origin) as meera:
        question = "मेघपुर में कितनी वर्षा हुई?"
        assert (await meera.ask(question))["text"].startswith(TEXTS.hindi.no_answer)
        await asyncio.to_thread(small_news.publish, tmp_path, (*small_news.ALL, rain))
        async with asyncio.timeout(PATIENCE_S):
            while "दो सौ मिलीमीटर" not in (await meera.ask(question))["text"]:
                pass


@pytest.mark.parametrize(
    "trouble",
    [
        Fault(trouble="flood", method="sendMessage", times=2, retry_after=1),
        Fault(trouble="server_error", method="sendMessage", times=2, status=502),
        Fault(trouble="drop", method="sendMessage"),
        Fault(trouble="server_error", method="getUpdates", times=2, status=502),
        Fault(trouble="conflict", method="getUpdates", times=2),
        Fault(trouble="drop", method="getUpdates"),
    ],
    ids=lambda fault: f"{fault.trouble} {fault.method}",
)
async def test_an_answer_comes_through_trouble(library, trouble):
    async with serve_standin() as standin, running(library, standin), Person(standin.origin) as meera:
        standin.faults.add(trouble)
        assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]


async def test_the_operators_are_told_of_a_second_instance(library):
    async with served_by(library) as (standin, operator, _):
        standin.faults.add(Fault(trouble="conflict", method="getUpdates"))
        await operator.say("/help")  # ends the long poll that runs
        replies = [(await operator.next_reply())["text"] for _ in range(2)]
    assert sum("Another instance is running" in text for text in replies) == 1


async def test_a_group_that_forbids_writing_is_no_fault(library):
    async with serve_standin() as standin, Person(standin.origin, chat=group()) as ravi:
        await ravi.set_bot_status("member")
        await ravi.set_bot_status("left")
        async with running(library, standin), Person(standin.origin, id=OPERATORS) as operator:
            await operator.ask("/start")
            await operator.ask("/help")
            assert len(await operator.replies()) == 2
