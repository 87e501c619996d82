"""Reading a Bot API message, and writing one as Telegram sends it."""

from typing import Any

Json = dict[str, Any]
BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "ख़बर", "username": "khabar_bot"}
MEERA = {"id": 501, "is_bot": False, "first_name": "मीरा", "language_code": "hi"}
RAVI = {"id": 502, "is_bot": False, "first_name": "रवि"}
NEWSROOM = {"id": -1001, "type": "supergroup", "title": "समाचार कक्ष"}


def message(text: str | None = None, **more: Any) -> Json:
    """A message in a group, as Telegram's JSON."""
    body = {"message_id": 10, "date": 1_700_000_000, "chat": NEWSROOM, "from": MEERA}
    return body | ({"text": text} if text is not None else {}) | more


def entity(kind: str, text: str, part: str, **more: Any) -> Json:
    """An entity over the first `part` of `text`, measured in UTF-16 units."""
    before = text.partition(part)[0]
    return {"type": kind, "offset": units(before), "length": units(part), **more}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def styled(sent: Json, kind: str) -> list[str]:
    """The parts of a message's text that are styled so."""
    text = sent["text"].encode("utf-16-le")
    return [
        text[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le")
        for each in sent.get("entities", [])
        if each["type"] == kind
    ]
