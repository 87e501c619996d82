"""The stand-in against the machine-readable Bot API: what it takes, and what it hands out."""

import json
import types
import typing
from typing import Any, Literal, Union, get_args, get_origin

import httpx
import pytest
import telegram_spec
from pydantic.fields import FieldInfo
from standin_client import Control, Person, group

from bot.web.standin import StandIn, wire
from bot.web.standin.methods import METHODS
from bot.web.standin.profile import Scope

OBJECTS = [
    one
    for one in vars(wire).values()
    if isinstance(one, type) and issubclass(one, wire.Wire) and one is not wire.Wire
]


def spec_types(annotation: Any) -> set[str]:
    """A Python annotation in the spec's names; None, which means absent, is left out."""
    origin = get_origin(annotation)
    if annotation is type(None):
        return set()
    if origin in {Union, types.UnionType}:
        return set().union(*(spec_types(one) for one in get_args(annotation)))
    if origin is typing.Annotated:
        return spec_types(get_args(annotation)[0])
    if origin is Literal:
        return {"Boolean" if one is True else "String" for one in get_args(annotation)}
    if origin is list:
        (inner,) = spec_types(get_args(annotation)[0])
        return {f"Array of {inner}"}
    if annotation is Scope:
        return {"BotCommandScope"}
    return {{int: "Integer", str: "String", bool: "Boolean"}.get(annotation) or annotation.__name__}


def name_of(name: str, field: FieldInfo) -> str:
    return field.alias or name


def allowed(kinds: list[str]) -> set[str]:
    """The spec's types with the subtypes of its unions."""
    subtypes = [
        one for kind in kinds for one in telegram_spec.SPEC["types"].get(kind, {}).get("subtypes", [])
    ]
    return {*kinds, *subtypes}


@pytest.mark.parametrize("method", METHODS)
def test_takes_only_the_parameters_that_telegram_takes(method: str) -> None:
    specified = telegram_spec.fields(telegram_spec.method(method))
    model = METHODS[method].parameters
    for name, field in model.model_fields.items():
        assert name in specified
        assert spec_types(field.annotation) <= allowed(specified[name]["types"])
    required = {name for name, field in specified.items() if field["required"]}
    assert required <= {name for name, field in model.model_fields.items() if field.is_required()}


@pytest.mark.parametrize("model", OBJECTS, ids=lambda model: model.__name__)
def test_objects_have_only_the_fields_that_telegram_has(model: type[wire.Wire]) -> None:
    specified = telegram_spec.fields(telegram_spec.SPEC["types"][model.__name__])
    own = {name_of(name, field): field for name, field in model.model_fields.items()}
    assert set(own) <= set(specified)
    for name, field in own.items():
        assert spec_types(field.annotation) <= allowed(specified[name]["types"]), name
    always = {name for name, field in own.items() if field.is_required() or field.default is not None}
    assert {name for name, field in specified.items() if field["required"]} <= always


@pytest.mark.parametrize("scope", telegram_spec.SPEC["types"]["BotCommandScope"]["subtypes"])
def test_knows_every_menu_scope(scope: str) -> None:
    described = telegram_spec.fields(telegram_spec.SPEC["types"][scope])
    kind = described["type"]["description"].split()[-1].strip("“”")
    values: dict[str, Any] = {"type": kind} | {name: 7 for name in described if name != "type"}
    assert Scope.model_validate(values).json_object() == values


async def test_whatever_is_answered_is_of_the_specified_type(standin: StandIn, control: Control) -> None:
    newsroom = group()
    async with (
        Person(standin.origin, id=501) as meera,
        Person(standin.origin, id=502, username="ravi_k", chat=newsroom) as ravi,
        httpx.AsyncClient(base_url=f"{standin.base_url}{standin.token}/", trust_env=False, timeout=60) as bot,
    ):
        question = await meera.say("चंद्रयान कब उतरा? https://example.org/a #अंतरिक्ष")
        await meera.say("तस्वीर में क्या है?", photo=True)
        await meera.edit(question["message_id"], "आदित्य कब गया?")
        await ravi.set_bot_status("member")
        await ravi.set_bot_status("administrator")
        await ravi.say("/ask@khabar_bot मौसम कैसा है?")
        sent = await _used(bot, question["message_id"])
        await meera.press(sent, "और")
        await ravi.set_bot_status("left")
        await bot.post("getUpdates", json={"timeout": 0})
    calls = await control.calls()
    assert {call["method"] for call in calls} == set(METHODS)
    for call in calls:
        assert call["ok"], call
        returned = telegram_spec.method(call["method"])["returns"]
        assert telegram_spec.faults(call["answer"], returned, call["method"]) == []
    kinds = {kind for update in calls[-1]["answer"] for kind in update} - {"update_id"}
    assert kinds == {"message", "edited_message", "callback_query", "my_chat_member"}


async def _used(bot: httpx.AsyncClient, replied: int) -> dict[str, Any]:
    """Calls every method but one once; returns the message that is still there."""
    keyboard = {"inline_keyboard": [[{"text": "और", "callback_data": "more"}]]}
    rich = {"text": "<b>उत्तर</b> <a href='https://example.org'>स्रोत</a>", "parse_mode": "HTML"}
    reply = {"reply_parameters": {"message_id": replied}, "link_preview_options": {"is_disabled": True}}

    async def call(method: str, **parameters: Any) -> Any:
        return (await bot.post(method, json=parameters)).json()["result"]

    sent = await call("sendMessage", chat_id=501, reply_markup=keyboard, **rich, **reply)
    await call("editMessageText", chat_id=501, message_id=sent["message_id"], text="नया पाठ")
    sent = await call(
        "editMessageReplyMarkup", chat_id=501, message_id=sent["message_id"], reply_markup=keyboard
    )
    await call("deleteMessage", chat_id=501, message_id=replied)
    query = {"person": {"id": 501}, "message_id": sent["message_id"], "data": "more"}
    pressed = await bot.post(str(bot.base_url.join("/people/presses")), json=query)
    await call("answerCallbackQuery", **pressed.json(), text="लीजिए")
    await call("sendChatAction", chat_id=501, action="typing")
    await call("getChat", chat_id=-1001)
    await call("getChatMember", chat_id=-1001, user_id=502)
    for about in ("Name", "Description", "ShortDescription"):
        key = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}[about]
        await call(f"setMy{about}", **{key: "ख़बर"}, language_code="hi")
        await call(f"getMy{about}", language_code="hi")
    await call("setMyCommands", commands=json.dumps([{"command": "ask", "description": "सवाल"}]))
    await call("getMyCommands")
    await call("deleteMyCommands")
    await call("getMe")
    await call("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message", "callback_query"])
    await call("getWebhookInfo")
    await call("deleteWebhook")
    return dict(sent)
