"""Cutting articles into passages: the unit that is ranked, and that a person reads in Telegram."""

import re
from collections import Counter
from collections.abc import Iterator

from knowledge.articles import Article, Passage, Span
from knowledge.language.sentences import sentences

MAX_CHARACTERS = 700
"""A passage's length where sentences allow: about 110 Hindi words, two thumbs' height on a phone."""

_CLAUSE_END = re.compile(r"[,;:–—](?=\s)|(?<=\S)(?=\s+(?:और|तथा|एवं|लेकिन|जबकि|क्योंकि)\s)")
_WORD_END = re.compile(r"(?<=\S)(?=\s)")
_HEADING_CHARACTERS = 60


def passages(article: Article) -> tuple[Passage, ...]:
    """The article's text as passages of whole sentences, in order, none empty, nothing left out.

    Passages of one article are about equally long, as near to `MAX_CHARACTERS` as that allows
    (40 to 110 words where the article has as many). A heading goes with what follows it; only a
    sentence that is longer than a passage is itself cut, at a clause.
    """
    text = article.text
    units: list[Span] = []
    for begin, end in sentences(text):
        if end - begin <= MAX_CHARACTERS:
            units.append((begin, end))
        else:
            units.extend(_clauses(text, begin, end))
    texts = [text[begin:end] for begin, end in _packed(text, units)]
    told: Counter[str] = Counter()
    found: list[Passage] = []
    for position, text in enumerate(texts):
        found.append(Passage(article, position, text, told[text]))
        told[text] += 1
    return tuple(found)


def _clauses(text: str, begin: int, end: int) -> Iterator[Span]:
    """A sentence in pieces of at most a passage's length, cut where a clause ends."""
    while end - begin > MAX_CHARACTERS:
        cut = _cut(text, begin, begin + MAX_CHARACTERS)
        yield begin, cut
        begin = end - len(text[cut:end].lstrip())
    yield begin, end


def _cut(text: str, begin: int, end: int) -> int:
    """The last place up to `end` where a clause ends, if that is in the later half, or else a word."""
    clauses = [match.end() for match in _CLAUSE_END.finditer(text, (begin + end) // 2, end)]
    words = clauses or [match.end() for match in _WORD_END.finditer(text, begin + 1, end)]
    return words[-1] if words else end


def _packed(text: str, units: list[Span]) -> Iterator[Span]:
    """Runs of neighbouring units, about equally long; a run ends where it comes nearest to its share."""
    begin = 0
    while begin < len(units):
        start, rest = units[begin][0], units[-1][1] - units[begin][0]
        share = rest / -(-rest // MAX_CHARACTERS)
        end = begin + 1
        while end < len(units) and _fits_better(text, units[end - 1], units[end], start, share):
            end += 1
        yield start, units[end - 1][1]
        begin = end


def _fits_better(text: str, last: Span, following: Span, start: int, share: float) -> bool:
    """Whether a run from `start` is better off with the following unit than without it."""
    without, within = last[1] - start, following[1] - start
    if within > MAX_CHARACTERS:
        return False
    return _is_heading(text, last, following) or abs(within - share) <= abs(without - share)


def _is_heading(text: str, line: Span, following: Span) -> bool:
    """Whether `line` stands alone, short and without a final mark, before more text."""
    alone = "\n" in text[line[1] : following[0]]
    return alone and line[1] - line[0] <= _HEADING_CHARACTERS and text[line[1] - 1] not in "।?!.|॥…\"'”’"
