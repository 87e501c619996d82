"""Text from bytes, whatever wrote them."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ["utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be", "cp1252"]
"""No other code page writes Hindi; with all of them a short English text is taken for Greek."""
SHORT_BYTES = 32
"""Below this even an English word passes for UTF-16."""
DAMAGED_SHARE = 0.02
"""UTF-8 with more unreadable places than this isn't UTF-8."""
CONTROL_SHARE = 0.01
"""An image or an archive has more control characters."""
TYPICAL_SHARE = 0.9
"""Share of Hindi, English and white space in a text whose encoding was guessed; noise reads as Chinese."""

DECLARED = re.compile(
    rb"""<(?:meta[^>]+charset\s*=\s*["']?|\?xml[^>]+encoding\s*=\s*["'])([\w.:-]+)""", re.IGNORECASE
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MULTIBYTE = re.compile("[\u0900-\u097f\u2010-\u203a]")
TYPICAL = re.compile("[\u0900-\u097f\u2010-\u203a\t\r\n -~\u00a0-\u00ff]")


class NotText(ValueError):
    """The bytes are no text in any encoding that could be told."""


def byte_order_mark(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start tells, if there is one."""
    return next((encoding for mark, encoding in BOMS if data.startswith(mark)), None)


def decode(data: bytes, *, is_html: bool = False) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as HTML declares itself, or as it looks.

    A UTF-8 text with a few damaged places keeps the rest, with U+FFFD for what is lost.

    Raises:
        NotText: the bytes are an image, an archive, or text in an encoding that can't be told.
    """
    for text in _readings(data, declared(data) if is_html else None):
        if len(CONTROL.findall(text)) <= CONTROL_SHARE * len(text):
            return text
    raise NotText("it is not text, or in an encoding that can't be told: save it as UTF-8")


def declared(html: bytes) -> str | None:
    """The encoding that an HTML page declares, when Python knows it."""
    found = DECLARED.search(html, 0, 4096)
    try:
        return codecs.lookup(found[1].decode("ascii")).name if found else None
    except LookupError:
        return None


def _readings(data: bytes, declared: str | None) -> Iterator[str]:
    for encoding in filter(None, (byte_order_mark(data), "utf-8", declared)):
        with suppress(UnicodeError):
            yield data.decode(encoding)
    damaged = data.decode("utf-8", errors="replace")
    if MULTIBYTE.search(damaged) and damaged.count("\ufffd") <= max(2, DAMAGED_SHARE * len(damaged)):
        yield damaged
    best = from_bytes(data, cp_isolation=CANDIDATES if len(data) >= SHORT_BYTES else ["cp1252"]).best()
    if best and len(TYPICAL.findall(str(best))) >= TYPICAL_SHARE * len(str(best)):
        yield str(best)
