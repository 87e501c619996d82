"""One spelling for what Unicode and Hindi typists write in several."""

import re
import unicodedata

_HOMORGANIC = re.compile("ङ्(?=[कखगघ])|ञ्(?=[चछजझ])|ण्(?=[टठडढ])|न्(?=[तथदध])|म्(?=[पफबभ])")
"""A nasal before a consonant of its own class, which may as well be written as anusvara: हिन्दी, हिंदी."""

_BROKEN_VOWELS = re.compile("अा|अो|अौ|आे|आै|एे|ाे|ाै|ाॅ|अॉ")
_MENDED_VOWELS = {
    "अा": "आ",
    "अो": "ओ",
    "अौ": "औ",
    "आे": "ओ",
    "आै": "औ",
    "एे": "ऐ",
    "ाे": "ो",
    "ाै": "ौ",
    "ाॅ": "ॉ",
    "अॉ": "ऑ",
}
"""Vowels put together from two signs, as old font converters leave them: काे for को."""

_CHARACTERS = {
    **{0x0966 + digit: str(digit) for digit in range(10)},
    ord("़"): None,  # nukta, apart after NFC: क़ has no composed form
    ord("ः"): None,  # दुःख, दुख
    ord("ँ"): "ं",
    ord("ऩ"): "न",
    ord("ऱ"): "र",
    ord("ऴ"): "ळ",
    ord("ॲ"): "ऍ",
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD)),
}
_GROUPING = re.compile(r"(?<=\d),(?=\d)")


def normalise(word: str) -> str:
    """One form for all spellings of `word`: हिन्दी and हिंदी give the same.

    Covers Unicode forms (NFKC), nukta, chandrabindu, homorganic nasals, visarga, invisible joiners,
    broken vowel signs, digits of both scripts, grouping commas and the case of Latin letters.
    """
    if word.isascii():
        return _GROUPING.sub("", word.lower())
    form = unicodedata.normalize("NFKC", word).translate(_CHARACTERS).lower()
    form = _BROKEN_VOWELS.sub(lambda broken: _MENDED_VOWELS[broken[0]], form)
    return _GROUPING.sub("", _HOMORGANIC.sub("ं", form))


_LOOSE = {
    **str.maketrans("ीूेोॉॅॆऊईऐओऑऔषणळॠऋ", "िुैौौैैउइएउउउशनलरर"),
    ord("ं"): None,
    ord("ृ"): "र",
}
_NASAL = re.compile("[नमङञण]्(?=.)")
_DOUBLED = re.compile(r"(.)्\1")
_GLIDE = re.compile("(?:य(?=[िैौा]|$)|(?<=[िैौा])[एइ])")
_VOWELS = re.compile("[ािुैौ्]")
_CONSONANTS = re.compile("[क-ह]")

LONG = 4
"""Consonants from which on a word is told by them alone: of the news development questions this finds
the passage of one in eighty more; with three, too many different words sound alike."""


def sound(form: str) -> str:
    """A looser key that spelling variants of a normalised form share.

    Vowel length, nasals before consonants, श and ष, न and ण, doubled consonants and the glide of गये
    and गए don't count: `sound("नूरलान") == sound("नुरलान")`; in long words no vowel sign does:
    `sound("बायोमीट्रिक") == sound("बायोमेट्रिक")`. Different words may share a key, so it links second,
    weaker terms only.
    """
    key = _GLIDE.sub("य", _DOUBLED.sub(r"\1", _NASAL.sub("", form).translate(_LOOSE)))
    bare = _VOWELS.sub("", key)
    return bare if len(_CONSONANTS.findall(bare)) >= LONG else key
