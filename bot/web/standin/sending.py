"""The methods that put messages in front of people: send, edit, delete, answer a pressed button."""

from typing import Any, Literal

from bot.web.standin.errors import ApiError, bad_request
from bot.web.standin.formatting import compose
from bot.web.standin.keyboards import checked_keyboard
from bot.web.standin.links import size_utf16
from bot.web.standin.parameters import ChatId, Json, Parameters
from bot.web.standin.wire import (
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)
from bot.web.standin.world import Room, World

CALLBACK_ANSWER_LIMIT = 200
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class SendMessage(Parameters):
    """Parameters of sendMessage."""

    chat_id: ChatId
    text: str
    parse_mode: str | None = None
    entities: Json[list[MessageEntity] | None] = None
    link_preview_options: Json[LinkPreviewOptions | None] = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    reply_parameters: Json[ReplyParameters | None] = None
    reply_markup: Json[InlineKeyboardMarkup | None] = None


def send_message(world: World, call: SendMessage) -> Message:
    """Posts the bot's message."""
    if not call.text:
        raise bad_request("message text is empty")
    room = world.room_for_bot(call.chat_id)
    formatted = compose(call.text, call.parse_mode, call.entities)
    message = Message(
        message_id=world.new_id(),
        sender=world.bot,
        chat=room.chat,
        date=world.now(),
        reply_to_message=_replied(room, call.reply_parameters),
        text=formatted.text,
        entities=list(formatted.entities) or None,
        link_preview_options=call.link_preview_options,
        has_protected_content=call.protect_content or None,
        reply_markup=checked_keyboard(call.reply_markup),
    )
    return world.post(room, message)


def _replied(room: Room, reply: ReplyParameters | None) -> Message | None:
    if reply is None:
        return None
    if reply.chat_id not in {None, room.chat.id}:
        raise bad_request("the stand-in replies only within a chat")
    original = room.messages.get(reply.message_id)
    if original is None and not reply.allow_sending_without_reply:
        raise bad_request("message to be replied not found")
    # Telegram shows one level only
    return original.model_copy(update={"reply_to_message": None}) if original else None


class EditMessageText(Parameters):
    """Parameters of editMessageText."""

    chat_id: ChatId
    message_id: int
    text: str
    parse_mode: str | None = None
    entities: Json[list[MessageEntity] | None] = None
    link_preview_options: Json[LinkPreviewOptions | None] = None
    reply_markup: Json[InlineKeyboardMarkup | None] = None


def edit_message_text(world: World, call: EditMessageText) -> Message:
    """Replaces text and buttons of the bot's message; buttons that aren't given again are gone."""
    room, message = _own_message(world, call.chat_id, call.message_id)
    formatted = compose(call.text, call.parse_mode, call.entities)
    return _replace(
        world,
        room,
        message,
        text=formatted.text,
        entities=list(formatted.entities) or None,
        link_preview_options=call.link_preview_options,
        reply_markup=checked_keyboard(call.reply_markup),
    )


class EditMessageReplyMarkup(Parameters):
    """Parameters of editMessageReplyMarkup."""

    chat_id: ChatId
    message_id: int
    reply_markup: Json[InlineKeyboardMarkup | None] = None


def edit_message_reply_markup(world: World, call: EditMessageReplyMarkup) -> Message:
    """Replaces or removes the buttons of the bot's message."""
    room, message = _own_message(world, call.chat_id, call.message_id)
    return _replace(world, room, message, reply_markup=checked_keyboard(call.reply_markup))


def _own_message(world: World, chat_id: int | str, message_id: int) -> tuple[Room, Message]:
    room = world.room_for_bot(chat_id)
    message = room.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != world.bot:
        raise bad_request("message can't be edited")
    return room, message


def _replace(world: World, room: Room, message: Message, **changes: Any) -> Message:
    edited = message.model_copy(update=changes)
    if edited == message:
        raise bad_request(NOT_MODIFIED)
    return world.replace(room, edited.model_copy(update={"edit_date": world.now()}))


class DeleteMessage(Parameters):
    """Parameters of deleteMessage."""

    chat_id: ChatId
    message_id: int


def delete_message(world: World, call: DeleteMessage) -> bool:
    """Removes a message: the bot's own ones anywhere, all in private chats or as an administrator."""
    room = world.room_for_bot(call.chat_id)
    message = room.messages.get(call.message_id)
    if message is None:
        raise bad_request("message to delete not found")
    may_all = room.chat.type == "private" or room.status(world.bot.id) == "administrator"
    if message.sender != world.bot and not may_all:
        raise bad_request("message can't be deleted")
    del room.messages[call.message_id]
    world.record(room, "deleted", {"message_id": call.message_id})
    return True


class AnswerCallbackQuery(Parameters):
    """Parameters of answerCallbackQuery."""

    callback_query_id: str
    text: str | None = None
    show_alert: bool | None = None
    url: str | None = None
    cache_time: int | None = None


def answer_callback_query(world: World, call: AnswerCallbackQuery) -> bool:
    """Ends the waiting of the person who pressed a button."""
    if size_utf16(call.text or "") > CALLBACK_ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    pressed = world.pressed.pop(call.callback_query_id, None)
    if pressed is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    content = {
        "callback_query_id": call.callback_query_id,
        "user_id": pressed.user_id,
        "text": call.text or "",
        "show_alert": bool(call.show_alert),
    }
    world.record(world.rooms[pressed.chat_id], "answer", content)
    return True


class SendChatAction(Parameters):
    """Parameters of sendChatAction."""

    chat_id: ChatId
    action: str


_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def send_chat_action(world: World, call: SendChatAction) -> Literal[True]:
    """Shows that the bot is busy."""
    room = world.room_for_bot(call.chat_id)
    if call.action not in _ACTIONS:
        raise ApiError(400, "Bad Request: wrong parameter action in request")
    world.record(room, "action", {"action": call.action})
    return True
