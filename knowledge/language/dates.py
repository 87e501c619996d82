"""Dates as people write them.

7 अप्रैल, 07 अप्रैल, सात अप्रैल, April 7, 7th of April, 07/04 and 07-04-2021 are days; अप्रैल 2021 a
month; 2021 a year, unless something of that number is counted. Numeric dates are read day first, as in
India.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.articles import Span
from knowledge.language.normalise import normalise
from knowledge.language.number_grammar import YEARS
from knowledge.language.numerals import Numerals
from knowledge.language.words import word_spans

MONTHS: tuple[tuple[str, ...], ...] = tuple(
    tuple(map(normalise, forms.split()))
    for forms in (
        "जनवरी january janvari janwari janavari janwary janury",
        "फरवरी फ़रवरी february farvari farwari farvary pharvari feb febuary",
        "मार्च march maarch",
        "अप्रैल अप्रेल april aprail aprel apr",
        "मई may mai mayi",
        "जून june joon jun",
        "जुलाई जूलाई july julai julay juley jul",
        "अगस्त august agast agust aug",
        "सितंबर सितम्बर september sitambar sitamber sitanbar sept",
        "अक्टूबर अक्तूबर october aktubar aktoobar octobar oct",
        "नवंबर नवम्बर november navambar navamber novembar",
        "दिसंबर दिसम्बर december disambar disamber desember decembar",
    )
)
"""The normalised names of each month, the commonest of Hindi news first."""

_MONTH_OF = {form: month for month, forms in enumerate(MONTHS, 1) for form in forms}
_BESIDE_A_NUMBER = {"jan": 1, "mar": 3, "sep": 9, "nov": 11, "dec": 12}
"""Short names that are months only beside a number: `mar gaye` is died."""
SHORT_MONTHS = frozenset(("feb", "apr", "jun", "jul", "aug", "sept", "oct", *_BESIDE_A_NUMBER))
_SELDOM_ALONE = frozenset(("may", "mai", "mayi", "march", "मार्च"))
"""Names that are other words too, and months beside a day or year or where something is in them."""

_WEEKDAYS = (
    "सोमवार सोम somvar somwar somwaar monday",
    "मंगलवार mangalvar mangalwar mangalwaar tuesday",
    "बुधवार budhvar budhwar budhwaar wednesday",
    "गुरुवार गुरूवार बृहस्पतिवार वीरवार guruvar guruwar guruwaar brihaspativar veervar thursday",
    "शुक्रवार shukravar shukrawar shukrawaar friday",
    "शनिवार शनिचर shanivar shaniwar shaniwaar saturday",
    "रविवार इतवार ravivar raviwar raviwaar itvar itwar sunday",
)
_WEEKDAY_OF = {normalise(form): day for day, forms in enumerate(_WEEKDAYS) for form in forms.split()}

_DAY_BEFORE_KO = {"mangal": 1, "budh": 2, "shukra": 4, "shani": 5}
"""Names that are days in "mangal ko"; else they are planets."""
_KO = frozenset(("को", "ko"))

_ORDINALS = frozenset(("st", "nd", "rd", "th", "वीं", "वां", "ला", "री"))
_OF = frozenset(("of", "के", "का", "की", "ke", "ka", "ki", "the"))
_DAY_WORDS = frozenset(("तारीख", "tarikh", "tareekh", "taarikh"))
_JOINING = frozenset(("से", "और", "व", "या", "se", "to", "and", "aur", "ya", "or"))
_IN_MONTH = frozenset(("में", "मे", "तक", "से", "माह", "महीने", "me", "mein", "tak", "se", "mahine", "month"))
_MONTH_BEHIND = frozenset(("in", "since", "until", "till", "by", "last", "this", "next"))
_YEAR_WORDS = frozenset(("साल", "वर्ष", "saal", "sal", "varsh", "year"))
_ABOUT = frozenset(
    ("करीब", "कुल", "लगभग", "karib", "kareeb", "lagbhag", "around", "than", "over", "रुपये", "rupaye", "rs")
)
_MORE = frozenset(("अधिक", "ज्यादा", "कम", "ऊपर", "adhik", "zyada", "jyada", "kam", "upar"))
_VERB = re.compile("ga[iy]|rah|chuk|diy|ja[aey]")
_ADJOINING = re.compile(r"[ \t,'’–-]{0,3}")
_DASH_OR_COMMA = re.compile(r"\s*[,–-]\s*")
_CURRENCY = tuple("₹$€£")

_NUMERIC = re.compile(
    r"(?<![\d.:/-])(?:"
    r"(?P<y>(?:19|20)\d\d)(?P<a>[-/.])(?P<m>\d{1,2})(?P=a)(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<b>[-/.])(?P<m2>\d{1,2})(?P=b)(?P<y2>(?:19|20)\d\d|\d\d)"
    r"|(?P<d3>\d{2})/(?P<m3>\d{1,2})|(?P<d4>\d)/(?P<m4>\d{2})|(?P<d5>0\d|[12]\d|3[01])-(?P<m5>0\d)"
    r"|(?P<d6>\d)/(?P<m6>\d)(?=\s+(?:को|ko)(?!\w))"
    r")(?![\d/:-]|\.\d)"
)
_NAMES = frozenset(("24/7", "9/11", "09/11"))
"""What looks like a day and isn't one, or not day first."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as far as a text states it: `span` in code points, `weekday` 0 for Monday.

    At least one of the parts is there. A range has a mention for each of its ends.
    """

    span: Span
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    begin: int
    end: int
    form: str
    value: int | None
    """The whole number that the token is, in digits or words."""
    digits: bool

    @property
    def day(self) -> int | None:
        return self.value if self.value is not None and 1 <= self.value <= 31 else None

    @property
    def year(self) -> int | None:
        return self.value if self.value in YEARS else None


def dates(text: str, numerals: Numerals) -> tuple[DateMention, ...]:
    """The dates that `text` mentions, in order: day and month of "सात अप्रैल को", year of "2021 में"."""
    numeric = tuple(_numeric(text))
    tokens = [
        token
        for token in _tokens(text, numerals)
        if not any(mention.span[0] <= token.begin < mention.span[1] for mention in numeric)
    ]
    named = tuple(_named(text, tokens, numerals))
    taken = [mention.span for mention in named]
    years = (
        DateMention((token.begin, token.end), year=token.year)
        for position, token in enumerate(tokens)
        if token.year
        and not any(begin <= token.begin < end for begin, end in taken)
        and _is_year(text, tokens, position, numerals)
    )
    return tuple(sorted((*numeric, *named, *years), key=lambda mention: mention.span))


def _numeric(text: str) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(text):
        parts = {
            name[0]: int(value) for name, value in match.groupdict().items() if value and name[0] in "dmy"
        }
        day, month, year = parts["d"], parts["m"], parts.get("y")
        if year is not None and month > 12 >= day:
            day, month = month, day  # 04/15/2021
        if year is not None and year < 100:
            year += 1900 if year >= 70 else 2000
        if match[0] not in _NAMES and exists(day, month, year):
            yield DateMention(match.span(), day, month, year)


def exists(day: int | None, month: int, year: int | None) -> bool:
    """Whether the calendar has that day; of an unknown year, whether some year has it."""
    return 1 <= month <= 12 and 1 <= (1 if day is None else day) <= monthrange(year or 2000, month)[1]


def _tokens(text: str, numerals: Numerals) -> list[_Token]:
    spans = list(word_spans(text))
    numbers = {
        number.begin: number
        for number in reversed(numerals.numbers([word for _, _, word in spans]))
        if number.share >= 0.1 and number.value == number.value.to_integral_value()  # % wants 28 digits
    }
    tokens: list[_Token] = []
    position = 0
    while position < len(spans):
        begin, end, word = spans[position]
        number = numbers.get(position)
        form = normalise(word)
        if number and number.end - position > 1 and not number.ordinal and number.value in YEARS:
            last = spans[number.end - 1][1]  # दो हजार तेईस
            tokens.append(_Token(begin, last, form, int(number.value), False))
            position = number.end
            continue
        tokens.append(_Token(begin, end, form, int(number.value) if number else None, form.isdigit()))
        position += 1
    return tokens


def _named(text: str, tokens: Sequence[_Token], numerals: Numerals) -> Iterator[DateMention]:
    """The mentions of months and weekdays by name, and of days with तारीख."""
    for position, token in enumerate(tokens):
        if mention := _with_month(text, tokens, position, numerals):
            yield from _earlier_days(text, tokens, mention)
            yield mention
        elif (weekday := _weekday(tokens, position)) is not None:
            yield DateMention((token.begin, token.end), weekday=weekday)
        elif token.form in _DAY_WORDS and position and (day := tokens[position - 1].day):
            yield DateMention((tokens[position - 1].begin, token.end), day=day)


def _weekday(tokens: Sequence[_Token], position: int) -> int | None:
    form, behind = tokens[position].form, tokens[position + 1 : position + 2]
    short = _DAY_BEFORE_KO.get(form) if behind and behind[0].form in _KO else None
    return _WEEKDAY_OF.get(form, short)


def _with_month(text: str, tokens: Sequence[_Token], position: int, numerals: Numerals) -> DateMention | None:
    """The mention whose month is the token: with the day before or behind it, and the year."""
    token = tokens[position]
    month = _MONTH_OF.get(token.form) or _BESIDE_A_NUMBER.get(token.form)
    if not month:
        return None
    before = _number_before(text, tokens, position)
    day, year = (before.day, before.year) if before else (None, None)
    if token.form in ("mai", "mayi") and year:
        return None  # "2021 mai" is में
    begin = before.begin if before and (day or year) else token.begin
    end, behind = token.end, position + 1
    if not day and (found := _day_behind(text, tokens, position, numerals)):
        day, end, behind = tokens[behind].day, tokens[found - 1].end, found
    if not year and (number := _year_behind(text, tokens, behind)):
        year, end = number.year, number.end
    if not (day or year) and not _stands_alone(tokens, position):
        return None
    follows = tokens[behind].form if behind < len(tokens) else ""
    if token.form in _BESIDE_A_NUMBER and _VERB.match(follows):
        return None  # "5 mar gaye"
    return DateMention((begin, end), day, month, year) if exists(day, month, year) else None


def _number_before(text: str, tokens: Sequence[_Token], position: int) -> _Token | None:
    """The token before a month's, beyond an ordinal ending and "of": the 7 of "7th of April"."""
    at = position - 1
    if at > 0 and tokens[at].form in _OF:
        at -= 1
    if at > 0 and tokens[at].form in _ORDINALS:
        at -= 1
    return tokens[at] if at >= 0 and _adjoin(text, tokens[at], tokens[at + 1]) else None


