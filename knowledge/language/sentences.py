"""Where sentences end in Hindi news text."""

import re
from collections.abc import Iterator

from knowledge.articles import Span

_TITLES = "डॉ डा श्री श्रीमती सुश्री प्रो मो मौ पं स्व ले जन इंजी एड न्या कै सं नं रु कि मी सेमी पृ लि प्रा"
_LETTER_NAMES = "ए बी सी डी ई एफ एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू डब्ल्यु एक्स वाई ज़ेड जेड"
_LATIN = "Dr Mr Mrs Ms Smt Shri Sri Prof St No Rs Lt Col Gen Maj Capt Sgt vs Jr Sr Pvt Ltd Co Inc"
_ABBREVIATIONS = frozenset(f"{_TITLES} {_LETTER_NAMES} {_LATIN}".split())
"""Words whose full stop doesn't end a sentence: titles, units, and letters by their names (initials)."""

_CLOSING = "\"'”’»)\\]}"
_END = re.compile(rf"[।॥?!|.…\n](?:(?<!\n)[।॥?!.…]*[{_CLOSING}]*)?")
_ALWAYS = "।॥?!\n"
"""Marks that end a sentence wherever they stand; a full stop, an ellipsis or a bar may not."""

_LAST_WORD = re.compile(r"[^\s.,()\"'“‘]+$")


def sentences(text: str) -> Iterator[Span]:
    """The spans of the sentences of `text`, in order, without the white space around them.

    A sentence ends at a danda, a question or exclamation mark, a full stop (with or without a blank
    behind it, as newspapers type) or a line's end; not after titles (डॉ.), initials (एच. एस. प्रणय),
    within numbers (5.5) or addresses (covidwarriors.gov.in).
    """
    begin = 0
    for match in _END.finditer(text):
        if text[match.start()] in _ALWAYS or _ends_sentence(text, match, begin):
            if span := _stripped(text, begin, match.end()):
                yield span
            begin = match.end()
    if span := _stripped(text, begin, len(text)):
        yield span


def _ends_sentence(text: str, match: re.Match[str], begin: int) -> bool:
    """Whether the full stop, ellipsis or bar that was matched ends the sentence from `begin`."""
    after = text[match.end() : match.end() + 1]
    apart = not after or after.isspace()
    if match[0][0] != "." or match[0].startswith(".."):
        return apart
    if after.isdigit() or (after.isascii() and after.isalnum()):
        return False  # 5.5, covidwarriors.gov.in, 9.30am
    last = _LAST_WORD.search(text, begin, match.start())
    word = last[0] if last else ""
    if word.isdigit() and apart and text[begin : match.start()].strip() == word:
        return False  # the number of a list item: "1. पहला"
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha())


def _stripped(text: str, begin: int, end: int) -> Span | None:
    piece = text[begin:end]
    if not (stripped := piece.strip()):
        return None
    begin += len(piece) - len(piece.lstrip())
    return begin, begin + len(stripped)
