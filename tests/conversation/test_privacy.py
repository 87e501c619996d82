from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from asked import NOON
from bot_in_loop import keeping
from standin_client import Person, group

from bot.messages import catalogue
from bot.questions.log import FILE, QuestionsLog
from bot.web.standin import StandIn

TEXTS = catalogue.load()
BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"
IN_VAIN = "मेघपुर में मेट्रो कब चलेगी? बताने के लिए 98765 43210 पर फ़ोन करें"


@asynccontextmanager
async def in_a_group(standin: StandIn) -> AsyncIterator[Person]:
    """Meera, in a group that the bot has joined."""
    async with Person(standin.origin, chat=group()) as meera:
        await meera.set_bot_status("member")
        await meera.next_reply()
        yield meera


async def test_questions_are_kept_masked_with_what_came_of_them(library, tmp_path):
    async with keeping(library, tmp_path) as standin, Person(standin.origin) as meera:
        await meera.ask(BRIDGE)
        await meera.ask(IN_VAIN)
        async with in_a_group(standin) as meera_there:
            await meera_there.ask("/ask surajpur ki metro kab chalegi")
    with QuestionsLog.open(tmp_path / FILE) as log:
        private, in_group = log.unanswered(NOON)
        outcomes = [(count.script, count.outcome, count.questions) for count in log.counts(NOON)]
    assert private.question == "मेघपुर में मेट्रो कब चलेगी? बताने के लिए [☎] पर फ़ोन करें"
    assert (private.chat, in_group.chat) == ("private", "group")
    assert private.person == in_group.person
    assert sorted(outcomes) == [
        ("devanagari", "answered", 1),
        ("devanagari", "unanswered", 1),
        ("latin", "unanswered", 1),
    ]


async def test_privacy_tells_what_is_kept_and_for_how_long(library, tmp_path):
    async with keeping(library, tmp_path, days=45) as standin, Person(standin.origin) as meera:
        assert (await meera.ask("/privacy"))["text"] == TEXTS.hindi.privacy.format(days=45)
        async with Person(standin.origin, language_code="en", id=7) as jan:
            assert (await jan.ask("/privacy"))["text"] == TEXTS.english.privacy.format(days=45)


async def test_who_keeps_nothing_says_so(library, tmp_path):
    async with keeping(library, tmp_path, days=0) as standin, Person(standin.origin) as meera:
        await meera.ask(BRIDGE)
        assert (await meera.ask("/privacy"))["text"] == TEXTS.hindi.privacy_off
        assert (await meera.ask("/forget"))["text"] == TEXTS.hindi.nothing_kept
    assert list(tmp_path.iterdir()) == []


async def test_forget_deletes_what_the_person_asked_here_and_in_groups(library, tmp_path):
    async with keeping(library, tmp_path) as standin, Person(standin.origin) as meera:
        async with Person(standin.origin, id=502) as ravi, in_a_group(standin) as meera_there:
            await meera.ask(BRIDGE)
            await meera_there.ask(f"/ask {BRIDGE}")
            await ravi.ask(BRIDGE)
        assert (await meera.ask("/forget"))["text"] == TEXTS.hindi.forgotten.format(count=2)
        assert (await meera.ask("/forget"))["text"] == TEXTS.hindi.nothing_kept
    with QuestionsLog.open(tmp_path / FILE) as log:
        assert len(log.took_ms(10)) == 1


async def test_in_a_group_the_commands_say_nothing(library, tmp_path):
    async with keeping(library, tmp_path) as standin, in_a_group(standin) as meera:
        await meera.say("/forget")
        await meera.say("/privacy")
        await meera.ask(f"/ask {BRIDGE}")
        assert len(await meera.replies()) == 2, "the greeting and the answer"


@pytest.mark.parametrize(("file", "remedy"), [(FILE, "move the file aside"), ("questions.key", "delete it")])
async def test_with_a_damaged_log_everybody_is_answered_and_the_operator_told_what_to_do(
    library, tmp_path, caplog, file, remedy
):
    (tmp_path / file).write_bytes(b"not what it should be" * 100)
    async with keeping(library, tmp_path) as standin, Person(standin.origin) as meera:
        for _ in range(2):
            assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]
    told = [record.message for record in caplog.records if "couldn't be kept" in record.message]
    assert len(told) == 1
    assert str(tmp_path / file) in told[0]
    assert remedy in told[0]


async def test_who_cant_be_forgotten_is_told_that_something_is_wrong(library, tmp_path):
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    async with keeping(library, tmp_path) as standin, Person(standin.origin) as meera:
        assert (await meera.ask("/forget"))["text"] == TEXTS.hindi.error
