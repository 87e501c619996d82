"""Numbers as people write them: १००, 100, सौ, sau and hundred are one value, दो लाख is 200000.

A grammar reads runs of number words; what it reads is told apart from ordinary words that only look
like numbers (`do` also means give, `das` is a surname) by a probability. Documents keep their words as
they are; a question looks for every usual way of writing its numbers: `parts`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from math import prod
from typing import cast

from knowledge.language.normalise import normalise
from knowledge.language.number_grammar import (
    Atom,
    Kind,
    Number,
    is_year,
    longest,
    term_of,
    with_shared_scales,
)

Shares = tuple[tuple[str, float], ...]

CACHED_WORDS = 1 << 16
"""Words whose reading is remembered: normalising is most of the work."""

SUPPORTED = 0.95
"""The probability of an ambiguous word that a neighbour makes a number: `do` in "do log"."""

BARE_SCALE = 0.9
BARE_LARGE_SCALE = 0.5
LARGE = 100_000
"""How likely a scale without a number before it is that number: हजार लोग is 1000, लाख may be लाखों."""

SMALL_ORDINAL_SHARE = 0.4
"""How far the digits of an ordinal below the fifth stand for it: दूसरा टेस्ट is seldom written 2."""

_POINTS = ("दशमलव", "dashamlav", "point", "पॉइंट", "प्वाइंट")
_SUFFIXES = frozenset(("वां", "वीं", "वें", "वा", "वी", "ला", "ली", "रा", "री")) | frozenset(
    ("st", "nd", "rd", "th", "van", "vi", "vin", "ve", "ven")
)
_ORDINAL = re.compile(r"(?P<stem>.+?)(?:व(?:ां|ीं|ें|ा|ी|े)|[vw](?:aa?n?|ee?n?|in?))$")
_DIGITS = re.compile(r"\d{1,15}(?:\.\d{1,6})?")
_FOLDS = (("ee", "i"), ("oo", "u"), ("w", "v"), ("z", "j"), ("chh", "ch"), ("cch", "ch"), ("chch", "ch"))
_DOUBLED = re.compile(r"(.)\1+")
_LOOSE_LENGTH = 5
"""Latin letters from which on a spelling may differ from the list's; shorter ones are soon other words."""


def folded(latin: str) -> str:
    """One form for the usual Latin spellings of a Hindi word: ikkees and ikis give the same."""
    for spelling, fold in _FOLDS:
        latin = latin.replace(spelling, fold)
    return _DOUBLED.sub(r"\1", latin)


class Numerals:
    """Reads and writes numbers by the words of `data/numbers.tsv`; immutable, safe to share."""

    def __init__(
        self,
        atoms: Mapping[str, Atom],
        spoken: Mapping[Decimal, str],
        neighbours: Mapping[str, frozenset[str]],
    ) -> None:
        self._atoms = atoms
        self._folded = {folded(form): atom for form, atom in atoms.items() if form.isascii()}
        self._spoken = spoken
        self._neighbours = neighbours
        self._read = lru_cache(maxsize=CACHED_WORDS)(self._form_and_atom)

    @property
    def counted(self) -> frozenset[str]:
        """Normalised words of what is counted or measured: a number before them is one, not a year."""
        return self._neighbours["counted"]

    def numbers(self, words: Sequence[str]) -> tuple[Number, ...]:
        """The numbers in the words of a text as written, in order, each with its probability.

        `numbers(["दो", "लाख", "लोग"])` has one, 200000 in words 0 to 2; `numbers(["kar", "do"])` one of
        probability 0, which says that `do` isn't 2 there.
        """
        read = [self._read(word) for word in words]
        forms, atoms = [form for form, _ in read], [atom for _, atom in read]
        found: list[Number] = []
        begin = 0
        while begin < len(atoms):
            number = longest(atoms, begin)
            if number:
                found.append(number)
            begin = number.end if number else begin + 1
        likely = [replace(number, share=self._share(number, atoms, forms)) for number in found]
        return tuple(with_shared_scales(likely, atoms, forms))

    def writings(self, value: Decimal) -> tuple[tuple[str, ...], ...]:
        """The usual ways to write a value in Hindi, as words: 200000, 2 लाख, दो लाख."""
        ways: list[tuple[str, ...]] = [(term_of(value),)]
        if value in self._spoken:
            ways.append((self._spoken[value],))
        for names, quotient in _scalings(value):
            ways.append((term_of(quotient), *names))
            if spoken := self._spoken_quotient(quotient):
                ways.append((*spoken, *names))
        return tuple(ways)

    def parts(self, number: Number) -> tuple[Shares, ...]:
        """What to look for in Hindi text: for each part of the number its forms with their shares.

        Each part stands for one concept of a question, in place of those of the number's words; a
        passage that has the number in any one way has a form of every part. दो लाख and 200000 both
        give (2, दो, 200000) and (लाख, 200000); सौ and 100 give (100, सौ). Forms are normalised words,
        not stems; shares are `number.share` or less.
        """
        scalings = () if number.ordinal or is_year(number) else _scalings(number.value)
        if not scalings:
            return (tuple((form, share * number.share) for form, share in self._forms(number).items()),)
        quotients: dict[str, float] = {}
        for _, quotient in scalings:
            if quotient != 1:
                spoken = self._spoken_quotient(quotient)
                quotients |= {term_of(quotient): 1.0} | {word: 1 / len(spoken) for word in spoken}
        scales = {name: 1.0 for names, _ in scalings for name in names}
        return tuple(
            tuple((form, share * number.share) for form, share in (forms | {number.term: 1.0}).items())
            for forms in (quotients, scales)
            if forms
        )

    def _forms(self, number: Number) -> dict[str, float]:
        """The forms of a number of one part, each with how far it stands for the number."""
        digits, word = number.term, self._spoken.get(number.value)
        if not number.ordinal:
            padded = {f"0{digits}": 1.0} if len(digits) == 1 else {}
            return {digits: 1.0, **({word: 1.0} if word else {}), **padded}
        digits_share = SMALL_ORDINAL_SHARE if number.value < 5 else 1.0
        return {digits: digits_share, **dict.fromkeys(ordinals(word, int(number.value)) if word else (), 1.0)}

    def _spoken_quotient(self, quotient: Decimal) -> tuple[str, ...]:
        """The words before a scale: ढाई, साढ़े तीन, सवा, पौने दो; none where it is only written in digits."""
        if word := self._spoken.get(quotient):
            return (word,)
        whole, fraction = divmod(quotient, 1)
        if fraction not in _MIXED:
            return ()
        unit = self._spoken.get(whole + 1 if fraction == Decimal("0.75") else whole)
        if quotient == Decimal("1.25"):
            return ("सवा",)
        return (_MIXED[fraction], unit) if unit else ()

    def _share(self, number: Number, atoms: Sequence[Atom | None], forms: Sequence[str]) -> float:
        """The probability that words which may be a number are one, by themselves and their neighbours."""
        parts = [atom for atom in atoms[number.begin : number.end] if atom]
        before = forms[number.begin - 1] if number.begin else ""
        behind = forms[number.end] if number.end < len(forms) else ""
        if parts[0].kind == "scale" and before in self._neighbours["asking"]:
            return 0.0
        if len(parts) == 1 and parts[0].kind == "scale" and parts[0].prior == 1:
            return BARE_LARGE_SCALE if number.value >= LARGE else BARE_SCALE
        if any(part.prior == 1 for part in parts):
            return 1.0
        if number.value == 2 and not number.ordinal and before in self._neighbours["denying"]:
            return 0.0
        if not number.ordinal and (before in self._neighbours["about"] or behind in self.counted):
            return SUPPORTED
        return round(1 - prod(1 - part.prior for part in parts), 3)

    def _form_and_atom(self, word: str) -> tuple[str, Atom | None]:
        form = normalise(word)
        return form, self._atom(form)

    def _atom(self, form: str) -> Atom | None:
        if _DIGITS.fullmatch(form):
            return Atom("cardinal", Decimal(form))
        if atom := self._atoms.get(form):
            return atom
        if form in _SUFFIXES:
            return Atom("suffix")
        if (match := _ORDINAL.match(form)) and (stem := self._atoms.get(match["stem"])) and stem.value >= 5:
            return Atom("ordinal", stem.value)
        loose = len(form) >= _LOOSE_LENGTH and form.isascii()
        return self._folded.get(folded(form)) if loose else None


