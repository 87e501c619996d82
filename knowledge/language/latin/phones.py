"""A Devanagari word as phones: its sounds one by one, the unwritten inherent vowel among them.

राजनाथ is र आ ज @ न आ थ @, where @ is the inherent vowel that every consonant carries which bears no
other vowel sign and no virama. Speech drops most of them (rājnāth), typists follow speech by and
large; how often each is written is learnt from what people typed, by its surroundings. So each phone
comes with its contexts, from the plain phone to the phone between its neighbours, and a model falls
back from a context it has hardly seen to the wider one.
"""

import unicodedata
from collections.abc import Sequence

INHERENT = "@"
EDGE = "#"

_MATRAS = dict(zip("ािीुूृॄॅॆेैॉॊोौ", "आइईउऊऋऋऍएएऐऑओओऔ", strict=True))
_VOWELS = frozenset("अआइईउऊऋऍऎएऐऑऒओऔॲ")
_NASALS = frozenset("ंँ")
_SIGNS = _VOWELS | _NASALS | {"ः"}
_NUKTA, _VIRAMA = "़", "्"

Contexts = tuple[str, str, str]
"""A phone in three widths: alone, before its neighbour, between its neighbours: ज, ज>@, V<ज>@."""


def is_vowel(phone: str) -> bool:
    """Whether the phone is a vowel, the inherent one included."""
    return phone == INHERENT or phone in _VOWELS


def phones(word: str) -> list[str]:
    """The phones of `word` in order; characters other than Devanagari letters and signs give none.

    `phones("राजनाथ")` is र आ ज @ न आ थ @; `phones("विद्या")` is व इ द य आ; ज़ is a phone of its own.
    """
    found: list[str] = []
    bare = False  # the last phone is a consonant that carries no vowel yet
    for character in unicodedata.normalize("NFC", word):
        if character == _NUKTA and bare:
            found[-1] += _NUKTA
        elif character == _VIRAMA:
            bare = False
        elif vowel := _MATRAS.get(character):
            found.append(vowel)
            bare = False
        elif "क" <= character <= "ह" or "ॸ" <= character <= "ॿ" or character in _SIGNS:
            if bare:
                found.append(INHERENT)
            found.append(character)
            bare = character not in _SIGNS
    return [*found, INHERENT] if bare else found


def contexts(word: str) -> list[Contexts]:
    """Each phone of `word` in order, in three widths."""
    sequence = phones(word)
    return [_contexts(sequence, place) for place in range(len(sequence))]


def _contexts(sequence: Sequence[str], place: int) -> Contexts:
    phone = sequence[place]
    before = sequence[place - 1] if place else EDGE
    after = sequence[place + 1] if place + 1 < len(sequence) else EDGE
    if phone == INHERENT:
        near = f"{_before_inherent(sequence, place)}{phone}{_after_vowel(sequence, place)}"
        return phone, near, f"{before}<{near}>{after}"
    if is_vowel(phone):
        near = f"{phone}{_after_vowel(sequence, place)}"
        return phone, near, f"{before}<{near}"
    if after == INHERENT and place + 2 == len(sequence):
        after += EDGE
    near = f"{phone}>{after}"
    return phone, near, f"{'V' if is_vowel(before) else before}<{near}"


def _before_inherent(sequence: Sequence[str], place: int) -> str:
    """The vowel before an inherent one, whose dropping hangs on it, and whether a cluster is between."""
    vowels = [n for n in range(place) if is_vowel(sequence[n])]
    cluster = "C" if place > 1 and not is_vowel(sequence[place - 2]) else ""
    if not vowels:
        return EDGE + cluster
    return ("@" if sequence[vowels[-1]] == INHERENT else "V") + cluster


def _after_vowel(sequence: Sequence[str], place: int) -> str:
    """What follows a vowel: the edge, a nasal, a vowel, or consonants and the vowel after them."""
    rest = sequence[place + 1 :]
    if not rest:
        return EDGE
    if rest[0] in _NASALS:
        return "N" + (EDGE if len(rest) == 1 else "")
    if is_vowel(rest[0]):
        return "V"
    consonants = next((n for n, phone in enumerate(rest) if is_vowel(phone)), len(rest))
    if consonants == len(rest):
        return "C#"
    vowel = rest[consonants]
    last = EDGE if consonants == len(rest) - 1 else ""
    return "C" * min(consonants, 2) + ("@" if vowel == INHERENT else "V") + last
