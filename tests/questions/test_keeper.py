import asyncio
import json
import logging
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
import small_news
from asked import NOON

from bot.questions.keeper import MOST_WAITING, Keeper
from bot.questions.log import FILE, Asked, QuestionsLog, Votes
from bot.questions.masking import PHONE
from bot.questions.person import KEY_FILE
from knowledge.articles import Answer, Hit, Passage
from knowledge.errors import KhabarError, StoreError

QUESTION = "ट्रंप ने टैरिफ कब लगाया?"


def answer(question: str = QUESTION, answered: bool = False) -> Answer:
    ranked = tuple(
        Hit(Passage(small_news.BRIDGE, number, small_news.BRIDGE.text), 1.0, (), (0, 1)) for number in (4, 2)
    )
    return Answer(question, "devanagari", answered, 0.25, ranked, "g1", 8.0)


def kept(folder: Path) -> list[Asked]:
    with QuestionsLog.open(folder / FILE) as log:
        return log.unanswered(NOON)


@pytest.fixture
def keep(tmp_path, clock):
    def make(days: int = 90, **more) -> Keeper:
        return Keeper(tmp_path, days, now=clock, monotonic=clock.monotonic, **more)

    return make


async def test_a_question_is_written_masked_and_without_who_asked(keep, tmp_path):
    async with keep().running() as keeper:
        keeper.remember(answer("मेरा नंबर 98765 43210 है, भाव बताइए"), 501, "private")
        keeper.remember(answer(), 501, "group")
        keeper.remember(answer(), 502, "group")
        keeper.remember(answer(), None, "group")

    first, second, third, fourth = kept(tmp_path)
    assert first.question == f"मेरा नंबर {PHONE} है, भाव बताइए"
    assert (first.time, first.script, first.confidence, first.took_ms) == (NOON, "devanagari", 0.25, 8.0)
    assert (first.generation, first.chat, second.chat) == ("g1", "private", "group")
    assert first.person == second.person != third.person
    assert fourth.person is None


async def test_of_the_passages_those_are_kept_that_were_shown(keep, tmp_path):
    async with keep().running() as keeper:
        keeper.remember(answer(answered=True), 501, "private")
        keeper.remember(answer(), 501, "private")
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        rows = connection.execute("SELECT answered, passages FROM questions ORDER BY number").fetchall()
    assert rows == [(1, json.dumps([answer().ranked[0].passage.id])), (0, "[]")]


async def test_an_answer_after_the_end_is_no_fault(keep, tmp_path, caplog):
    async with keep().running() as keeper:
        keeper.remember(answer("पहले"), 501, "private")
    keeper.remember(answer("बाद में"), 501, "private")
    assert [each.question for each in kept(tmp_path)] == ["पहले"]
    assert len(errors(caplog)) == 1


async def test_half_a_surrogate_pair_is_no_obstacle(keep, tmp_path):
    async with keep().running() as keeper:
        keeper.remember(answer("भाव \ud83d?"), 501, "private")
    assert [each.question for each in kept(tmp_path)] == ["भाव ??"]


async def test_who_wants_to_be_forgotten_is_with_what_was_just_asked(keep, tmp_path):
    async with keep().running() as keeper:
        for person in (501, 502, 501):
            keeper.remember(answer(), person, "private")
        assert await keeper.forget(501) == 2
        assert await keeper.forget(501) == 0
    assert len(kept(tmp_path)) == 1


async def test_a_vote_comes_after_its_question_however_soon(keep, tmp_path):
    async with keep().running() as keeper:
        question = keeper.remember(answer(answered=True), 501, "private")
        assert question
        assert await keeper.vote(question, 502, True) == Votes("devanagari", good=1, bad=0)
        assert await keeper.vote(question, 501, False) == Votes("devanagari", good=1, bad=1)
        assert await keeper.vote(question, 502, False) == Votes("devanagari", good=0, bad=2)
        assert await keeper.forget(502) == 0
        assert await keeper.vote(question, 501, False) == Votes("devanagari", good=0, bad=1)
    assert b"502" not in (tmp_path / FILE).read_bytes()


async def test_what_isnt_kept_cant_be_voted_on(keep, tmp_path):
    async with keep().running() as keeper:
        assert await keeper.vote("never-asked", 501, True) is None
        assert list(tmp_path.iterdir()) == []
    assert keeper.remember(answer(), 501, "private") is None, "the log is closed"
    async with keep(days=0).running() as keeper:
        assert keeper.remember(answer(), 501, "private") is None


async def test_voting_says_when_it_cant(keep, tmp_path):
    damage(tmp_path)
    with pytest.raises(StoreError, match="move the file aside"):
        await keep().vote("q1", 501, True)


async def test_nobody_is_known_where_nothing_was_kept(keep, tmp_path):
    async with keep().running() as keeper:
        assert await keeper.forget(501) == 0
    assert list(tmp_path.iterdir()) == []


