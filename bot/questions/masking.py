"""Masking what tells who somebody is: phone numbers, Aadhaar-like numbers, e-mail and payment addresses.

Rather one number too many is masked than one too few, but for those that questions on news are full of:
years, dates, scores, prices and vote counts stay. Digits of any script count, Devanagari ones first of all.
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
      | (?P<local> [1-9] (?: \d-\d{8} | \d{2}-\d{7} | \d{3}-\d{6} ) )
      | (?P<mobile> [6-9] (?:[ .-]?\d){9} )
    ) (?!\d)
    """,
    re.VERBOSE,
)
_YEARS = re.compile(r"(?:(?:1[5-9]|20)\d\d[ .-]?)+")


def masked(text: str) -> str:
    """The text with those numbers and addresses masked; the rest is as it was.

    `masked("मेरा नंबर ९८७६५ ४३२१० है")` is `मेरा नंबर [☎] है`; `masked("1,50,000 की सब्सिडी 2024 में")` stays.
    """
    kept, end = [], 0
    for found in _PATTERN.finditer("".join(map(_folded, text))):
        if mask := _mask(found):
            kept += [text[end : found.start()], mask]
            end = found.end()
    return "".join([*kept, text[end:]])


def _folded(character: str) -> str:
    """The character as the pattern knows it: digits as 0 to 9, one dash, one space."""
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    category = unicodedata.category(character)
    return {"Pd": "-", "Zs": " "}.get(category, character)


def _mask(found: re.Match[str]) -> str | None:
    if found["address"]:
        return ADDRESS
    if found["long_number"]:
        return None if found["gap"] and _YEARS.fullmatch(found["long_number"]) else NUMBER
    return None if found["mobile"] and not _is_grouped(found["mobile"]) else PHONE


def _is_grouped(number: str) -> bool:
    """Whether it is written as a phone number is, and not as the scores of sets: 6-4 3-6 7-6 6-7 6-3."""
    gaps, sizes = set(re.findall("[ .-]", number)), [len(group) for group in re.split("[ .-]", number)]
    return min(sizes) >= (2 if len(gaps) < 2 else 3)
