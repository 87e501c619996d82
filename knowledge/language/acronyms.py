"""Acronyms in Latin letters, by their letters' Hindi names, and as Hindi shortens: BJP, बीजेपी, भाजपा.

Any acronym can be spelled by its letters' names and read back; a table knows those that Hindi writes as
words (नाटो) or by syllables of its own (भाजपा), and which of them are ordinary words too (who, आप).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import groupby, islice, product
from operator import itemgetter

from knowledge.language.normalise import normalise

_SPELLED = """a:ए b:बी c:सी d:डी e:ई f:एफ g:जी h:एच h:ऐच i:आई i:आइ j:जे k:के l:एल m:एम n:एन o:ओ p:पी q:क्यू q:क्यु
    r:आर s:एस t:टी u:यू u:यु v:वी w:डब्ल्यू w:डब्लू w:डब्ल्यु x:एक्स y:वाई y:वाइ z:जेड z:जी"""
_SELDOM_SPELLED = "e:इ f:ऐफ l:ऐल m:ऐम n:ऐन s:ऐस v:व्ही w:डब्लु w:डब्लयू w:डबल्यू y:वाय z:जैड"


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for entry in text.split():
        letter, _, name = entry.partition(":")
        yield letter, normalise(name)


_NAMES = {
    letter: tuple(name for _, name in names) for letter, names in groupby(_pairs(_SPELLED), key=itemgetter(0))
}
"""The letters' names in their usual spellings, the commonest first."""

_LETTER_OF = {name: letter for letter, name in reversed((*_pairs(_SPELLED), *_pairs(_SELDOM_SPELLED)))}
_LONGEST_NAME = max(map(len, _LETTER_OF))

MOST_SPELLINGS = 16
"""Spellings given of an acronym: what is beyond mixes rare ones."""

_WORDS = frozenset(
    map(
        normalise,
        (
            *("आइए", "आईए", "आईओ", "टीके", "केसी", "बीवी", "बीबी", "जीजी", "जीजे", "जीवी", "जीए", "जीओ"),
            *("पीए", "पीके", "पीओ", "पीपी", "बीड़ी", "सीटी", "एई", "ईके", "ओए", "एओ", "जीई", "टीटी"),
        ),
    )
)
"""What consists of letters' names but is an ordinary word (टीके, vaccines; बीबी, wife) or a name."""

_NEVER_FIRST = "इ"
"""Stands for ई within (सीइओ), but begins इसी."""

_WEAK = frozenset(("के", "जी", "आई", "h", "m", "k", "n", "b", "r"))
"""Letters' names and letters that running text has as words of their own: the postposition के, जी behind
a name, आई (came), and the auxiliaries and postpositions of short messages."""

ENOUGH_NAMES = 2
ENOUGH_LATIN = 3
"""Letters in a row that are an acronym though the table doesn't have it."""

_SEPARATORS = re.compile(r"[\s.·•-]+")
Spelled = tuple[int, int, str]
"""Half-open range of words that spell one acronym, and its joined, normalised form."""


def letter_names(acronym: str) -> tuple[str, ...]:
    """The Devanagari spellings of an acronym by its letters' names: `letter_names("SCO")` is ("एससीओ",).

    The commonest spelling comes first; a letter is spelled alike throughout (आईएसआई, आइएसआइ). Dots,
    blanks and case don't matter; what isn't of Latin letters has none.
    """
    letters = _SEPARATORS.sub("", acronym).lower()
    if not letters or not all(letter in _NAMES for letter in letters):
        return ()
    different = sorted(set(letters))
    choices = islice(product(*(_NAMES[letter] for letter in different)), MOST_SPELLINGS)
    spelled = (dict(zip(different, choice, strict=True)) for choice in choices)
    return tuple("".join(names[letter] for letter in letters) for names in spelled)


def latin_of(devanagari_word: str) -> str | None:
    """The Latin letters that a Devanagari word names: `latin_of("एस.सी.ओ.")` is "sco".

    None where the word isn't made of letters' names wholly, names one letter only, or is an ordinary
    word that looks like it (टीके, बीवी).
    """
    form = normalise(_SEPARATORS.sub("", devanagari_word))
    letters = None if form in _WORDS or form.startswith(_NEVER_FIRST) else _letters(form)
    return letters if letters and len(letters) > 1 else None


@lru_cache(maxsize=1 << 12)
def _letters(form: str) -> str | None:
    if not form:
        return ""
    for length in range(min(_LONGEST_NAME, len(form)), 0, -1):
        letter = _LETTER_OF.get(form[:length])
        if letter and (rest := _letters(form[length:])) is not None:
            return letter + rest
    return None


