"""A page as lines, each judged by itself: running text, a label of the page, or something short."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

import regex

from knowledge.language.words import encodable
from knowledge.sources.furniture import COMMENTS, NOISE, RELATED, TEASER, fold

LABEL_CHARS = 300
"""A longer line is running text, whatever it says."""
SENTENCE_CHARS = 120
"""So is one of this length that ends as a sentence does; saves looking at nine tenths of a news text."""
END_CHARS = 50
"""Where to look how a line ends."""

# the standard library's `re` finds single characters six times as fast as `regex`
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
ENTITY = regex.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
SENTENCE_END = regex.compile(r"[।॥.?!]\s*(?:[\"'”’)\]}»]*|\([^()]{1,40}\))$")
SENTENCE_WITHIN = regex.compile(r"[।॥] \p{L}")
CUT_SHORT = regex.compile(r"(?:…|\.\.+|\[…\]|\[\.\.+\])\s*$")
BULLET = regex.compile(r"[•●▪◦‣∙·*➤►»–—-]\s*(?=\S)")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
LONG_WORD = 4
"""Code points; most of Hindi's function words are shorter."""


class Kind(Enum):
    """What a line is by itself, before its place is looked at."""

    PROSE = auto()
    SHORT = auto()
    NOISE = auto()
    RELATED = auto()
    COMMENTS = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, its kind, and (unless it is plainly running text) how it compares with labels."""

    text: str
    kind: Kind
    folded: str = ""

    @classmethod
    def of(cls, text: str) -> "Line":
        """The line with its kind; `text` has no white space at its ends."""
        end = text[-END_CHARS:]
        whole = not CUT_SHORT.search(end)
        ends = whole and SENTENCE_END.search(end) is not None
        if len(text) > LABEL_CHARS or (ends and len(text) > SENTENCE_CHARS):
            return cls(text, Kind.PROSE)
        folded = fold(text)
        for kind, labels in LABELS:
            if labels.fullmatch(folded):
                return cls(text, kind, folded)
        # a headline may end in ? or !, and a paragraph in a colon before its list
        tells = (ends and text[-1] not in "?!") or (whole and SENTENCE_WITHIN.search(text) is not None)
        return cls(text, Kind.PROSE if tells and text.count(" ") >= 4 else Kind.SHORT, folded)

    @property
    def is_prose(self) -> bool:
        """Whether this is running text."""
        return self.kind is Kind.PROSE

    @property
    def is_bullet(self) -> bool:
        """Whether this is an item of a list."""
        return BULLET.match(self.text) is not None


LABELS = ((Kind.COMMENTS, COMMENTS), (Kind.NOISE, NOISE), (Kind.RELATED, RELATED), (Kind.NOISE, TEASER))


def tidy(text: str) -> str:
    r"""The text with `\n` as its only line end, single blanks, and nothing invisible but the joiners."""
    if "&" in text and ENTITY.search(text):
        text = html.unescape(text)
    text = encodable(INVISIBLE.sub("", text))
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def words(lines: Iterable[Line], shortest: int = 1) -> set[str]:
    """The different words of the lines, of at least so many code points."""
    return {word for line in lines for word in WORD.findall(line.text) if len(word) >= shortest}


def share(part: set[str], whole: set[str]) -> float:
    """How much of `part` is in `whole`, 0 to 1."""
    return len(part & whole) / len(part) if part else 0.0
