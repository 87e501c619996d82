"""Text with marks on it, measured and cut as Telegram measures it."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex
from telegram import MessageEntity

from knowledge.articles import Span
from knowledge.language.sentences import sentences

_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the reading order of what follows around; joiners (U+200C, U+200D) are part of Hindi and stay."""

_GRAPHEME = regex.compile(r"\X")
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Mark:
    """A style on the half-open range of code points `start` to `end`; `kind` is one of MessageEntity's."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the marks on it; texts are joined with `+`."""

    text: str
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: "Marked") -> "Marked":
        return Marked(self.text + other.text, self.marks + _shifted(other.marks, len(self.text)))

    def __getitem__(self, span: slice) -> "Marked":
        start, end, _ = span.indices(len(self.text))
        clipped = (Mark(m.kind, max(m.start, start), min(m.end, end)) for m in self.marks)
        return Marked(self.text[start:end], _shifted((m for m in clipped if m.start < m.end), -start))

    def styled(self, kind: str) -> "Marked":
        """The same text with one more mark all over it; none where there is no text."""
        return Marked(self.text, (Mark(kind, 0, len(self.text)), *self.marks)) if self.text else self

    def entities(self) -> tuple[MessageEntity, ...]:
        """The marks as Telegram wants them, in UTF-16 units; wider ones first, as nesting asks for."""
        ordered = sorted(self.marks, key=lambda mark: (mark.start, -mark.end))
        units = _units_before(self.text)
        return tuple(MessageEntity(m.kind, units[m.start], units[m.end] - units[m.start]) for m in ordered)


def _shifted(marks: Iterable[Mark], by: int) -> tuple[Mark, ...]:
    return tuple(Mark(mark.kind, mark.start + by, mark.end + by) for mark in marks)


def _units_before(text: str) -> list[int]:
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if character > "\uffff" else 1))
    return units


def size_utf16(text: str) -> int:
    """The length of `text` in UTF-16 units: `size_utf16("🙏")` is 2."""
    return len(text) + sum(character > "\uffff" for character in text)


def clean(text: Marked) -> Marked:
    """The text without what could harm a message: bidirectional controls, control characters, surrogates."""
    kept = [i for i, character in enumerate(text.text) if _is_harmless(character)]
    marks = (Mark(m.kind, bisect_left(kept, m.start), bisect_left(kept, m.end)) for m in text.marks)
    return Marked("".join(text.text[i] for i in kept), tuple(m for m in marks if m.start < m.end))


def _is_harmless(character: str) -> bool:
    if character in _BIDI_CONTROLS:
        return False
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")


def clean_line(text: str) -> str:
    """`text` on one line, cleaned, its white space runs made single blanks."""
    return " ".join(clean(Marked(" ".join(text.split()))).text.split())


def cut(text: Marked, limit_utf16: int) -> Marked:
    """At most `limit_utf16` units of `text`, an ellipsis included where it was cut.

    The cut is at the last sentence end, or where that would lose more than half, between words, or
    where there are none, between graphemes.
    """
    if size_utf16(text.text) <= limit_utf16:
        return text
    end = _cut_at(text.text, limit_utf16 - size_utf16(" " + ELLIPSIS))
    return text[:end] + Marked(" " + ELLIPSIS if text.text[end].isspace() else ELLIPSIS)


def _cut_at(text: str, limit_utf16: int) -> int:
    borders = [0, *_grapheme_ends(text, limit_utf16)]
    room = borders[-1]
    sentence_ends = [end for _, end in sentences(text) if end in borders]
    before_last_word, *_ = text[:room].rsplit(maxsplit=1) or [""]
    word_end = room if text[room].isspace() else len(before_last_word)
    for end in (*sentence_ends[-1:], word_end):
        if end > room // 2 and end in borders:
            return end
    return room


def _grapheme_ends(text: str, limit_utf16: int) -> Iterator[int]:
    size = 0
    for grapheme in _GRAPHEME.finditer(text):
        size += size_utf16(grapheme[0])
        if size > limit_utf16:
            return
        yield grapheme.end()


def joined(spans: Iterable[Span], text: str, within: Span) -> Iterator[Span]:
    """`spans`, neighbours with only blanks between made one, split where `within` starts and ends."""
    whole: list[Span] = []
    for start, end in spans:
        if whole and text[whole[-1][1] : start].strip(" ") == "":
            start = whole.pop()[0]
        whole.append((start, end))
    for start, end in whole:
        borders = [border for border in within if start < border < end]
        yield from pairwise([start, *borders, end])
