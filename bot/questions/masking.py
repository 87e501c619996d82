"""Masking what tells who somebody is: phone numbers, Aadhaar-like numbers, e-mail and payment addresses.

Rather one number too many is masked than one too few, but for those that questions on news are full of:
years, dates, scores, prices and vote counts stay. Digits of any script count, Devanagari ones first of all;
blanks, line breaks and characters that nobody sees (as within the digits of emoji) don't hide a number.
"""

import re
import unicodedata

PHONE, NUMBER, ADDRESS = "[☎]", "[№]", "[✉]"
"""What stands in the place of each: signs without a letter, which no search takes for a word."""

_PATTERN = re.compile(
    r"""
    (?P<address> [^\s@,;:<>()"'।?!]+ @ [^\W\d] [^\s@,;:<>()"'।?!]* )
    | (?<!\d) (?:
        (?P<long_number> \d{4} (?P<gap>[ .-]?) \d{4} (?P=gap) \d{4} (?: (?P=gap) \d{4} )? )
      | (?P<abroad> (?:\+\ ? | 00) (?: 91 (?:[ .()-]{0,2}\d){10} | [1-9] (?:[ .()-]{0,2}\d){8,13} ) )
      | (?P<prefixed> (?: 91 | \(?0\)? ) [ .()-]{0,2} [6-9] (?:[ .-]?\d){9} )
      | (?P<landline> \(? 0 (?:
            [1-9]\d    \)? [ .-]{0,2} \d{4} [ .-]? \d{4}
          | [1-9]\d{2} \)? [ .-]{0,2} (?: \d{3} [ .-]? \d{4} | \d{4} [ .-]? \d{3} )
          | [1-9]\d{3} \)? [ .-]{0,2} (?: \d{3} [ .-]? \d{3} | \d{2} [ .-] \d{2} [ .-] \d{2} ) ) )
      | (?P<bracketed> \( [6-9]\d{4} \) [ .-]? \d{5} )
      | (?P<local> [1-9] (?: \d-\d{8} | \d{2}-\d{7} | \d{3}-\d{6} ) )
      | (?P<mobile> [6-9] (?:[ .-]?\d){9} )
    ) (?!\d)
    """,
    re.VERBOSE,
)
_WIDE_GAP = re.compile(r"(?<=[\d)]) *([ -]) *(?=[\d(])")
_BY_CATEGORY = {"Pd": "-", "Cf": ""}
_SPECIAL = {"−": "-", "\ufe0f": "", "\u20e3": ""}
"""The minus sign, and what makes an emoji of a digit."""

_YEARS = re.compile(r"(?:(?:1[5-9]|20)\d\d[ .-]?)+")


def masked(text: str) -> str:
    """The text with those numbers and addresses masked; the rest is as it was.

    `masked("मेरा नंबर ९८७६५ ४३२१० है")` is `मेरा नंबर [☎] है`; `masked("1,50,000 की सब्सिडी 2024 में")` stays.
    """
    folded, places = _folded(text)
    kept, end = [], 0
    for found in _PATTERN.finditer(folded):
        if mask := _mask(found):
            kept += [text[end : places[found.start()]], mask]
            end = places[found.end()]
    return "".join([*kept, text[end:]])


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as the pattern knows it, and where each of its characters and its end stand in `text`."""
    plain = list(map(_plain, text))
    places = [place for place, character in enumerate(plain) if character]
    seen = "".join(plain)
    spread = {
        place for gap in _WIDE_GAP.finditer(seen) for place in range(*gap.span()) if place != gap.start(1)
    }
    kept = [place for place in range(len(seen)) if place not in spread]
    return "".join(seen[place] for place in kept), [*(places[place] for place in kept), len(text)]


def _plain(character: str) -> str:
    """Digits as 0 to 9, one dash, one blank, and nothing for what isn't seen."""
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if character.isspace():
        return " "
    return _SPECIAL.get(character, _BY_CATEGORY.get(unicodedata.category(character), character))


def _mask(found: re.Match[str]) -> str | None:
    if found["address"]:
        return ADDRESS
    if found["long_number"]:
        return None if found["gap"] and _YEARS.fullmatch(found["long_number"]) else NUMBER
    return None if found["mobile"] and not _is_grouped(found["mobile"]) else PHONE


def _is_grouped(number: str) -> bool:
    """Whether it is written as a phone number is, and not as the scores of sets: 6-4 3-6 7-6 6-7 6-3."""
    gaps, sizes = set(re.findall("[ .-]", number)), [len(group) for group in re.split("[ .-]", number)]
    return min(sizes) >= 3 if len(gaps) > 1 else min(sizes) >= 2 or max(sizes) == 1
