"""What the stand-in doesn't offer: topics, and groups that become supergroups."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import httpx
from bot_in_loop import settings
from telegram import Update
from telegram_shapes import BOT, NEWSROOM, Json, message

from bot import app
from knowledge.library import Library

TOKEN = "7000000001:AAHfiqksKZ8WmHBbmYV3yNzbJ1Fi5iQyZzQ"
QUESTION = "/ask चंपा नदी का पुल कितने दिन बंद रहेगा?"
IN_TOPIC = {"message_thread_id": 77, "is_topic_message": True}
Refuses = Callable[[Json], Json | None]


@asynccontextmanager
async def answering(library: Library, refuses: Refuses) -> AsyncIterator[tuple[Any, list[Json]]]:
    """A bot to hand updates to, and the messages that it sends; `refuses` gives the errors."""
    sent: list[Json] = []

    def telegram(request: httpx.Request) -> httpx.Response:
        method, data = request.url.path.rpartition("/")[2], dict(parse_qsl(request.content.decode()))
        if method == "sendMessage":
            sent.append(data)
            if error := refuses(data):
                return httpx.Response(400, json={"ok": False, "error_code": 400, **error})
        result = {"getMe": BOT, "sendMessage": message("उत्तर", **{"from": BOT})}.get(method, True)
        return httpx.Response(200, json={"ok": True, "result": result})

    service = app.build(
        settings(TOKEN, "https://telegram.example.com"), library, transport=httpx.MockTransport(telegram)
    )
    async with service.application as application:
        yield application, sent


async def hand_over(application: Any, **more: Any) -> None:
    command = {"type": "bot_command", "offset": 0, "length": 4}
    update = {"update_id": 1, "message": message(QUESTION, entities=[command], **more)}
    await application.process_update(Update.de_json(update, application.bot))


async def test_the_answer_stays_in_the_topic_and_quotes(library):
    async with answering(library, lambda _: None) as (application, sent):
        await hand_over(application, **IN_TOPIC)
    assert sent[0]["message_thread_id"] == "77"
    assert json.loads(sent[0]["reply_parameters"]) == {
        "message_id": 10, "allow_sending_without_reply": True,
    }  # fmt: skip


async def test_a_thread_of_replies_is_no_topic(library):
    async with answering(library, lambda _: None) as (application, sent):
        await hand_over(application, message_thread_id=77)
    assert "message_thread_id" not in sent[0]


async def test_where_the_topic_is_gone_the_answer_comes_without_it(library):
    def refuses(data: Json) -> Json | None:
        gone = {"description": "Bad Request: message thread not found"}
        return gone if "message_thread_id" in data else None

    async with answering(library, refuses) as (application, sent):
        await hand_over(application, **IN_TOPIC)
    assert [("message_thread_id" in each) for each in sent] == [True, False]


async def test_the_answer_follows_a_group_that_moved(library):
    def refuses(data: Json) -> Json | None:
        moved = {
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": -100200},
        }
        return moved if data["chat_id"] == "-42" else None

    async with answering(library, refuses) as (application, sent):
        await hand_over(application, chat=NEWSROOM | {"id": -42, "type": "group"})
    assert [each["chat_id"] for each in sent] == ["-42", "-100200"]
    assert "reply_parameters" not in sent[1]


async def test_a_group_where_the_bot_may_not_write_is_left_in_peace(library):
    def refuses(data: Json) -> Json | None:
        return {"description": "Bad Request: not enough rights to send text messages to the chat"}

    async with answering(library, refuses) as (application, sent):
        await hand_over(application)
    assert len(sent) == 1, "neither the sentence nor a report"