async def test_what_is_outdated_goes_at_the_start_and_daily(keep, tmp_path, clock):
    asleep, wake = asyncio.Event(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        assert seconds == 24 * 3600
        asleep.set()
        await wake.wait()
        wake.clear()

    async with keep(days=2).running() as keeper:
        keeper.remember(answer("पहला"), 501, "private")
    clock.advance(days=1)
    async with keep(days=2).running() as keeper:
        keeper.remember(answer("दूसरा"), 501, "private")
    clock.advance(days=1, seconds=1)
    async with keep(days=2, sleep=sleep).running() as keeper:
        await asyncio.wait_for(asleep.wait(), 60)
        await drained(keeper)
        assert [each.question for each in kept(tmp_path)] == ["दूसरा"]
        clock.advance(days=1)
        asleep.clear()
        wake.set()
        await asyncio.wait_for(asleep.wait(), 60)
        await drained(keeper)
        assert kept(tmp_path) == []


async def test_zero_days_keep_nothing_and_delete_what_was_kept(keep, tmp_path, clock):
    async with keep().running() as keeper:
        keeper.remember(answer(), 501, "private")
    clock.advance(seconds=1)
    async with keep(days=0).running() as keeper:
        keeper.remember(answer(), 501, "private")
    assert kept(tmp_path) == []


async def test_zero_days_make_no_file(keep, tmp_path):
    async with keep(days=0).running() as keeper:
        keeper.remember(answer(), 501, "private")
    assert list(tmp_path.iterdir()) == []


def damage(folder: Path) -> None:
    (folder / FILE).write_bytes(b"not a database" * 100)


def damage_key(folder: Path) -> None:
    (folder / KEY_FILE).write_bytes(b"short")


def block(folder: Path) -> None:
    (folder / FILE).mkdir()


def block_key(folder: Path) -> None:
    (folder / KEY_FILE).mkdir()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (damage, "questions.sqlite3: file is not a database: it is damaged"),
        (block, "questions.sqlite3: unable to open database file: make sure"),
        (damage_key, "questions.key: must hold 32 bytes"),
        (block_key, "questions.key: can't be read or made (Is a directory)"),
    ],
)
async def test_a_log_that_cant_be_written_is_told_of_once_an_hour(keep, tmp_path, clock, caplog, fault, told):
    fault(tmp_path)
    keeper = keep()
    for _ in range(3):
        keeper.remember(answer(), 501, "private")
    await drained(keeper)
    clock.advance(minutes=59)
    keeper.remember(answer(), 501, "private")
    await drained(keeper)
    assert len(errors(caplog)) == 1
    assert told in errors(caplog)[0]
    clock.advance(minutes=1)
    keeper.remember(answer(), 501, "private")
    async with keeper.running():
        pass
    assert len(errors(caplog)) == 2
    assert lost(caplog) == 5


async def test_what_is_asked_while_a_loss_is_told_is_counted_as_well(tmp_path, clock, caplog):
    damage(tmp_path)
    meanwhile = [answer()]

    def monotonic() -> float:
        if meanwhile:
            keeper.remember(meanwhile.pop(), 501, "private")
        return clock.monotonic()

    keeper = Keeper(tmp_path, 90, now=clock, monotonic=monotonic)
    keeper.remember(answer(), 501, "private")
    await drained(keeper)
    clock.advance(hours=1)
    keeper.remember(answer(), 501, "private")
    async with keeper.running():
        pass
    assert lost(caplog) == 3


async def drained(keeper: Keeper) -> None:
    """Until all that was remembered so far has been written, or given up."""
    with suppress(KhabarError):
        await keeper.forget(0)


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.message for each in caplog.records if "couldn't be kept" in each.message]


def lost(caplog: pytest.LogCaptureFixture) -> int:
    """How many questions the log says were lost."""
    return sum(int(message.split("answered: ")[1].split(" ")[0]) for message in errors(caplog))


async def test_once_the_file_can_be_written_again_it_is(keep, tmp_path):
    damage(tmp_path)
    async with keep().running() as keeper:
        keeper.remember(answer("खोया"), 501, "private")
        await drained(keeper)
        (tmp_path / FILE).unlink()
        keeper.remember(answer("पाया"), 501, "private")
    assert [each.question for each in kept(tmp_path)] == ["पाया"]


async def test_forgetting_says_when_it_cant(keep, tmp_path):
    damage(tmp_path)
    with pytest.raises(StoreError, match="move the file aside"):
        await keep().forget(501)


async def test_while_the_file_is_locked_asking_goes_on_and_what_is_too_much_is_lost(keep, tmp_path, caplog):
    async with keep().running() as keeper:
        keeper.remember(answer("पहला"), 501, "private")
    keeper = keep()
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for _ in range(MOST_WAITING + 5):
            keeper.remember(answer("और"), 501, "private")
        other.execute("COMMIT")
    async with keeper.running():
        pass
    assert [each.question for each in kept(tmp_path)] == ["पहला"] + ["और"] * MOST_WAITING
    assert caplog.record_tuples[-1][1] == logging.ERROR
