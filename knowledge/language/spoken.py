"""The words of a question as they would be read out, where that differs from how they stand there."""

import re
from collections.abc import Callable, Iterator, Sequence

from knowledge.language.dates import MONTHS, SHORT_MONTHS, DateMention
from knowledge.language.normalise import normalise

Word = tuple[int, int, str]
"""Start, end and form."""

_SAYING = frozenset(("ने", "किसने", "इसने", "उसने", "जिसने", "उन्होंने", "इन्होंने", "किन्होंने", "क्या"))
_BEHIND_SAID = frozenset(("", "कि", "की", "था", "थी", "थे", "है", "हैं", "गया", "और"))
_SAID = {"kaha": "कहा", "kahaa": "कहा"}
"""What spells कहां, where, too, and means it behind another word: modi kaha gaye."""

_DIGITS = re.compile(r"\d+")


def with_dates(words: Sequence[Word], mentions: Sequence[DateMention], text: str) -> list[Word]:
    """The words, with dates in digits as day, month's name and year, and the short names of months whole.

    "07/04/2020" is read as 7 अप्रैल 2020, "7 apr" as 7 अप्रैल; "apr" without a day or year stays a word.
    """
    dated = [mention for mention in mentions if mention.month and (mention.day or mention.year)]
    numeric = [mention for mention in dated if not any(map(str.isalpha, text[slice(*mention.span)]))]
    read = [_spoken(word, dated) for word in words if not _within(word, numeric)]
    return sorted([*read, *(part for mention in numeric for part in _parts(mention, text))])


def _within(word: Word, mentions: Sequence[DateMention]) -> DateMention | None:
    return next((each for each in mentions if each.span[0] <= word[0] < each.span[1]), None)


def _spoken(word: Word, dated: Sequence[DateMention]) -> Word:
    begin, end, form = word
    mention = _within(word, dated)
    if mention and mention.month and normalise(form) in SHORT_MONTHS:
        return begin, end, MONTHS[mention.month - 1][0]
    return word


def _parts(mention: DateMention, text: str) -> Iterator[Word]:
    """The day, the month and the year, each where its digits stand or, month first, the other's do."""
    places = [(match.start(), match.end()) for match in _DIGITS.finditer(text, *mention.span)]
    if places and places[0][1] - places[0][0] == len("2020"):
        places.reverse()
    names = (mention.day, MONTHS[(mention.month or 1) - 1][0], mention.year)
    for (begin, end), name in zip(places, names, strict=False):
        yield begin, end, str(name)


def with_said(words: Sequence[Word], in_devanagari: Callable[[str], str]) -> list[Word]:
    """The words, with the "kaha" of "kya kaha" and of "modi ne kaha ki" as कहा, said, instead of where."""
    hindi = ["", *(in_devanagari(word) for _, _, word in words), ""]
    return [
        (begin, end, _SAID[word.lower()] if _is_said(word, hindi[place], hindi[place + 2]) else word)
        for place, (begin, end, word) in enumerate(words)
    ]


def _is_said(word: str, before: str, behind: str) -> bool:
    return word.lower() in _SAID and before in _SAYING and (before == "क्या" or behind in _BEHIND_SAID)
