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
NOT_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf-7"}
"""What Python decodes, but nobody writes a page in."""
BROWSERS_READ_AS = {"ascii": "cp1252", "iso8859-1": "cp1252"}
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


def decode(data: bytes, *, is_html: bool = False, charset: str | None = None) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as is said of it, or as it looks.

    What is said of it is `charset`, or else what an HTML page or an XML file declares. UTF-8 comes before,
    since nothing else passes for it, and many pages are labelled wrongly. A UTF-8 text with a few damaged
    places keeps the rest, with U+FFFD for what is lost.

    Raises:
        NotText: the bytes are an image, an archive, or text in an encoding that can't be told.
    """
    for text in _readings(data, charset, declared(data) if is_html else None):
        if len(CONTROL.findall(text)) <= CONTROL_SHARE * len(text):
            return text
    raise NotText("it is not text, or in an encoding that can't be told: save it as UTF-8")


def declared(html: bytes) -> str | None:
    """The encoding that an HTML page declares, when Python knows it."""
    found = DECLARED.search(html, 0, 4096)
    return known_encoding(found[1].decode("ascii")) if found else None


def known_encoding(name: str) -> str | None:
    """Python's name for an encoding that pages are written in, when it knows it."""
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if encoding in NOT_CHARSETS else BROWSERS_READ_AS.get(encoding, encoding)


def _readings(data: bytes, *said: str | None) -> Iterator[str]:
    for encoding in filter(None, (byte_order_mark(data), "utf-8")):
        with suppress(UnicodeError):
            yield data.decode(encoding)
    damaged = data.decode("utf-8", errors="replace")
    if MULTIBYTE.search(damaged) and damaged.count("\ufffd") <= max(2, DAMAGED_SHARE * len(damaged)):
        yield damaged
    for encoding in filter(None, said):
        with suppress(UnicodeError, LookupError):  # LookupError for what turns bytes into bytes, like hex
            yield data.decode(encoding)
    best = from_bytes(data, cp_isolation=CANDIDATES if len(data) >= SHORT_BYTES else ["cp1252"]).best()
    if best and len(TYPICAL.findall(str(best))) >= TYPICAL_SHARE * len(str(best)):
        yield str(best)
