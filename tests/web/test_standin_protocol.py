"""The Bot API over HTTP: bodies, tokens, parameters, messages, menus."""

import json
from typing import Any

import httpx
from bot_calls import refused, result
from standin_client import Person

from bot.web.standin import StandIn

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
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
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