_SMALL_ORDINALS = {
    1: "पहला पहली पहले प्रथम",
    2: "दूसरा दूसरी दूसरे",
    3: "तीसरा तीसरी तीसरे",
    4: "चौथा चौथी चौथे",
    6: "छठा छठी छठे",
}


def ordinals(word: str, value: int) -> tuple[str, ...]:
    """The ordinals of a number word in their genders: `ordinals("दस", 10)` has दसवां, दसवीं, दसवें."""
    if value in _SMALL_ORDINALS:
        return tuple(_SMALL_ORDINALS[value].split())
    return tuple(word + ending for ending in ("वां", "वीं", "वें"))


_MIXED = {Decimal("0.5"): "साढे", Decimal("0.25"): "सवा", Decimal("0.75"): "पौने"}
_SCALES: tuple[tuple[tuple[str, ...], int, int], ...] = (
    (("लाख", "करोड"), 10**12, 10**4),
    (("अरब",), 10**9, 10**3),
    (("करोड",), 10**7, 10**5),
    (("लाख",), 10**5, 100),
)
"""The names of large scales, their value, and below what quotient they are used."""


def _scalings(value: Decimal) -> tuple[tuple[tuple[str, ...], Decimal], ...]:
    """The usual scales of a round value with what they are multiplied by: 1500 is डेढ़ हजार, 15 सौ."""
    found = [
        (names, value / scale)
        for names, scale, limit in _SCALES
        if 1 <= value / scale < limit and value / scale * 100 % 1 == 0
    ]
    thousands, hundreds = value / 1000, value / 100
    if 1 <= thousands < 100 and (thousands % 1 == 0 or (thousands < 10 and thousands * 2 % 1 == 0)):
        found.append((("हजार",), thousands))
    if hundreds in (Decimal("1.5"), Decimal("2.5")) or (hundreds in range(2, 20) and hundreds != 10):
        found.append((("सौ",), hundreds))
    return tuple(found)


def read_numerals() -> Numerals:
    """The number words of `data/numbers.tsv`."""
    atoms: dict[str, Atom] = {form: Atom("point") for form in _POINTS} | {"and": Atom("and")}
    spoken: dict[Decimal, str] = {}
    neighbours: dict[str, frozenset[str]] = {}
    text = resources.files(__package__).joinpath("data/numbers.tsv").read_text("utf-8")
    for kind, value, devanagari, latin, english in (
        line.split("\t") for line in text.splitlines() if not line.startswith("#")
    ):
        if not value:
            neighbours[kind] = frozenset(map(normalise, f"{devanagari} {latin} {english}".split()))
            continue
        for word in f"{devanagari} {latin} {english}".split():
            form, _, prior = word.partition(":")
            atom = Atom(cast(Kind, kind), Decimal(value), float(prior or 1), word in english.split())
            atoms.setdefault(normalise(form), atom)
        if kind in ("cardinal", "fraction", "scale") and devanagari:
            spoken.setdefault(Decimal(value), normalise(devanagari.split()[0].partition(":")[0]))
    return Numerals(atoms, spoken, neighbours)
