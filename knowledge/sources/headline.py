"""The title of an article that was given none."""

from collections.abc import Sequence

import regex

from knowledge.sources.furniture import HOMES, SECTIONS, fold
from knowledge.sources.lines import BULLET, CUT_SHORT, WORD, Kind, Line

TITLE_CHARS = 100
"""Where a title made of a first sentence is cut."""
HEADLINE_CHARS = 160
"""A longer line above a story is no headline."""
CUT_LETTERS = 20
"""So many letters of a headline that is cut short are enough to know it by."""

# a full stop ends a Hindi sentence behind its verb or a long word, and not behind डॉ. or श्री.
FIRST_SENTENCE = regex.compile(
    r".*?(?:[।॥?!](?=\s|$|[\"'”’)])|\b(?:हैं?|था|थे|थीं?|ग[ईए]|गया)\.|(?<=\p{Devanagari}{4})\.(?=\s|$))"
)
DATELINE = regex.compile(r"[^।.:]{2,40}।\s+(?=\S)")
PUBLISHER = regex.compile(r"\s+[|–—-]\s+[^|–—-]{2,30}$")
LOOSE_END = regex.compile(r"(?:[\s,;:–-]+(?:का|के|की|को|में|से|पर|ने|और|कि|एवं|तथा|व|श्री))*[\s,;:–-]*$")
CRUMB = regex.compile(r"\s*[>»›→|]\s*|\s+[/:]\s+")


def first_sentence(paragraph: str) -> str:
    """The paragraph's first sentence as a title, cut at a word's end near 100 characters.

    `नई दिल्ली। संसद का सत्र सोमवार से शुरू होगा। ...` gives `संसद का सत्र सोमवार से शुरू होगा`.
    """
    if bullet := BULLET.match(paragraph):
        paragraph = paragraph[bullet.end() :]
    place = DATELINE.match(paragraph)
    if place and place[0].count(" ") <= 4:
        paragraph = paragraph[place.end() :]
    found = FIRST_SENTENCE.match(paragraph)
    sentence = str(found[0] if found else paragraph).rstrip("।. ")
    if len(sentence) <= TITLE_CHARS:
        return sentence
    cut = sentence[:TITLE_CHARS]
    return str(LOOSE_END.sub("", cut.rpartition(" ")[0] or cut)) + "…"


def headline_above(story: Sequence[Line], breadcrumbs: Sequence[Sequence[str]]) -> str:
    """The headline among the lines above a story, or ""; a breadcrumb that ends in it proves it."""
    lasts = [parts[-1] for parts in breadcrumbs if len(parts[-1].split()) >= 3]
    candidates = [line.text for line in story if _reads_as_headline(line)]
    proven = [text for text in candidates if any(is_same(text, last) for last in lasts)]
    return next(iter([*proven, *candidates, *lasts]), "")


def _reads_as_headline(line: Line) -> bool:
    fits = len(line.text) <= HEADLINE_CHARS and line.text.count(" ") >= 2 and line.text[-1] not in ",:;।"
    return line.kind is Kind.SHORT and fits and not line.is_bullet


def breadcrumb(line: Line) -> list[str]:
    """The parts of a breadcrumb or a navigation bar, the last one often the title; empty for other lines.

    `होम / खेल / भारत ने मैच जीता` is one; `भारत 250/6 | श्रीलंका 180` and a headline with a stroke are none.
    """
    parts = [part for part in CRUMB.split(line.text) if part]
    if line.kind is not Kind.SHORT or len(parts) < 2:
        return []
    if fold(parts[0]) in HOMES:
        return parts
    plain = all(len(part.split()) <= 3 and not any(char.isdigit() for char in part) for part in parts[:-1])
    known = any(SECTIONS.fullmatch(fold(part)) for part in parts)
    return parts if plain and known and len(parts) >= 3 else []


def is_same(line: str, title: str) -> bool:
    """Whether both are one headline; either may be cut short, or carry the publisher's name behind it."""
    one, other = _letters(line), _letters(title)
    if one == other:
        return True
    if CUT_SHORT.search(line) and len(one) >= CUT_LETTERS:
        return other.startswith(one)
    return other == _letters(PUBLISHER.sub("", line)) or one == _letters(PUBLISHER.sub("", title))


def _letters(text: str) -> str:
    return "".join(WORD.findall(fold(text)))
