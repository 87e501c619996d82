"""Every method that the stand-in speaks: its parameters, and what it does."""

import ipaddress
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from bot.web.standin import sending
from bot.web.standin.errors import bad_request
from bot.web.standin.parameters import ChatId, Json, Parameters
from bot.web.standin.profile import DEFAULT_SCOPE, About, Scope
from bot.web.standin.updates import LARGEST_BATCH, LONGEST_POLL_S
from bot.web.standin.wire import (
    AcceptedGiftTypes,
    BotCommand,
    BotDescription,
    BotName,
    BotShortDescription,
    ChatFullInfo,
    ChatMember,
    Update,
    User,
    WebhookInfo,
    chat_member,
)
from bot.web.standin.world import World


class Nothing(Parameters):
    """No parameters."""


class GetUpdates(Parameters):
    """Parameters of getUpdates."""

    offset: int = 0
    limit: int = LARGEST_BATCH
    timeout: int = 0
    allowed_updates: Json[list[str] | None] = None


class SetWebhook(Parameters):
    """Parameters of setWebhook."""

    url: str
    max_connections: int = 40
    allowed_updates: Json[list[str] | None] = None
    drop_pending_updates: bool = False
    secret_token: str | None = None


class DeleteWebhook(Parameters):
    """Parameters of deleteWebhook."""

    drop_pending_updates: bool = False


class Menu(Parameters):
    """Parameters of getMyCommands and deleteMyCommands."""

    scope: Json[Scope | None] = None
    language_code: str = ""


class SetMyCommands(Menu):
    """Parameters of setMyCommands."""

    commands: Json[list[BotCommand]]


class InLanguage(Parameters):
    """Parameters of getMyName, getMyDescription and getMyShortDescription."""

    language_code: str = ""


class SetMyName(InLanguage):
    """Parameters of setMyName."""

    name: str = ""


class SetMyDescription(InLanguage):
    """Parameters of setMyDescription."""

    description: str = ""


class SetMyShortDescription(InLanguage):
    """Parameters of setMyShortDescription."""

    short_description: str = ""


class GetChat(Parameters):
    """Parameters of getChat."""

    chat_id: ChatId


class GetChatMember(GetChat):
    """Parameters of getChatMember."""

    user_id: int


def _get_me(world: World, _: Nothing) -> User:
    privacy_off = bool(world.bot.can_read_all_group_messages)
    known = {
        "can_join_groups": True,
        "can_read_all_group_messages": privacy_off,
        "supports_inline_queries": False,
    }
    return world.bot.model_copy(update={**known, "can_connect_to_business": False, "has_main_web_app": False})


async def _get_updates(world: World, call: GetUpdates) -> list[Update]:
    world.updates.allow(call.allowed_updates)
    limit = min(max(call.limit, 1), LARGEST_BATCH)
    return await world.updates.poll(call.offset, limit, min(max(call.timeout, 0), LONGEST_POLL_S))


async def _set_webhook(world: World, call: SetWebhook) -> Literal[True]:
    if call.url:
        _check_webhook(call)
    if call.drop_pending_updates:
        world.updates.pending.clear()
    world.updates.allow(call.allowed_updates)
    await world.webhook.set(call.url, call.secret_token, call.max_connections)
    return True


def _check_webhook(call: SetWebhook) -> None:
    """Telegram wants HTTPS and a public address; the stand-in posts to this machine alone."""
    parts = urlsplit(call.url)
    if parts.scheme not in {"http", "https"} or not _is_loopback(parts.hostname or ""):
        raise bad_request("bad webhook: the stand-in posts only to loopback addresses")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", call.secret_token or "none"):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= call.max_connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _delete_webhook(world: World, call: DeleteWebhook) -> Literal[True]:
    return await _set_webhook(world, SetWebhook(url="", drop_pending_updates=call.drop_pending_updates))


def _get_webhook_info(world: World, _: Nothing) -> WebhookInfo:
    return world.webhook.info()


def _set_my_commands(world: World, call: SetMyCommands) -> Literal[True]:
    world.profile.set_menu(call.commands, call.scope or DEFAULT_SCOPE, call.language_code)
    return True


def _get_my_commands(world: World, call: Menu) -> list[BotCommand]:
    return world.profile.menu(call.scope or DEFAULT_SCOPE, call.language_code)


def _delete_my_commands(world: World, call: Menu) -> Literal[True]:
    world.profile.set_menu([], call.scope or DEFAULT_SCOPE, call.language_code)
    return True


def _set_text(about: About) -> "Callable[[World, Any], Literal[True]]":
    def set_text(world: World, call: Any) -> Literal[True]:
        world.profile.set_text(about, getattr(call, about), call.language_code)
        return True

    return set_text


def _get_my_name(world: World, call: InLanguage) -> BotName:
    return BotName(name=world.profile.text("name", call.language_code))


def _get_my_description(world: World, call: InLanguage) -> BotDescription:
    return BotDescription(description=world.profile.text("description", call.language_code))


def _get_my_short_description(world: World, call: InLanguage) -> BotShortDescription:
    return BotShortDescription(short_description=world.profile.text("short_description", call.language_code))


def _get_chat(world: World, call: GetChat) -> ChatFullInfo:
    gifts = AcceptedGiftTypes(
        unlimited_gifts=False,
        limited_gifts=False,
        unique_gifts=False,
        premium_subscription=False,
        gifts_from_channels=False,
    )
    chat = world.room_for_bot(call.chat_id).chat
    return ChatFullInfo(**dict(chat), accent_color_id=0, max_reaction_count=11, accepted_gift_types=gifts)


def _get_chat_member(world: World, call: GetChatMember) -> ChatMember:
    room = world.room_for_bot(call.chat_id)
    if call.user_id not in room.members:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat_member(*room.members[call.user_id])


@dataclass(frozen=True, slots=True)
class Method:
    """A method: the model of its parameters and the function that carries it out."""

    parameters: type[Parameters]
    run: Callable[[World, Any], Any | Awaitable[Any]]


METHODS: Mapping[str, Method] = {
    "getMe": Method(Nothing, _get_me),
    "getUpdates": Method(GetUpdates, _get_updates),
    "setWebhook": Method(SetWebhook, _set_webhook),
    "deleteWebhook": Method(DeleteWebhook, _delete_webhook),
    "getWebhookInfo": Method(Nothing, _get_webhook_info),
    "sendMessage": Method(sending.SendMessage, sending.send_message),
    "editMessageText": Method(sending.EditMessageText, sending.edit_message_text),
    "editMessageReplyMarkup": Method(sending.EditMessageReplyMarkup, sending.edit_message_reply_markup),
    "deleteMessage": Method(sending.DeleteMessage, sending.delete_message),
    "answerCallbackQuery": Method(sending.AnswerCallbackQuery, sending.answer_callback_query),
    "sendChatAction": Method(sending.SendChatAction, sending.send_chat_action),
    "setMyCommands": Method(SetMyCommands, _set_my_commands),
    "getMyCommands": Method(Menu, _get_my_commands),
    "deleteMyCommands": Method(Menu, _delete_my_commands),
    "setMyName": Method(SetMyName, _set_text("name")),
    "getMyName": Method(InLanguage, _get_my_name),
    "setMyDescription": Method(SetMyDescription, _set_text("description")),
    "getMyDescription": Method(InLanguage, _get_my_description),
    "setMyShortDescription": Method(SetMyShortDescription, _set_text("short_description")),
    "getMyShortDescription": Method(InLanguage, _get_my_short_description),
    "getChat": Method(GetChat, _get_chat),
    "getChatMember": Method(GetChatMember, _get_chat_member),
}
