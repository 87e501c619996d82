"""The Bot API over HTTP: bodies, tokens, parameters, messages, and long polling with its conflicts."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from standin_client import Control, Person

from bot.web.standin import StandIn


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[httpx.AsyncClient]:
    url = f"{standin.base_url}{standin.token}/"
    async with httpx.AsyncClient(base_url=url, timeout=30, trust_env=False) as client:
        yield client


async def result(bot: httpx.AsyncClient, method: str, **parameters: Any) -> Any:
    answer = await bot.post(method, json=parameters)
    assert answer.json()["ok"], answer.text
    return answer.json()["result"]


async def refused(bot: httpx.AsyncClient, method: str, **parameters: Any) -> tuple[int, str]:
    answer = await bot.post(method, json=parameters)
    body = answer.json()
    assert body["ok"] is False
    assert body["error_code"] == answer.status_code
    return answer.status_code, body["description"].removeprefix("Bad Request: ")


async def begun(standin: StandIn) -> None:
    """Returns once a long poll has arrived."""
    updates = standin.world.updates
    assert await updates.bell.wait_until(lambda: updates.polls > 0, 20)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("getMe", {"x": 1}, 'unknown parameter "x": the stand-in knows only what Khabar uses'),
    ("sendMessage", {"text": "क"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": "", "text": "क"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 501}, "message text is empty"),
    ("sendMessage", {"chat_id": 501, "text": ""}, "message text is empty"),
    ("sendMessage", {"chat_id": 501, "text": 5}, 'field "text" must be of type String'),
    ("sendMessage", {"chat_id": [], "text": "क"}, 'field "chat_id" must be of type Integer'),
    ("sendMessage", {"chat_id": 9, "text": "क"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody_here", "text": "क"}, "chat not found"),
    (
        "sendMessage",
        {"chat_id": 501, "text": "क", "protect_content": "perhaps"},
        'field "protect_content" must be of type Boolean',
    ),
    (
        "sendMessage",
        {"chat_id": 501, "text": "क", "entities": "{"},
        'wrong parameter "entities": Value error, can\'t parse JSON',
    ),
    (
        "sendMessage",
        {"chat_id": 501, "text": "क", "entities": [{"type": "bold", "offset": 0}]},
        'can\'t find field "length"',
    ),
    (
        "sendMessage",
        {"chat_id": 501, "text": "क", "reply_markup": {"inline_keyboard": "x"}},
        'field "inline_keyboard" must be of type Array',
    ),
    (
        "sendMessage",
        {"chat_id": 501, "text": "क", "reply_markup": {"inline_keyboard": [[{"url": "https://a.in"}]]}},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        "sendMessage",
        {"chat_id": 501, "text": "क", "reply_parameters": {"message_id": 99}},
        "message to be replied not found",
    ),
    ("sendChatAction", {"chat_id": 501, "action": "dancing"}, "wrong parameter action in request"),
    ("editMessageText", {"chat_id": 501, "message_id": 99, "text": "क"}, "message to edit not found"),
    ("editMessageText", {"chat_id": 501, "message_id": 1, "text": "क"}, "message can't be edited"),
    ("deleteMessage", {"chat_id": 501, "message_id": 99}, "message to delete not found"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "क" * 201}, "MESSAGE_TOO_LONG"),
    ("setMyCommands", {"commands": [{"command": "Ask", "description": "क"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "क"}]}, "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {"commands": [{"command": "ask", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "ask", "description": "क"}] * 101},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    (
        "getMyCommands",
        {"scope": {"type": "everybody"}},
        "wrong parameter \"scope.type\": Input should be 'default', 'all_private_chats', 'all_group_chats', "
        "'all_chat_administrators', 'chat', 'chat_administrators' or 'chat_member'",
    ),
    ("setMyCommands", {"commands": [], "language_code": "hindi"}, "invalid language code specified"),
    ("setMyDescription", {"description": "क" * 513}, "bot description is too long"),
    ("setMyShortDescription", {"short_description": "क" * 121}, "bot short description is too long"),
    ("setMyName", {"name": "क" * 65}, "bot name is too long"),
    (
        "setWebhook",
        {"url": "https://example.org/x"},
        "bad webhook: the stand-in posts only to loopback addresses",
    ),
    (
        "setWebhook",
        {"url": "http://127.0.0.1:9", "secret_token": "क"},
        "secret token contains unallowed characters",
    ),
    ("getChatMember", {"chat_id": 501, "user_id": 9}, "PARTICIPANT_ID_INVALID"),
]


class TestRequests:
    async def test_a_wrong_token_is_401_and_an_unknown_method_404(self, standin: StandIn) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            wrong = await client.get(f"{standin.base_url}1:wrong/getMe")
            unknown = await client.get(f"{standin.base_url}{standin.token}/sendEverything")
        assert wrong.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
        assert unknown.json() == {"ok": False, "error_code": 404, "description": "Not Found"}

    async def test_parameters_come_in_every_form_that_telegram_reads(
        self, bot: httpx.AsyncClient, meera: Person
    ) -> None:
        await meera.say("नमस्ते")
        keyboard = {"inline_keyboard": [[{"text": "और", "callback_data": "more"}]]}
        form = {
            "chat_id": "501",
            "text": "उत्तर",
            "reply_markup": json.dumps(keyboard),
            "protect_content": "true",
        }
        answers = [
            await bot.get("sendMessage", params=form),
            await bot.post("sendmessage", data=form),
            await bot.post("sendMessage", files={name: (None, value) for name, value in form.items()}),
            await bot.post(
                "sendMessage",
                json={**form, "chat_id": 501, "reply_markup": keyboard, "protect_content": True},
            ),
            await bot.post(
                "sendMessage?chat_id=501", data={key: form[key] for key in form if key != "chat_id"}
            ),
        ]
        for answer in answers:
            message = answer.json()["result"]
            assert (message["text"], message["has_protected_content"]) == ("उत्तर", True)
            assert message["reply_markup"] == keyboard

    async def test_what_is_wrong_is_a_400(self, bot: httpx.AsyncClient, meera: Person) -> None:
        await meera.say("नमस्ते")
        answers = [
            (method, parameters, await refused(bot, method, **parameters))
            for method, parameters, _ in REFUSED
        ]
        assert answers == [(method, parameters, (400, reason)) for method, parameters, reason in REFUSED]

    async def test_bodies_of_other_kinds_are_400(self, bot: httpx.AsyncClient) -> None:
        kinds = {"text/plain": b"x", "application/json": b"{"}
        for kind, body in kinds.items():
            answer = await bot.post("getMe", content=body, headers={"content-type": kind})
            assert answer.status_code == 400
        assert (await bot.post("getMe", json=[1])).status_code == 400


class TestMessages:
    async def test_a_reply_shows_the_message_it_answers_one_level_deep(
        self, bot: httpx.AsyncClient, meera: Person
    ) -> None:
        question = await meera.say("नमस्ते")
        first = await result(bot, "sendMessage", chat_id=501, text="एक", reply_parameters={"message_id": 1})
        second = await result(
            bot, "sendMessage", chat_id=501, text="दो", reply_parameters={"message_id": first["message_id"]}
        )
        assert first["reply_to_message"] == question
        assert second["reply_to_message"] == {key: first[key] for key in first if key != "reply_to_message"}

    async def test_a_missing_original_may_be_tolerated(self, bot: httpx.AsyncClient, meera: Person) -> None:
        await meera.say("नमस्ते")
        reply = {"message_id": 99, "allow_sending_without_reply": True}
        sent = await result(bot, "sendMessage", chat_id=501, text="क", reply_parameters=reply)
        assert "reply_to_message" not in sent

    async def test_editing_drops_buttons_that_are_not_given_again(
        self, bot: httpx.AsyncClient, meera: Person
    ) -> None:
        await meera.say("नमस्ते")
        keyboard = {"inline_keyboard": [[{"text": "और", "callback_data": "more"}]]}
        sent = await result(bot, "sendMessage", chat_id=501, text="एक", reply_markup=keyboard)
        place = {"chat_id": 501, "message_id": sent["message_id"]}
        edited = await result(bot, "editMessageText", **place, text="<b>दो</b>", parse_mode="HTML")
        assert (edited["text"], edited.get("reply_markup")) == ("दो", None)
        assert "edit_date" in edited
        said = await refused(bot, "editMessageText", **place, text="<b>दो</b>", parse_mode="HTML")
        assert said[1].startswith("message is not modified")
        again = await result(bot, "editMessageReplyMarkup", **place, reply_markup=keyboard)
        assert (again["text"], again["reply_markup"]) == ("दो", keyboard)

    async def test_a_callback_query_is_answered_once(self, bot: httpx.AsyncClient, meera: Person) -> None:
        await meera.say("नमस्ते")
        keyboard = {"inline_keyboard": [[{"text": "और", "callback_data": "more"}]]}
        sent = await result(bot, "sendMessage", chat_id=501, text="एक", reply_markup=keyboard)
        query_id = await meera.press(sent, "और")
        (*_, update) = await result(bot, "getUpdates")
        assert update["callback_query"]["id"] == query_id
        assert update["callback_query"]["message"] == sent
        await result(bot, "answerCallbackQuery", callback_query_id=query_id, text="लीजिए", show_alert=True)
        answer = await meera.next_event("answer")
        assert (answer["content"]["text"], answer["content"]["show_alert"]) == ("लीजिए", True)
        assert (await refused(bot, "answerCallbackQuery", callback_query_id=query_id))[0] == 400

    async def test_deleting_takes_the_message_away(self, bot: httpx.AsyncClient, meera: Person) -> None:
        question = await meera.say("नमस्ते")
        await result(bot, "deleteMessage", chat_id=501, message_id=question["message_id"])
        assert (await meera.next_event("deleted"))["content"] == {"message_id": question["message_id"]}
        assert (await refused(bot, "deleteMessage", chat_id=501, message_id=question["message_id"]))[0] == 400


class TestProfile:
    async def test_a_person_sees_the_narrowest_menu_in_the_own_language(
        self, bot: httpx.AsyncClient, meera: Person
    ) -> None:
        def menu(description: str) -> list[dict[str, str]]:
            return [{"command": "ask", "description": description}]

        await result(bot, "setMyCommands", commands=menu("Ask"))
        await result(bot, "setMyCommands", commands=menu("पूछें"), language_code="hi")
        assert (await meera.about_bot())["commands"] == menu("पूछें")
        await result(bot, "setMyCommands", commands=menu("Private"), scope={"type": "all_private_chats"})
        assert (await meera.about_bot())["commands"] == menu("Private")
        await result(bot, "deleteMyCommands", scope={"type": "all_private_chats"})
        assert (await meera.about_bot())["commands"] == menu("पूछें")
        assert await result(bot, "getMyCommands") == menu("Ask")
        assert await result(bot, "getMyCommands", language_code="ta") == []

    async def test_texts_fall_back_to_those_for_everybody(
        self, bot: httpx.AsyncClient, meera: Person
    ) -> None:
        await result(bot, "setMyDescription", description="News")
        await result(bot, "setMyDescription", description="समाचार", language_code="hi")
        assert (await meera.about_bot())["description"] == "समाचार"
        assert await result(bot, "getMyDescription", language_code="ta") == {"description": "News"}
        await result(bot, "setMyDescription", description="", language_code="hi")
        assert (await meera.about_bot())["description"] == "News"


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
            await bot.get("getMe", timeout=0.2)
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
