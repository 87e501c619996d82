"""The log of questions of the real program: at a stop, when it is killed, on a full disk."""

import resource
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import small_news
from asked import NOON
from program import Program, khabar, led_to
from standin_client import Person

from bot.messages import catalogue
from bot.questions.log import FILE, QuestionsLog
from bot.web.standin import StandIn, serve_standin
from knowledge.corpus.reload import STORE
from knowledge.corpus.wishes import Wishes

TEXTS = catalogue.load()
IN_VAIN = "मेघपुर में मेट्रो कब चलेगी?"
BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"


@pytest.fixture
def own_data(tmp_path: Path) -> Path:
    """A data folder that serves the small news, and that the schedule leaves alone."""
    small_news.publish(tmp_path / "data")
    with Wishes.open(tmp_path / "data" / STORE) as wishes:
        wishes.wish("hold", datetime.now(UTC))
    return tmp_path / "data"


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with serve_standin() as standin:
        yield standin


@pytest.fixture
async def program(own_data: Path, telegram: StandIn) -> AsyncIterator[Program]:
    options = ("run", "--data-dir", str(own_data))
    async with khabar(*options, folder=own_data.parent, **led_to(telegram)) as program:
        yield program


def kept(data_dir: Path) -> list[str]:
    with QuestionsLog.open(data_dir / FILE) as log:
        return [asked.question for asked in log.unanswered(NOON)]


async def test_at_a_stop_all_that_was_asked_is_in_the_log(program, telegram, own_data):
    async with Person(telegram.origin) as meera:
        for number in range(20):
            await meera.ask(f"{IN_VAIN} {number}")
        assert await program.stop() == 0
    assert kept(own_data) == [f"{IN_VAIN} {number}" for number in range(20)]


async def test_a_killed_program_loses_nothing_that_was_written(program, telegram, own_data):
    async with Person(telegram.origin) as meera, Person(telegram.origin, id=502) as ravi:
        for _ in range(2):
            await meera.ask(IN_VAIN)
        await ravi.ask("/forget")  # comes after what was asked before
        await program.stop(signal.SIGKILL)
    assert kept(own_data) == [IN_VAIN, IN_VAIN]


@pytest.mark.parametrize(("before", "file"), [("/help", "questions.key"), (BRIDGE, FILE)])
async def test_on_a_full_disk_people_are_answered_and_the_program_says_once_what_is_lost(
    program, telegram, own_data, before, file
):
    async with Person(telegram.origin) as meera:
        await meera.ask(before)
        await meera.ask("/forget")  # comes after what was asked before
        resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (1, 1))
        for _ in range(3):
            assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]
        line = await program.wait_for("couldn't be kept")
        assert (await meera.ask("/privacy"))["text"] == TEXTS.hindi.privacy.format(days=90)
        assert await program.stop() == 0
    assert str(own_data / file) in line
    assert program.said.count("couldn't be kept") == 1
    assert "मेघपुर" not in program.said
