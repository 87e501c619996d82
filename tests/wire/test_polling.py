import asyncio
import signal
from pathlib import Path

import pytest
import small_news
from program import led_to
from standin_client import Control, Person
from telegram_shapes import styled

from bot.messages import catalogue
from bot.web.standin.faults import Fault
from knowledge.articles import Article

TEXTS = catalogue.load()
BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_answers_until_it_is_told_to_stop(run, telegram, number):
    async with run(**led_to(telegram)) as program, Person(telegram.origin) as meera:
        assert "तीन महीने" in styled(await meera.ask(BRIDGE), "expandable_blockquote")[0]
        refusal = await meera.ask("जापान की राजधानी क्या है?")
        assert refusal["text"].startswith(TEXTS.hindi.no_answer)
        assert telegram.token not in command_line(program.process.pid)
        assert await program.stop(number) == 0
    assert program.output == []


async def test_the_question_in_hand_is_answered_before_it_stops(run, telegram):
    telegram.faults.add(Fault(trouble="flood", method="sendMessage", retry_after=2))
    async with run(**led_to(telegram)) as program, Person(telegram.origin) as meera:
        await meera.say(BRIDGE)
        await Control(telegram.control_url).wait_for_call("sendMessage")
        assert await program.stop() == 0
        assert "तीन महीने" in (await meera.next_reply())["text"]


async def test_what_was_asked_while_it_was_down_is_answered_once(run, telegram):
    async with Person(telegram.origin) as meera:
        await meera.say(BRIDGE)
        for _ in range(2):
            async with run(**led_to(telegram)) as program:
                await meera.say("/help")
                while (await meera.next_reply())["text"] != TEXTS.hindi.help:
                    pass
                assert await program.stop() == 0
        texts = [reply["text"] for reply in await meera.replies()]
    assert sum("तीन महीने" in text for text in texts) == 1
    assert texts.count(TEXTS.hindi.help) == 2


async def test_it_waits_for_a_telegram_that_is_out_of_order(run, telegram):
    telegram.faults.add(Fault(trouble="server_error", method="getMe", status=502))
    telegram.faults.add(Fault(trouble="server_error", method="deleteWebhook", status=503))
    async with run(**led_to(telegram)) as program, Person(telegram.origin) as meera:
        assert (await meera.ask("/start"))["text"] == TEXTS.hindi.start
        await program.wait_for("Telegram can't be reached")
        assert await program.stop() == 0


async def test_it_stops_while_it_waits_for_telegram(run, telegram):
    telegram.faults.add(Fault(trouble="server_error", times=1000))
    async with run(**led_to(telegram)) as program:
        await program.wait_for("Telegram can't be reached")
        assert await program.stop() == 0


async def test_an_answer_comes_through_a_time_out(run, telegram):
    telegram.faults.add(Fault(trouble="hang", method="sendMessage"))
    async with run(**led_to(telegram)) as program, Person(telegram.origin) as meera:
        assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]
        await program.wait_for("sendMessage failed (Timed out)")


async def test_another_instance_elsewhere_is_named_and_outlasted(run, telegram):
    telegram.faults.add(Fault(trouble="conflict", method="getUpdates"))
    async with run(**led_to(telegram)) as program, Person(telegram.origin) as meera:
        await program.wait_for("Another instance is running with this token")
        assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]
        assert await program.stop() == 0


async def test_a_second_instance_on_this_machine_is_refused(run, telegram, data_dir):
    async with run(**led_to(telegram)) as first, Person(telegram.origin) as meera:
        await meera.ask("/start")
        async with run(**led_to(telegram)) as second:
            assert await second.exit_code() == 1
        assert f"{data_dir / 'bot.lock'} is held by process {first.process.pid}" in second.said
        assert (await meera.ask("/help"))["text"] == TEXTS.hindi.help


async def test_a_token_that_telegram_doesnt_know_ends_it(run, telegram):
    token = "123456789:AAHfiqksKZ8WmHBbmYV3yNzbJ1Fi5iQyZzQ"
    async with run(**led_to(telegram) | {"TELEGRAM_BOT_TOKEN": token}) as program:
        assert await program.exit_code() == 1
    assert "khabar: Telegram doesn't know this token" in program.said
    assert "Traceback" not in program.said


async def test_a_token_that_is_revoked_ends_it(run, telegram):
    async with run(**led_to(telegram)) as program, Person(telegram.origin) as meera:
        await meera.ask("/start")
        telegram.world.token = "123456789:AAHfiqksKZ8WmHBbmYV3yNzbJ1Fi5iQyZzQ"
        await meera.say("/help")  # ends the long poll that runs
        assert await program.exit_code() == 1
    assert "khabar: Telegram doesn't know this token" in program.said


async def test_a_new_generation_is_served_while_questions_come(run, telegram, data_dir):
    rain = Article("varsha", "मेघपुर में भारी वर्षा", "मेघपुर में मंगलवार को दो सौ मिलीमीटर वर्षा दर्ज हुई।")
    async with run(**led_to(telegram)) as program, Person(telegram.origin) as meera:
        await meera.ask("/start")
        publishing = asyncio.create_task(
            asyncio.to_thread(small_news.publish, data_dir, (*small_news.ALL, rain))
        )
        answers = []
        while not any("दो सौ मिलीमीटर" in answer for answer in answers):
            answers.append((await meera.ask(BRIDGE))["text"])
            answers.append((await meera.ask("मेघपुर में कितनी वर्षा हुई?"))["text"])
        assert all("तीन महीने" in answer for answer in answers[::2])
        await program.wait_for(f"Serving generation {await publishing} from now on")
