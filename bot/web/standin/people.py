"""What people do in Telegram: write, edit, press, invite and remove the bot; and what of it the bot sees."""

from bot.web.standin.errors import bad_request
from bot.web.standin.formatting import CAPTION_LIMIT_UTF16, TEXT_LIMIT_UTF16, Formatted, clean, in_order
from bot.web.standin.links import find_entities, size_utf16
from bot.web.standin.wire import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    InlineKeyboardButton,
    MemberStatus,
    Message,
    MessageOriginHiddenUser,
    PhotoSize,
    User,
    chat_member,
)
from bot.web.standin.world import Pressed, Room, World

PHOTO = PhotoSize(file_id="photo-90", file_unique_id="p90", width=90, height=60, file_size=1024)


def private_chat(person: User) -> Chat:
    """The private chat of a person with the bot."""
    return Chat(
        id=person.id,
        type="private",
        first_name=person.first_name,
        last_name=person.last_name,
        username=person.username,
    )


def room_of(world: World, chat: Chat, person: User) -> Room:
    """The chat, made where it isn't yet; who acts in it is a member of it."""
    room = world.rooms.get(chat.id)
    if room is None:
        room = world.rooms[chat.id] = Room(chat)
    if chat.type == "private":
        room.members.setdefault(world.bot.id, (world.bot, "member"))
    room.members.setdefault(person.id, (person, "creator" if len(room.members) == 0 else "member"))
    return room


def write(
    world: World,
    room: Room,
    person: User,
    text: str | None,
    *,
    photo: bool = False,
    reply_to: int | None = None,
    forwarded_from: str | None = None,
) -> Message:
    """Posts a person's message: a text, or a photo with `text` as its caption.

    `forwarded_from` is who wrote it, where the person passes on somebody else's.

    Raises:
        ApiError: 400, for what Telegram's apps wouldn't send.
    """
    formatted = _written(text or "", CAPTION_LIMIT_UTF16 if photo else TEXT_LIMIT_UTF16)
    if not formatted.text and not photo:
        raise bad_request("message text is empty")
    original = _original(room, reply_to) if reply_to is not None else None
    message = Message(
        message_id=world.new_id(),
        sender=person,
        chat=room.chat,
        date=world.now(),
        forward_origin=_origin(forwarded_from, world.now()) if forwarded_from else None,
        reply_to_message=original,
        **_content(formatted, photo=photo),  # type: ignore[arg-type]
    )
    world.post(room, message)
    if bot_sees(world, room, message):
        world.updates.put("message", message)
    return message


def _original(room: Room, message_id: int) -> Message:
    """What is replied to, without what that one replied to."""
    if message_id not in room.messages:
        raise bad_request("message to be replied not found")
    return room.messages[message_id].model_copy(update={"reply_to_message": None})


def _origin(name: str, date: int) -> MessageOriginHiddenUser:
    return MessageOriginHiddenUser(sender_user_name=name, date=date)


def edit(world: World, room: Room, person: User, message_id: int, text: str) -> Message:
    """Changes a person's own message.

    Raises:
        ApiError: 400, when it isn't there, isn't the person's, or isn't changed.
    """
    message = room.messages.get(message_id)
    if message is None or message.sender is None or message.sender.id != person.id:
        raise bad_request("message to edit not found")
    formatted = _written(text, CAPTION_LIMIT_UTF16 if message.photo else TEXT_LIMIT_UTF16)
    edited = message.model_copy(update=_content(formatted, photo=bool(message.photo)))
    if edited == message:
        raise bad_request("message is not modified")
    edited = world.replace(room, edited.model_copy(update={"edit_date": world.now()}))
    if bot_sees(world, room, edited):
        world.updates.put("edited_message", edited)
    return edited


def _written(text: str, limit_utf16: int) -> Formatted:
    cleaned = clean(text, ()).text
    if size_utf16(cleaned) > limit_utf16:
        raise bad_request("message is too long")
    return Formatted(cleaned, in_order(find_entities(cleaned)))


def _content(formatted: Formatted, *, photo: bool) -> dict[str, object]:
    entities = list(formatted.entities) or None
    if photo:
        return {"photo": [PHOTO], "caption": formatted.text or None, "caption_entities": entities}
    return {"text": formatted.text, "entities": entities}


def press(world: World, room: Room, person: User, message_id: int, data: str) -> str:
    """Presses the callback button with `data` under a message; returns the callback query's id.

    Raises:
        ApiError: 400, when the message has no such button.
    """
    message = room.messages.get(message_id)
    if message is None or not any(button.callback_data == data for button in buttons(message)):
        raise bad_request(f'message {message_id} has no button with the data "{data}"')
    query = CallbackQuery(
        id=str(4_000_000_000 + world.new_id()),
        sender=person,
        message=message,
        chat_instance=str(-1_000_000_000 - abs(room.chat.id)),
        data=data,
    )
    world.pressed[query.id] = Pressed(room.chat.id, person.id)
    world.updates.put("callback_query", query)
    return query.id


def buttons(message: Message) -> list[InlineKeyboardButton]:
    """All buttons under a message, row by row."""
    return (
        [button for row in message.reply_markup.inline_keyboard for button in row]
        if message.reply_markup
        else []
    )


def set_bot_status(world: World, room: Room, person: User, status: MemberStatus) -> None:
    """Adds the bot to a chat, promotes or removes it; in a private chat "kicked" blocks it."""
    before = room.status(world.bot.id)
    if before == status:
        raise bad_request(f"the bot is already {status}")
    room.members[world.bot.id] = (world.bot, status)
    changed = ChatMemberUpdated(
        chat=room.chat,
        sender=person,
        date=world.now(),
        old_chat_member=chat_member(world.bot, before),
        new_chat_member=chat_member(world.bot, status),
    )
    world.updates.put("my_chat_member", changed)
    if room.chat.type != "private":
        _announce(world, room, person, before, status)


def _announce(world: World, room: Room, person: User, before: MemberStatus, after: MemberStatus) -> None:
    outside = {"left", "kicked"}
    if (before in outside) == (after in outside):
        return
    news = {"left_chat_member": world.bot} if after in outside else {"new_chat_members": [world.bot]}
    service = Message(
        message_id=world.new_id(),
        sender=person,
        chat=room.chat,
        date=world.now(),
        **news,
    )
    world.post(room, service)
    if after not in outside:
        world.updates.put("message", service)


def bot_sees(world: World, room: Room, message: Message) -> bool:
    """Whether Telegram shows the bot a person's message: privacy mode hides most of a group's."""
    status = room.status(world.bot.id)
    if status in {"left", "kicked"}:
        return False
    if room.chat.type == "private" or status == "administrator" or world.bot.can_read_all_group_messages:
        return True
    replied = message.reply_to_message
    return (replied is not None and replied.sender == world.bot) or _is_addressed(world.bot, message)


def _is_addressed(bot: User, message: Message) -> bool:
    text = message.text or message.caption or ""
    utf16 = text.encode("utf-16-le")
    name = f"@{bot.username}".lower()
    for entity in message.entities or message.caption_entities or ():
        part = utf16[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le").lower()
        if entity.type == "mention" and part == name:
            return True
        if entity.type == "bot_command" and ("@" not in part or part.endswith(name)):
            return True
    return False
