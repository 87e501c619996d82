"""What becomes of a message's text: cleaned, checked against the limits, its entities put in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from bot.web.standin.errors import bad_request
from bot.web.standin.links import WrongLink, checked_link, find_entities, size_utf16
from bot.web.standin.markup import WrongMarkup, parse_html
from bot.web.standin.wire import MessageEntity

TEXT_LIMIT_UTF16 = 4096
CAPTION_LIMIT_UTF16 = 1024
ENTITIES_LIMIT = 100

_FOUND_BY_TELEGRAM = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_QUOTES = {"blockquote", "expandable_blockquote"}
_LEAVES = {"code", "pre"}
_STYLES = {"bold", "italic", "underline", "strikethrough", "spoiler"} | _QUOTES | _LEAVES
_TYPES = _FOUND_BY_TELEGRAM | _STYLES | {"text_link"}

_REMOVED = regex.compile(r"[\r\u2028-\u202e\u0333\u033f\u030a]")
_SPACED = regex.compile(r"[\x00-\x09\x0b-\x1f]")
_INVISIBLE = regex.compile(r"[\s\u200b-\u200f\u2060\u2800\u3164\ufeff\xa0]*")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as it is stored, with its entities in order."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


def compose(
    text: str,
    parse_mode: str | None = None,
    entities: Sequence[MessageEntity] | None = None,
    limit_utf16: int = TEXT_LIMIT_UTF16,
) -> Formatted:
    """The stored form of a text that a bot sends.

    Raises:
        ApiError: 400, when it is empty, too long, or its markup or an entity is wrong.
    """
    if not text:
        raise bad_request("message text is empty")
    given = list(entities or ())
    if parse_mode:
        if given:
            raise bad_request("parse_mode and entities exclude each other")
        text, given = _parsed(text, parse_mode)
    cleaned = clean(text, [_checked(entity) for entity in given])
    if _INVISIBLE.fullmatch(cleaned.text):
        raise bad_request("text must be non-empty")
    if size_utf16(cleaned.text) > limit_utf16:
        raise bad_request("message is too long")
    _check_nesting(cleaned.entities)
    return Formatted(cleaned.text, _with_found(cleaned)[:ENTITIES_LIMIT])


def _parsed(text: str, parse_mode: str) -> tuple[str, list[MessageEntity]]:
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return parse_html(text)
    except WrongMarkup as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _checked(entity: MessageEntity) -> MessageEntity:
    if entity.type not in _TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if entity.offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {entity.offset}")
    if entity.length <= 0:
        raise bad_request(f"receive an entity with incorrect length {entity.length}")
    if entity.type != "text_link":
        return entity
    if entity.url is None:
        raise bad_request("can't parse MessageEntity: Can't find field \"url\"")
    try:
        return entity.model_copy(update={"url": checked_link(entity.url)})
    except WrongLink as error:
        raise bad_request(f"entity URL '{entity.url}' is invalid: {error}") from error


def clean(text: str, entities: Sequence[MessageEntity]) -> Formatted:
    """The text without control characters and outer white space, its entities moved accordingly.

    Raises:
        ApiError: 400, when an entity begins or ends outside of the text or within a character.
    """
    kept = [_SPACED.sub(" ", _REMOVED.sub("", character)) for character in text]
    first, end = _inner("".join(kept))
    moved: dict[int, int] = {}
    old = new = 0
    for character, replacement in zip(text, kept, strict=True):
        moved[old] = min(max(new - first, 0), end - first)
        old += size_utf16(character)
        new += size_utf16(replacement)
    moved[old] = end - first
    result = [_moved(entity, moved, old) for entity in entities]
    stripped = "".join(kept).strip(" \n")
    return Formatted(stripped, in_order(entity for entity in result if entity.length))


def _inner(text: str) -> tuple[int, int]:
    """Where the text begins and ends without outer white space, in UTF-16 code units."""
    lead = len(text) - len(text.lstrip(" \n"))
    return lead, max(lead, size_utf16(text.rstrip(" \n")))


def _moved(entity: MessageEntity, moved: dict[int, int], size: int) -> MessageEntity:
    end = entity.offset + entity.length
    if entity.offset > size:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {entity.offset}")
    if entity.offset not in moved:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {entity.offset}")
    place = f"entity beginning at UTF-16 offset {entity.offset}"
    if end > size:
        raise bad_request(f"{place} ends after the end of the text at UTF-16 offset {end}")
    if end not in moved:
        raise bad_request(f"{place} ends in a middle of a UTF-16 symbol at UTF-16 offset {end}")
    start = moved[entity.offset]
    return entity.model_copy(update={"offset": start, "length": moved[end] - start})


def _check_nesting(entities: Sequence[MessageEntity]) -> None:
    """Refuses what Telegram would cut or drop in silence, because a bot that sends it has a fault."""
    for index, outer in enumerate(entities):
        for inner in entities[index + 1 :]:
            if not overlaps(outer, inner):
                continue
            if inner.offset + inner.length > outer.offset + outer.length:
                raise bad_request(f"entities {outer.type} and {inner.type} overlap without nesting")
            if {outer.type, inner.type} & _LEAVES or {outer.type, inner.type} <= _QUOTES:
                raise bad_request(f"entity {inner.type} can't be nested in {outer.type}")


def overlaps(one: MessageEntity, other: MessageEntity) -> bool:
    """Whether the two have a code unit in common."""
    return one.offset < other.offset + other.length and other.offset < one.offset + one.length


def _with_found(formatted: Formatted) -> tuple[MessageEntity, ...]:
    """Telegram's own finds join what the bot gave, but never within code, links or other finds."""
    closed = [one for one in formatted.entities if one.type in _LEAVES | _FOUND_BY_TELEGRAM | {"text_link"}]
    found = [
        one for one in find_entities(formatted.text) if not any(overlaps(one, other) for other in closed)
    ]
    return in_order([*formatted.entities, *found])


def in_order(entities: Iterable[MessageEntity]) -> tuple[MessageEntity, ...]:
    """The entities as Telegram lists them: by place, outer before inner."""
    return tuple(sorted(entities, key=lambda one: (one.offset, -one.length)))
