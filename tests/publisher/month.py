"""A month of four papers: what comes out, what is corrected, moved and taken back, and what goes wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from random import Random

from publisher.texts import STORIES, Story, story
from publisher.world import Look, Paper, Piece, Rules, Trouble, Version

BEGIN = datetime(2025, 3, 1, tzinfo=UTC)
DAYS = 30
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUIET_AFTER = BEGIN + DAYS * DAY
"""From here on nothing new comes out, and no page changes."""

EDITIONS = (2, 7, 13)
"""Hours of the day, in UTC, at which articles come out."""

SECRET = "/nijee/"
"""Nobody may fetch what lies under it, at any time."""


def moment(day: float, hour: float = 0) -> datetime:
    """That hour of the day with that number, 0 for the first."""
    return BEGIN + timedelta(days=day, hours=hour)


def first(number: int, since: datetime, path: str, look: Look = "story") -> Version:
    told = story(number)
    return Version(since, path, told.title, told.text, look)


def corrected(version: Version, since: datetime, told: Story) -> Version:
    """Another number in the first paragraph, of as many digits; every second time in the title as well."""
    number = told.answer.split()[0]
    text = version.text.replace(number, str(10_999 - int(number)), 1)
    title = f"{version.title}: संशोधित" if int(number) % 2 else version.title
    return Version(since, version.path, title, text)


def lives(number: int, came_out: Version) -> Piece:
    """What becomes of a piece: most stay as they are, some are corrected, taken back, moved, or hidden."""
    chance = Random(number)
    later = came_out.since + timedelta(hours=chance.randrange(20, 100), minutes=chance.randrange(60))
    if came_out.since < BEGIN or later >= QUIET_AFTER:
        return Piece(number, (came_out,))
    match number % 12:
        case 1 | 5:
            return Piece(number, (came_out, corrected(came_out, later, story(number))))
        case 3:
            return Piece(number, (came_out,), gone_at=later, gone=chance.choice((404, 410)))
        case 7:
            moved = Version(later, f"{came_out.path}-naya", came_out.title, came_out.text)
            return Piece(number, (came_out, moved), redirects=chance.random() < 0.5)
        case 10:
            look = chance.choice(("login", "empty"))
            return Piece(number, (came_out, Version(later, came_out.path, came_out.title, "", look)))
    return Piece(number, (came_out,))


def daily(numbers: Iterable[int], a_day: int, path: str, begin: float = 0) -> Iterator[Piece]:
    """Pieces that come out at the editions of the days, `a_day` of them on each."""
    for place, number in enumerate(numbers):
        day, nth = divmod(place, a_day)
        hour = EDITIONS[nth * len(EDITIONS) // a_day]
        yield lives(number, first(number, moment(begin + day, hour + nth / 60), path.format(number)))


def agency(pieces: Iterable[Piece]) -> list[Piece]:
    """Every third of the pieces whose words stay as they are is an agency's report."""
    settled = [piece for piece in pieces if len(piece.versions) == 1 and piece.out_at < moment(DAYS - 6)]
    return settled[::3]


def copies(pieces: Iterable[Piece], path: str, after: timedelta) -> Iterator[Piece]:
    """The same reports at another place, some time later, with a word more."""
    for piece in pieces:
        told, since = story(piece.story), piece.out_at + after
        version = Version(since, path.format(piece.story), told.title, f"{told.text}\n(समाचार एजेंसी)")
        yield Piece(piece.story, (version,), gone_at=since + 3 * DAY if piece.story % 4 == 0 else None)


def in_order(*pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(sorted(chain.from_iterable(pieces), key=lambda piece: piece.out_at))


def hostile() -> Iterator[Piece]:
    """Pages without an article, two that say a wrong charset, and one that lets people in after a day."""
    looks: tuple[Look, ...] = ("login", "empty", "huge", "mislabelled", "babble", "mislabelled", "login")
    for place, look in enumerate(looks):
        came_out = first(300 + place, moment(3 * place + 2, 7.5), f"/story/{300 + place}.html", look)
        yield Piece(300 + place, (came_out,))
    wall = first(307, moment(23, 7.5), "/story/307.html", "login")
    yield Piece(307, (wall, first(307, moment(24, 7.5), "/story/307.html")))


_archive = tuple(daily(range(310, STORIES), 3, "/khabar/{}", begin=-57))
_prabhat = tuple(daily(range(120), 4, "/khabar/{}"))
_janpath = tuple(daily(range(120, 210), 3, "/समाचार/{}"))
_lokvani = tuple(daily(range(210, 270), 2, "/story/{}.html"))
_gram = tuple(  # what its sitemap of two days no longer lists can only be found by a redirect
    replace(piece, redirects=True)
    for piece in chain(
        daily(range(270, 290), 1, "/gaon/{}"),
        daily(range(290, 300), 1, "/vishesh/{}", begin=6),
        daily((308, 309), 1, f"{SECRET}{{}}", begin=4),
    )
)

PRABHAT = Paper(
    "दैनिक प्रभात",
    in_order(_archive, _prabhat, copies(agency(_prabhat)[::2], "/desh/{}", 2 * HOUR)),
    (Rules(moment(-400), 1), Rules(moment(12), 3, (SECRET,)), Rules(moment(21, 5), 2, (SECRET,))),
    "etag",
    (
        Trouble(moment(5, 6), moment(5, 9), "refused"),
        Trouble(moment(15, 2), moment(15, 5), "busy"),
        Trouble(moment(20, 3), moment(20, 6), "error", "/khabar"),
    ),
)
JANPATH = Paper(
    "जनपथ टाइम्स",
    in_order(_janpath),
    (Rules(moment(-400), 5),),
    "date",
    (
        Trouble(moment(9), moment(9, 6), "error"),
        Trouble(moment(17, 5), moment(17, 9), "empty", "/atom.xml"),
    ),
)
LOKVANI = Paper(
    "लोकवाणी",
    in_order(_lokvani, hostile(), copies(agency(_prabhat)[1::2], "/agency/{}.html", DAY)),
    (Rules(moment(-400), 0),),
    "both",
    (
        Trouble(moment(11, 8), moment(11, 10), "busy", "/story"),
        Trouble(moment(22), moment(22, 5), "refused"),
    ),
)
GRAM = Paper(
    "ग्राम समाचार",
    in_order(_gram),
    (
        Rules(moment(-400), 2, (SECRET,)),
        Rules(moment(8), 2, (SECRET, "/vishesh/")),
        Rules(moment(14), 10, (SECRET,)),
    ),
    "etag",
    (Trouble(moment(18), moment(19, 2), "error", "/robots.txt"),),
)
PAPERS = (PRABHAT, JANPATH, LOKVANI, GRAM)