def _day_behind(text: str, tokens: Sequence[_Token], position: int, numerals: Numerals) -> int | None:
    """The position behind the day that follows a month: "April 7th", but not "अप्रैल में 7", "April 7 लोग"."""
    at = position + 1
    if at >= len(tokens) or not (tokens[at].digits and tokens[at].day):
        return None
    behind = at + 1
    if behind < len(tokens) and tokens[behind].form in _ORDINALS:
        behind += 1
    counts = behind < len(tokens) and tokens[behind].form in numerals.counted
    return behind if _adjoin(text, tokens[position], tokens[at]) and not counts else None


def _year_behind(text: str, tokens: Sequence[_Token], at: int) -> _Token | None:
    if at + 1 < len(tokens) and tokens[at].form in _OF:
        at += 1
    found = at < len(tokens) and tokens[at].year and _adjoin(text, tokens[at - 1], tokens[at])
    return tokens[at] if found else None


def _adjoin(text: str, left: _Token, right: _Token) -> bool:
    return bool(_ADJOINING.fullmatch(text, left.end, right.begin))


def _stands_alone(tokens: Sequence[_Token], position: int) -> bool:
    """Whether a month's name without a number is the month."""
    form = tokens[position].form
    if form not in _SELDOM_ALONE:
        return form not in _BESIDE_A_NUMBER
    before = tokens[position - 1].form if position else ""
    behind = tokens[position + 1].form if position + 1 < len(tokens) else ""
    return before in _MONTH_BEHIND or behind in _IN_MONTH


