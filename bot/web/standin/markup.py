"""parse_mode=HTML: Telegram's small HTML to a text and its entities, with Telegram's own complaints."""

from dataclasses import dataclass

import regex

from bot.web.standin.links import WrongLink, checked_link, size_utf16
from bot.web.standin.wire import MessageEntity

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_REFERENCE = regex.compile(
    r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>[0-9]+)|(?P<name>lt|gt|amp|quot)(?![A-Za-z]));?"
)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_END_TAG = regex.compile(r"</([^\s>]*)\s*(>?)")
_START_TAG = regex.compile(r"<([^\s>]*)")
_ATTRIBUTE = regex.compile(
    r"""\s*(?:(?P<name>[^\s=>]+)\s*
        (?P<value>=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<token>[A-Za-z0-9.\-]+)(?=[\s>])))?)?""",
    regex.VERBOSE,
)


class WrongMarkup(ValueError):
    """The HTML can't be read; the message is Telegram's reason."""


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


@dataclass(slots=True)
class _Reader:
    html: str
    text: str = ""
    position: int = 0

    def byte_offset(self, position: int) -> int:
        return len(self.html[:position].encode())


def parse_html(html: str) -> tuple[str, list[MessageEntity]]:
    """The text of `html` and its entities, in order, outer before inner; offsets are UTF-16 code units.

    >>> parse_html("<b>चंद्रयान</b> &amp; आदित्य")[0]
    'चंद्रयान & आदित्य'

    Raises:
        WrongMarkup: a tag is unknown, unclosed or closed in the wrong place.
    """
    reader = _Reader(html)
    opened: list[_Open] = []
    entities: list[MessageEntity] = []
    while reader.position < len(html):
        character = html[reader.position]
        if character == "&":
            _read_reference(reader)
        elif character != "<":
            reader.text += character
            reader.position += 1
        elif html.startswith("</", reader.position):
            entities += _close(reader, opened)
        else:
            opened.append(_open(reader))
    if opened:
        raise WrongMarkup(f'Can\'t find end tag corresponding to start tag "{opened[-1].tag}"')
    return reader.text, sorted(entities, key=lambda entity: (entity.offset, -entity.length))


def decode_references(text: str) -> str:
    """`text` with Telegram's four named and all numeric references replaced; others stay as they are."""
    return str(_REFERENCE.sub(lambda match: _character(match) or match.group(), text))


def _character(match: "regex.Match[str]") -> str | None:
    if name := match["name"]:
        return _NAMED[name]
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    if 0xD800 <= code <= 0xDFFF:
        raise WrongMarkup(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < 0x10FFFF else None


def _read_reference(reader: _Reader) -> None:
    match = _REFERENCE.match(reader.html, reader.position)
    character = _character(match) if match else None
    reader.text += character or "&"
    reader.position = match.end() if match and character else reader.position + 1


def _open(reader: _Reader) -> _Open:
    start = reader.byte_offset(reader.position)
    match = _START_TAG.match(reader.html, reader.position)
    if match is None or match.end() == len(reader.html):
        raise WrongMarkup(f"Unclosed start tag at byte offset {start}")
    tag = match[1].lower()
    if tag not in _TYPES:
        raise WrongMarkup(f'Unsupported start tag "{tag}" at byte offset {start}')
    reader.position = match.end()
    attributes = _attributes(reader, tag, start)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise WrongMarkup(f'Tag "span" must have class "tg-spoiler" at byte offset {start}')
    return _Open(tag, attributes, size_utf16(reader.text), len(reader.text))


def _attributes(reader: _Reader, tag: str, start: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    while True:
        match = _ATTRIBUTE.match(reader.html, reader.position)
        if match is None or match.end() == len(reader.html):
            raise WrongMarkup(f"Unclosed start tag at byte offset {start}")
        reader.position = match.end()
        if match["name"]:
            attributes[match["name"].lower()] = _value(reader, match, tag, start)
        elif reader.html[reader.position] == ">":
            reader.position += 1
            return attributes
        else:
            raise WrongMarkup(f'Empty attribute name in the tag "{tag}" at byte offset {start}')


def _value(reader: _Reader, match: "regex.Match[str]", tag: str, start: int) -> str:
    if match["value"]:
        quoted = match["double"] if match["double"] is not None else match["single"]
        return decode_references(quoted) if quoted is not None else match["token"].lower()
    if reader.html[reader.position] == "=":
        token = reader.html[reader.position + 1 :].lstrip()
        if not token or token[0] in "'\"":
            raise WrongMarkup(f"Unclosed start tag at byte offset {start}")
        offset = reader.byte_offset(len(reader.html) - len(token))
        raise WrongMarkup(f"Unexpected end of name token at byte offset {offset}")
    if match["name"].lower() != "expandable":
        place = f'of the tag "{tag}" at byte offset {start}'
        raise WrongMarkup(f"Expected equal sign in declaration of an attribute {place}")
    return ""


def _close(reader: _Reader, opened: list[_Open]) -> list[MessageEntity]:
    start = reader.byte_offset(reader.position)
    if not opened:
        raise WrongMarkup(f"Unexpected end tag at byte offset {start}")
    match = _END_TAG.match(reader.html, reader.position)
    if match is None or not match[2]:
        raise WrongMarkup(f"Unclosed end tag at byte offset {start}")
    element, tag = opened.pop(), match[1].lower()
    if tag and tag != element.tag:
        raise WrongMarkup(
            f'Unmatched end tag at byte offset {start}, expected "</{element.tag}>", found "</{tag}>"'
        )
    reader.position = match.end()
    return _entity(element, reader.text)


def _entity(element: _Open, text: str) -> list[MessageEntity]:
    inner = text[element.start :]
    if not inner:
        return []
    kind, url = _TYPES[element.tag], None
    if element.tag == "a":
        try:
            url = checked_link(element.attributes.get("href") or inner)
        except WrongLink:
            return []  # Telegram keeps the text and drops the link
    if element.tag == "blockquote" and "expandable" in element.attributes:
        kind = "expandable_blockquote"
    return [MessageEntity(type=kind, offset=element.offset, length=size_utf16(inner), url=url)]
