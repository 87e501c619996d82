import socket
from collections.abc import Iterator

import httpx
import pytest
from ports import kept_port
from program import led_to
from standin_client import Person

SECRET = "ek-raaz-ki-baat"
BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"


@pytest.fixture
def port() -> Iterator[int]:
    with kept_port() as port:
        yield port


def by_webhook(port: int) -> dict[str, str]:
    return {
        "KHABAR_TELEGRAM__MODE": "webhook",
        "KHABAR_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram/updates",
        "KHABAR_TELEGRAM__WEBHOOK_PORT": str(port),
        "KHABAR_TELEGRAM__WEBHOOK_SECRET": SECRET,
    }


async def test_it_answers_what_telegram_delivers(run, telegram, port):
    async with run(**led_to(telegram), **by_webhook(port)) as program, Person(telegram.origin) as meera:
        assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]
        assert await program.stop() == 0
    assert "getUpdates" not in [call.method for call in telegram.calls.made]
    assert SECRET not in program.said


async def test_only_who_knows_the_secret_may_deliver(run, telegram, port):
    async with (
        run(**led_to(telegram), **by_webhook(port)) as program,
        Person(telegram.origin) as meera,
        httpx.AsyncClient(trust_env=False, timeout=60, base_url=f"http://127.0.0.1:{port}") as stranger,
    ):
        await meera.ask("/start")
        forged = {"update_id": 1, "message": {}}
        wrong = {"X-Telegram-Bot-Api-Secret-Token": "kuchh-aur"}
        assert (await stranger.post("/telegram/updates", json=forged)).status_code == 403
        assert (await stranger.post("/telegram/updates", json=forged, headers=wrong)).status_code == 403
        assert (await stranger.post("/elsewhere", json=forged)).status_code == 404
        assert await program.stop() == 0


async def test_an_address_that_telegram_refuses_is_named(run, telegram, port):
    elsewhere = {"KHABAR_TELEGRAM__WEBHOOK_URL": "https://bot.example.com/telegram"}
    async with run(**led_to(telegram), **by_webhook(port) | elsewhere) as program:
        assert await program.exit_code() == 1
    assert "khabar: telegram.webhook_url = https://bot.example.com/telegram: " in program.said


async def test_a_port_that_is_taken_is_named(run, telegram):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with run(**led_to(telegram), **by_webhook(port)) as program:
            assert await program.exit_code() == 1
    assert f"telegram.webhook_port = {port}: Address already in use" in program.said
