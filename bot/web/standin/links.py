"""Links as Telegram takes them, and what it finds in a text by itself: commands, mentions, links, tags."""

from urllib.parse import SplitResult, urlsplit

import regex

from bot.web.standin.wire import MessageEntity

_FOUND = regex.compile(
    r"""
      (?P<bot_command>(?<![\p{L}\p{M}\p{N}_/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\p{L}\p{M}\p{N}_/@<>]))
    | (?P<url>\bhttps?://[^\s<>"]+[^\s<>".,;:!?)\]'।])
    | (?P<mention>(?<![\p{L}\p{M}\p{N}_@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?![\p{L}\p{M}\p{N}_]))
    | (?P<hashtag>(?<![\p{L}\p{M}\p{N}_#/])\#[\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*)
    """,
    regex.VERBOSE,
)


def size_utf16(text: str) -> int:
    """The length of `text` in UTF-16 code units, which is how Telegram counts.

    >>> size_utf16("नमस्ते 🙏")
    9
    """
    return len(text) + sum(character > "\uffff" for character in text)


def find_entities(text: str) -> list[MessageEntity]:
    """The commands, mentions, links and hashtags of `text`, in order."""
    return [
        MessageEntity(
            type=match.lastgroup or "",
            offset=size_utf16(text[: match.start()]),
            length=size_utf16(match.group()),
        )
        for match in _FOUND.finditer(text)
    ]


class WrongLink(ValueError):
    """A link that Telegram refuses; the message is its reason."""


def checked_link(url: str) -> str:
    """The link as Telegram stores it: with a scheme, and a path where there is none.

    >>> checked_link("example.org")
    'http://example.org/'

    Raises:
        WrongLink: it isn't an address of the web or of Telegram.
    """
    if not url:
        raise WrongLink("URL host is empty")
    parts = _split(url if "://" in url else f"http://{url}")
    if parts.scheme in {"tg", "ton"}:
        return url
    if parts.scheme not in {"http", "https"}:
        raise WrongLink("Unsupported URL protocol")
    host = parts.hostname or ""
    if not host:
        raise WrongLink("URL host is empty")
    if regex.search(r"\s", url) or not regex.fullmatch(r"[^.]+(\.[^.]+)+\.?", host):
        raise WrongLink("Wrong HTTP URL")
    return parts._replace(path=parts.path or "/").geturl()


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it checks it
    except ValueError as error:
        raise WrongLink("Wrong HTTP URL") from error
    return parts
