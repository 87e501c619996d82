r"""Where the words are: runs of letters and marks, or of digits, by Unicode category.

`\w` of the standard library leaves out combining marks and so cuts "मौसम" in two; the `regex`
module knows the categories. Letters and digits part company ("जी20" is जी and 20, as in "जी-20"),
and digits hold together across grouping commas and decimal points ("1,00,000", "5.5"), but not where
commas part days ("15,16 मार्च").
"""

import re
from collections.abc import Iterator

import regex

_JOINERS = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Invisible characters within words: zero-width space and joiners, soft hyphen, byte order mark."""

_NO_JOINERS = dict.fromkeys(map(ord, _JOINERS))

_LETTER = rf"[\u0900-\u0963\u0971-\u097fA-Za-z\p{{L}}\p{{M}}{_JOINERS}]"
"""Devanagari and ASCII letters stand first though \\p{L} holds them: that finds words a third faster."""

_GROUPED = r"\p{Nd}{1,3}(?:,\p{Nd}{2,3})*,\p{Nd}{3}(?!\p{Nd})"
"""Thousands by threes behind a comma; above them, lakhs and crores by twos, or all by threes."""

_WORD = regex.compile(rf"{_LETTER}+|(?:{_GROUPED}|\p{{Nd}}+)(?:\.\p{{Nd}}+)*")

_SURROGATE = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    r"""`text` with U+FFFD for each lone surrogate: half an emoji, as JSON holds it in "\ud83d"."""
    return _SURROGATE.sub("\ufffd", text)


def without_joiners(word: str) -> str:
    """The word without the invisible characters that are pasted along with it."""
    return word.translate(_NO_JOINERS)


def words(text: str) -> list[str]:
    """The words of `text` as written, in order: `words("कोविड-19 से 1,200 मौतें")`."""
    found: list[str] = _WORD.findall(text)
    return found


def word_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and form of each word of `text`, in code points."""
    return ((match.start(), match.end(), match[0]) for match in _WORD.finditer(text))