def _earlier_days(text: str, tokens: Sequence[_Token], mention: DateMention) -> Iterator[DateMention]:
    """The days before the last of "7 से 9 अप्रैल" and "3, 7 और 9 अप्रैल", given the last one's mention."""
    second = next(at for at, token in enumerate(tokens) if token.begin == mention.span[0])
    first = second - 1
    joined = first > 0 and tokens[first].form in _JOINING
    low = tokens[first - joined] if first >= joined else None
    if low is None or not mention.day or not low.day or low.day >= mention.day:
        return
    if joined or _DASH_OR_COMMA.fullmatch(text, low.end, tokens[second].begin):
        earlier = replace(mention, span=(low.begin, low.end), day=low.day)
        yield from _earlier_days(text, tokens, earlier)
        yield earlier


def _is_year(text: str, tokens: Sequence[_Token], position: int, numerals: Numerals) -> bool:
    """Whether a number from 1900 to 2099 is a year and nothing counted: 2000 रुपये is none."""
    token = tokens[position]
    before = tokens[position - 1].form if position else ""
    behind, beyond, *_ = (*(follower.form for follower in tokens[position + 1 : position + 3]), "", "")
    if before in _ABOUT or text[: token.begin].rstrip().endswith(_CURRENCY) or text[token.end :][:1] == "%":
        return False
    if behind in _YEAR_WORDS or not token.digits:
        return token.value is not None and token.value % 100 != 0
    return behind not in numerals.counted and beyond not in _MORE and token.end - token.begin == 4
