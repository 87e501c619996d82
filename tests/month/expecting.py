"""What must be served of the papers, and what may have been asked of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import unquote

from protego import Protego
from publisher.month import SECRET
from publisher.server import PaperServer, Visit
from publisher.world import Piece, Version

from knowledge.articles import Article

POLICY_DELAY_S = 1.0
ROBOTS_GOOD_FOR = timedelta(days=1)
WAITING = timedelta(minutes=1)
"""Between looking at the rules and the request is the wait for its turn."""
ROBOTS = "/robots.txt"

Serving = dict[str, tuple[str, str]]
"""By address the title and the text."""


def readable(servers: Sequence[PaperServer]) -> Iterator[tuple[PaperServer, Piece]]:
    """All pieces that their papers let one read."""
    for server in servers:
        for piece in server.paper.pieces:
            if not piece.versions[0].path.startswith(SECRET):
                yield server, piece


def address(server: PaperServer, version: Version) -> str:
    return server.base + version.path


def expected(servers: Sequence[PaperServer], now: datetime) -> Serving:
    """What a reader who was there all the time knows."""
    known = ((server, piece.known_at(now)) for server, piece in readable(servers))
    return {address(server, version): (version.title, version.text) for server, version in known if version}


def settled(servers: Sequence[PaperServer], now: datetime, lag: timedelta) -> Serving:
    """What has been as it is for so long that it must have been read, unless that was forbidden meanwhile."""
    found: Serving = {}
    for server, piece in readable(servers):
        version = piece.known_at(now)
        forbidden = version and server.paper.forbade(version.path, now - lag - ROBOTS_GOOD_FOR, now)
        if version and not forbidden and piece.changed_at(now) <= now - lag:
            found[address(server, version)] = (version.title, version.text)
    return found


def possible(servers: Sequence[PaperServer], now: datetime, lag: timedelta) -> set[tuple[str, str, str]]:
    """Address, title and text of all that may be served by somebody who looks not more seldom than that."""
    return {
        (address(server, version), version.title, version.text)
        for server, piece in readable(servers)
        for version in piece.known_since(_looked_at_since(server, piece, now, lag), now)
    }


def _looked_at_since(server: PaperServer, piece: Piece, now: datetime, lag: timedelta) -> datetime:
    """Since when somebody must have looked who may look: what is forbidden may not even be found missing."""
    path, begin = piece.versions[0].path, now - lag
    return piece.out_at if server.paper.forbade(path, begin - 2 * ROBOTS_GOOD_FOR, now) else begin


def copies_of_each_other(servers: Sequence[PaperServer], now: datetime) -> set[frozenset[str]]:
    """The addresses of each story that is out at several places."""
    places = defaultdict(set)
    for server, piece in readable(servers):
        if version := piece.known_at(now):
            places[piece.story].add(address(server, version))
    return {frozenset(group) for group in places.values() if len(group) > 1}


def places(article: Article) -> list[str]:
    """Where an article is, its copies among them; its own place comes first."""
    return [unquote(each.url or "") for each in (article, *article.copies)]


def broken_rules(visits: Sequence[Visit]) -> list[str]:
    """The requests that robots.txt forbade, as it was when it was last fetched, or that came too soon."""
    broken: list[str] = []
    rules, fetched_at, tried_at, last_at = None, None, None, None
    for visit in visits:
        delay_s = max(POLICY_DELAY_S, (rules and rules.crawl_delay("Khabar")) or 0.0)
        if last_at and (visit.at - last_at).total_seconds() < delay_s - 1e-3:
            broken.append(f"{visit.at} {visit.path}: {(visit.at - last_at).total_seconds()} s after the last")
        last_at = visit.at
        if visit.path == ROBOTS:
            tried_at = visit.at
            if visit.status == 200:
                rules, fetched_at = Protego.parse(visit.body.decode()), visit.at
            continue
        if rules is None or fetched_at is None or tried_at is None:
            broken.append(f"{visit.at} {visit.path}: before robots.txt")
        elif not rules.can_fetch(visit.path, "Khabar"):
            broken.append(f"{visit.at} {visit.path}: forbidden")
        elif visit.at - tried_at > ROBOTS_GOOD_FOR + WAITING:
            broken.append(f"{visit.at} {visit.path}: robots.txt is of {fetched_at}")
    return broken


def too_soon(visits: Sequence[Visit]) -> list[str]:
    """The requests that came before the time that a Retry-After named."""
    quiet_until = visits[0].at
    found = []
    for visit in visits:
        if visit.at < quiet_until:
            found.append(f"{visit.at} {visit.path}: before {quiet_until}")
        quiet_until = max(quiet_until, visit.at + timedelta(seconds=visit.wait_s))
    return found


def polls(visits: Iterable[Visit], path: str) -> Iterator[tuple[Visit, Visit]]:
    """Each request for a listing, with the last one before that was answered with a version of it."""
    held = None
    for visit in visits:
        if visit.path != path or not (visit.etag or visit.last_modified):
            continue
        if held:
            yield held, visit
        held = visit
