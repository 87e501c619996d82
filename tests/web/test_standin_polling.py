"""Long polling with its conflicts, and trouble on order."""

import asyncio
from typing import Any

import httpx
import pytest
from bot_calls import refused, result
from standin_client import Control, Person

from bot.web.standin import StandIn


async def begun(standin: StandIn) -> None:
    """Returns once a long poll has arrived."""
    updates = standin.world.updates
    assert await updates.bell.wait_until(lambda: updates.polls > 0, 60)


class TestLongPolling:
    async def test_an_update_stays_until_an_offset_confirms_it(
        self, bot: httpx.AsyncClient, meera: Person
    ) -> None:
        for text in ("एक", "दो", "तीन"):
            await meera.say(text)
        first = await result(bot, "getUpdates", limit=2)
        assert [update["message"]["text"] for update in first] == ["एक", "दो"]
        assert await result(bot, "getUpdates", limit=2) == first
        rest = await result(bot, "getUpdates", offset=first[-1]["update_id"] + 1)
        assert [update["message"]["text"] for update in rest] == ["तीन"]
        assert await result(bot, "getUpdates", offset=rest[-1]["update_id"] + 1) == []

    async def test_a_negative_offset_keeps_only_the_last(self, bot: httpx.AsyncClient, meera: Person) -> None:
        for text in ("एक", "दो", "तीन"):
            await meera.say(text)
        last = await result(bot, "getUpdates", offset=-1)
        assert [update["message"]["text"] for update in last] == ["तीन"]
        assert await result(bot, "getUpdates") == last

    async def test_a_poll_waits_for_the_next_update(
        self, standin: StandIn, bot: httpx.AsyncClient, meera: Person
    ) -> None:
        poll = asyncio.create_task(result(bot, "getUpdates", timeout=30))
        await begun(standin)
        await meera.say("नमस्ते")
        assert [update["message"]["text"] for update in await poll] == ["नमस्ते"]

    async def test_a_newer_poll_ends_the_older(
        self, standin: StandIn, bot: httpx.AsyncClient, meera: Person
    ) -> None:
        older = asyncio.create_task(refused(bot, "getUpdates", timeout=30))
        await begun(standin)
        newer = asyncio.create_task(result(bot, "getUpdates", timeout=30))
        assert await older == (
            409,
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        )
        await meera.say("नमस्ते")
        assert len(await newer) == 1

    async def test_a_webhook_excludes_polling(self, standin: StandIn, bot: httpx.AsyncClient) -> None:
        waiting = asyncio.create_task(refused(bot, "getUpdates", timeout=30))
        await begun(standin)
        await result(bot, "setWebhook", url="http://127.0.0.1:9/hook")
        for code, said in (await waiting, await refused(bot, "getUpdates")):
            assert code == 409
            assert said.startswith("Conflict: can't use getUpdates method while webhook is active")
        await result(bot, "deleteWebhook")
        assert await result(bot, "getUpdates") == []

    async def test_only_the_kinds_that_are_asked_for_are_queued(
        self, bot: httpx.AsyncClient, meera: Person
    ) -> None:
        await result(bot, "getUpdates", allowed_updates=["edited_message"])
        message = await meera.say("एक")
        await meera.edit(message["message_id"], "दो")
        assert [list(update)[1] for update in await result(bot, "getUpdates")] == ["edited_message"]
        await result(bot, "getUpdates", allowed_updates=[])
        await meera.say("तीन")
        assert [list(update)[1] for update in await result(bot, "getUpdates")] == [
            "edited_message",
            "message",
        ]

    async def test_pending_updates_can_be_dropped(self, bot: httpx.AsyncClient, meera: Person) -> None:
        await meera.say("एक")
        await result(bot, "deleteWebhook", drop_pending_updates=True)
        assert await result(bot, "getUpdates") == []


class TestTrouble:
    @pytest.mark.parametrize(
        ("order", "status", "expected"),
        [
            ({"trouble": "flood", "retry_after": 7}, 429, '"parameters":{"retry_after":7}'),
            ({"trouble": "server_error"}, 502, "<center><h1>502 Bad Gateway</h1></center>"),
            ({"trouble": "server_error", "status": 500}, 500, "500 Internal Server Error"),
            ({"trouble": "conflict"}, 409, "terminated by other getUpdates request"),
        ],
    )
    async def test_ordered_answers(
        self, bot: httpx.AsyncClient, control: Control, order: dict[str, Any], status: int, expected: str
    ) -> None:
        await control.order(**order, method="getMe", times=2)
        assert (await bot.get("getMyName")).status_code == 200
        for _ in range(2):
            answer = await bot.get("getMe")
            assert answer.status_code == status
            assert expected in answer.text
        assert (await bot.get("getMe")).status_code == 200

    async def test_a_cut_line(self, bot: httpx.AsyncClient, control: Control, meera: Person) -> None:
        await meera.say("नमस्ते")
        await control.order("drop")
        with pytest.raises(httpx.RemoteProtocolError):
            await bot.post("sendMessage", json={"chat_id": 501, "text": "खो गया"})
        await control.order("drop_after")
        with pytest.raises(httpx.RemoteProtocolError):
            await bot.post("sendMessage", json={"chat_id": 501, "text": "पहुँचा"})
        assert [reply["text"] for reply in await meera.replies()] == ["पहुँचा"]

    async def test_no_answer_until_one_gives_up(self, bot: httpx.AsyncClient, control: Control) -> None:
        await control.order("hang", method="getMe")
        with pytest.raises(httpx.ReadTimeout):
            await bot.get("getMe", timeout=httpx.Timeout(60, read=0.2))
        assert (await bot.get("getMe")).status_code == 200

    async def test_trouble_can_be_taken_back(self, bot: httpx.AsyncClient, control: Control) -> None:
        await control.order("server_error", times=100)
        await control.clear()
        assert (await bot.get("getMe")).status_code == 200

    async def test_calls_are_recorded_with_answers(self, bot: httpx.AsyncClient, control: Control) -> None:
        await bot.post("sendMessage", json={"chat_id": 9, "text": "क"})
        call = await control.wait_for_call("sendMessage")
        assert (call["ok"], call["answer"]) == (False, "Bad Request: chat not found")
        assert call["parameters"] == {"chat_id": 9, "text": "क"}
