"""The grammar of number words in Hindi and English: from kinds and values of words to numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Kind = Literal["cardinal", "ordinal", "scale", "fraction", "more", "and", "point", "suffix"]
"""What a word does in a number: `more` are सवा, साढ़े and पौने, `suffix` is the वीं of 21वीं."""

YEARS = range(1900, 2100)
RANGE_SHARE = 0.95
"""How surely two numbers that follow each other, the second at most twice the first, are a range."""
_BETWEEN = frozenset(("से", "या", "se", "to", "ya", "or"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words `begin` to `end` (half-open) of a text, and how likely it is meant as one.

    `share` is a probability, 0 to 1. Readings of a range that shares its scale overlap: दो-तीन लाख is
    200000 in words 0 to 3 and 300000 in words 1 to 3.
    """

    begin: int
    end: int
    value: Decimal
    share: float = 1.0
    ordinal: bool = False

    @property
    def term(self) -> str:
        """The canonical index term: decimal digits without grouping or needless zeros, "200000", "2.5"."""
        return term_of(self.value)


@dataclass(frozen=True, slots=True)
class Atom:
    """What one word may be in a number; `prior` is the probability that it is one, for itself alone."""

    kind: Kind
    value: Decimal = Decimal(0)
    prior: float = 1.0
    english: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """What a run of words amounts to so far: the `total` of finished scales, and the `group` behind them."""

    total: Decimal = Decimal(0)
    group: Decimal | None = None
    scale: Decimal | None = None
    last: Atom | None = None

    @property
    def value(self) -> Decimal:
        return self.total + (self.group or 0)


def term_of(value: Decimal) -> str:
    """The index term of a value: `term_of(Decimal("2.50"))` is "2.5"."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def longest(atoms: Sequence[Atom | None], begin: int) -> Number | None:
    """The longest number that starts at a word."""
    states, number = [_State()], None
    for end in range(begin, len(atoms)):
        atom = atoms[end]
        state = _joined(states[-1], atom) if atom else None
        if atom is None or state is None:
            last = states[-1].last
            if atom and atom.kind == "scale" and len(states) > 2 and last and last.kind == "cardinal":
                return Number(begin, end - 1, states[-2].value)  # "सौ दो सौ": the last word is the next one's
            return number
        states.append(state)
        ordinal = atom.kind in ("ordinal", "suffix")
        if atom.kind not in ("and", "point"):
            number = Number(begin, end + 1, state.value, ordinal=ordinal)
        if ordinal:
            return number
    return number


def _joined(state: _State, atom: Atom) -> _State | None:
    """The run with one word more, None where the word doesn't continue the number."""
    last = state.last
    if last and last.kind == "point":
        return _with_decimals(state, atom)
    match atom.kind:
        case "cardinal" | "fraction" | "ordinal":
            group = _with_unit(state, atom)
            return None if group is None else replace(state, group=group, last=atom)
        case "more":
            return replace(state, group=atom.value + 1, last=atom) if state.group is None else None
        case "scale":
            return _with_scale(state, atom)
        case "and":
            return replace(state, last=atom) if last and last.kind == "scale" and last.english else None
        case "point" | "suffix":
            whole = last and last.kind == "cardinal" and last.value % 1 == 0
            return replace(state, last=atom) if whole else None


def _with_unit(state: _State, atom: Atom) -> Decimal | None:
    last, group, value = state.last, state.group, atom.value
    if last is None:
        return value
    if group is None:
        fits = state.scale is not None and value < state.scale and state.scale != 12 and value not in YEARS
        return value if fits and (atom.kind != "ordinal" or last.english) else None
    if last.kind == "more":
        return last.value + value if atom.kind == "cardinal" else None
    if last.kind in ("scale", "and") and group % 100 == 0 and value < 100 and value % 1 == 0:
        return group + value
    if last.english and atom.english and last.kind == "cardinal":
        if last.value >= 20 and last.value % 10 == 0 and 1 <= value <= 9:
            return group + value
        if group == last.value and group in (19, 20) and value >= 10 and atom.kind == "cardinal":
            return group * 100 + value  # nineteen forty-seven
    return None


def _with_scale(state: _State, atom: Atom) -> _State | None:
    group, scale = state.group, atom.value
    if scale == 100:
        if group is not None and group >= 100:
            return None
        return replace(state, group=Decimal(100) if group is None else 100 * group, last=atom)
    if group is None:
        if state.scale is not None and scale <= state.scale:
            return None
        total = (state.total or 1) * scale  # हजार करोड़, लाख करोड़
    elif state.scale is None or scale < state.scale:
        total = state.total + group * scale
    elif scale > state.scale:
        total = (state.total + group) * scale
    else:
        return None
    return _State(total, None, scale, atom)


def _with_decimals(state: _State, atom: Atom) -> _State | None:
    """The whole number of `state` with the word behind दशमलव as its decimals."""
    if atom.kind != "cardinal" or atom.value % 1:
        return None
    decimals = Decimal(f"0.{atom.value}")
    return replace(state, group=(state.group or 0) + decimals, last=replace(atom, kind="fraction"))


def with_shared_scales(
    numbers: Sequence[Number], atoms: Sequence[Atom | None], forms: Sequence[str]
) -> Iterator[Number]:
    """The numbers, the first of a range with the scale of the second: दो-तीन लाख, 10 से 15 हजार."""
    for position, number in enumerate(numbers):
        following = numbers[position + 1] if position + 1 < len(numbers) else None
        yield (following and _as_range(number, following, atoms, forms)) or number


def _as_range(low: Number, high: Number, atoms: Sequence[Atom | None], forms: Sequence[str]) -> Number | None:
    between = forms[low.end : high.begin]
    first, *scales = (atom for atom in atoms[high.begin : high.end] if atom)
    is_range = low.value < first.value and low.end - low.begin == 1 and not low.ordinal and not is_year(low)
    if first.kind not in ("cardinal", "fraction") or not is_range or len(between) > 1:
        return None
    if between[0] not in _BETWEEN if between else first.value > 2 * low.value:
        return None
    share = max(low.share, RANGE_SHARE * high.share)
    if scales and all(atom.kind == "scale" for atom in scales):
        return Number(low.begin, high.end, low.value * (high.value / first.value), share)
    return None if scales or between else replace(low, share=share)


def is_year(number: Number) -> bool:
    """Whether it is one word of the years that news speaks of: 2023, but not दो हजार तेईस."""
    return number.end - number.begin == 1 and number.value in YEARS