class Acronyms:
    """The established acronyms of `data/acronyms.tsv`; immutable, safe to share."""

    def __init__(self, groups: Sequence[Mapping[str, float]]) -> None:
        self._groups: dict[str, list[Mapping[str, float]]] = {}
        for group in groups:
            for form in group:
                self._groups.setdefault(form, []).append(group)

    def equivalents(self, term: str) -> tuple[str, ...]:
        """The other normalised forms of an acronym, in both scripts, Latin ones in small letters.

        `equivalents("भाजपा")` has bjp and बीजेपी, `equivalents("U.N.")` यूएन and संरा, also with the
        variant spellings of letters' names. A Devanagari word that names letters has their Latin form
        even when the table doesn't know it; other unknown words have none.
        """
        form = _form(term)
        latin = None if form.isascii() else latin_of(form)
        found = [form, *(other for group in self._known(form) for other in group)]
        if latin:
            found.append(latin)
        named = [letters for other in found if not other.isascii() and (letters := latin_of(other))]
        spellings = (spelling for letters in dict.fromkeys(named) for spelling in letter_names(letters))
        return tuple(other for other in dict.fromkeys((*found, *spellings)) if other != form)

    def likely(self, word: str) -> float:
        """How likely a word as written is an acronym of the table, 0 to 1: 0 for one that isn't there.

        Words of their own that are written like one are doubtful in small letters: `likely("who")` is
        0.05, `likely("WHO")` and `likely("w.h.o.")` 1. All of a question in capitals says nothing.
        """
        form = _form(word)
        groups = self._known(form)
        if not groups:
            return 0.0
        marked = form.isascii() and (word.isupper() or "." in word.strip("."))
        return 1.0 if marked else max(group.get(form, 1.0) for group in groups)

    def joined(self, words: Sequence[str]) -> tuple[Spelled, ...]:
        """The acronyms spelled out letter by letter in the words of a text, in order.

        `joined(["एस", "सी", "ओ", "की", "बैठक"])` is ((0, 3, "एससीओ"),), as is "S.C.O." or "s c o" in
        Latin letters. Letters that may be words of their own (के, जी, `k`, `m`) belong at the ends only
        to an acronym of the table: "यू पी के" is यूपी, "पी ओ के" पीओके. What the table doesn't have
        takes two letters by name, or three Latin ones.
        """
        forms = [normalise(word) for word in words]
        runs = groupby(range(len(forms)), key=lambda position: _letter_script(forms[position]))
        found = (self._in_run(forms, tuple(run)) for script, run in runs if script)
        return tuple(spelled for spelled in found if spelled)

    def _in_run(self, forms: Sequence[str], run: Sequence[int]) -> Spelled | None:
        begin, end = run[0], run[-1] + 1
        firm = [position for position in run if forms[position] not in _WEAK]
        enough = ENOUGH_LATIN if forms[begin].isascii() else ENOUGH_NAMES
        first, last = (firm[0], firm[-1] + 1) if firm else (begin, begin + ENOUGH_LATIN)
        for inner, behind in _wider(begin, first, last, end):
            if self._known("".join(forms[inner:behind])) and behind - inner > 1:
                return inner, behind, "".join(forms[inner:behind])
        return (first, last, "".join(forms[first:last])) if firm and last - first >= enough else None

    def _known(self, form: str) -> Sequence[Mapping[str, float]]:
        latin = None if form.isascii() else latin_of(form)
        return self._groups.get(form) or self._groups.get(latin or "") or ()


def _form(term: str) -> str:
    return normalise(_SEPARATORS.sub("", term))


def _letter_script(form: str) -> str | None:
    """The script of a single letter or of a letter's name; None for any other word."""
    if len(form) == 1 and form in _NAMES:
        return "latin"
    return "devanagari" if form in _LETTER_OF else None


def _wider(begin: int, first: int, last: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges within `begin` to `end` that hold `first` to `last`, the widest first."""
    ranges = [(inner, behind) for inner in range(begin, first + 1) for behind in range(last, end + 1)]
    yield from sorted(ranges, key=lambda span: span[0] - span[1])


def read_acronyms() -> Acronyms:
    """The acronyms of `data/acronyms.tsv`."""
    text = resources.files(__package__).joinpath("data/acronyms.tsv").read_text("utf-8")
    groups = []
    for line in text.splitlines():
        if not line.startswith("#"):
            entries = (form.partition(":") for form in line.split())
            groups.append({normalise(form): float(likely or 1) for form, _, likely in entries})
    return Acronyms(groups)
