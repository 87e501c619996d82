"""The log: one line an event on standard error, with no secret in it, not even in a traceback."""

import logging
import re
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import TextIO

_BOT_TOKEN = re.compile(r"\d+(?::|%3[Aa])[\w-]{35}", re.ASCII)
_HIDDEN = "<secret>"
_CHATTY = ("httpx", "httpcore", "apscheduler", "tornado.access", "uvicorn.access")
"""Loggers that tell every request; httpx's lines hold the whole URL, and with it the token."""


class Redactor:
    """Takes out of a text whatever looks like a bot's token, and the secrets that are known."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted(filter(None, secrets), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """`text` with `<secret>` in the place of each secret."""
        text = _BOT_TOKEN.sub(_HIDDEN, text)
        return self._known.sub(_HIDDEN, text) if self._known else text


class RedactingFormatter(logging.Formatter):
    """Redacts the finished line, so that arguments, exceptions and their causes are covered too."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The record as one redacted text."""
        return self._redact(super().format(record))


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(__name__).critical("The program ends: %r", error, exc_info=(kind, error, trace))


def configure(redact: Redactor, stream: TextIO | None = None) -> None:
    """Sends the log of all libraries to `stream` (standard error), redacted, replacing earlier handlers.

    So does an exception that ends the program.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter(redact))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    sys.excepthook = _log_uncaught  # Python's own prints secrets as they are
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
