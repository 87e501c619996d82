"""What was asked in a message: pure functions, nothing about the answer."""

from telegram import Message, MessageEntity, User

MOST_CHARACTERS = 1_000
"""A question of this length is already a story; beyond it, ranking finds whatever is long as well."""


def in_private(message: Message) -> str:
    """The text or caption: in a private chat all of it is the question."""
    return _written(message)


def in_command(message: Message, bot: User) -> str:
    """What follows `/ask`; without that, the message it replies to, or the part quoted of it."""
    _, *asked = _written(message).split(maxsplit=1)
    return asked[0] if asked else _replied_to(message, bot)


def in_group(message: Message, bot: User) -> str | None:
    """What the bot was asked by a mention or by a reply to its message; None when others were spoken to."""
    mentions = _mentions(message, bot)
    if not mentions:
        return _written(message) if _replies_to(message, bot) else None
    return _without(message.text or message.caption or "", mentions) or _replied_to(message, bot)


def suggested(message: Message, button: str) -> str:
    """What the bot's own message suggests to ask, bold above the button with this data.

    Empty where the message is another one by now, because the question was edited.
    """
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    bold = [entity for entity in message.entities if entity.type == MessageEntity.BOLD]
    if not bold or all(each.callback_data != button for row in rows for each in row):
        return ""
    # Telegram may part one entity in several, where it found a mention or a link in it.
    start, end = bold[0].offset, bold[-1].offset + bold[-1].length
    return (message.text or "").encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def is_question(text: str) -> bool:
    """Whether `text` has a letter or digit: `is_question("🙏🙏")` is False."""
    return any(character.isalnum() for character in text)


def _written(message: Message) -> str:
    return (message.text or message.caption or "").strip()


def _replies_to(message: Message, bot: User) -> bool:
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == bot.id


def _replied_to(message: Message, bot: User) -> str:
    if _replies_to(message, bot):
        return ""  # the bot's own words are no question
    if message.quote:
        return message.quote.text.strip()
    return _written(message.reply_to_message) if message.reply_to_message else ""


def _mentions(message: Message, bot: User) -> list[MessageEntity]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    entities = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    return [entity for entity, text in entities.items() if _names(entity, text, bot)]


def _names(entity: MessageEntity, text: str, bot: User) -> bool:
    if entity.user:
        return entity.user.id == bot.id
    return text.lower() == f"@{bot.username}".lower()


def _without(text: str, entities: list[MessageEntity]) -> str:
    units = text.encode("utf-16-le")  # two bytes a unit: what Telegram's offsets count
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return " ".join(units.decode("utf-16-le").split())
