"""What a site's robots.txt lets Khabar do (RFC 9309)."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

import httpx
from protego import Protego

from knowledge.errors import Forbidden, TooManyRedirects, Unreachable
from knowledge.sources.web import urls
from knowledge.sources.web.clock import Clock
from knowledge.sources.web.politeness import HostMemory, RobotsFile

TOKEN = "Khabar"  # noqa: S105 - the word that stands for us in a robots.txt
MOST_BYTES = 500_000
"""What is behind these is not read."""
GOOD_FOR = timedelta(days=1)
UNREACHABLE_FOR = timedelta(minutes=10)
"""After this one that couldn't be fetched is tried again."""
LONGEST_DELAY_S = 60.0
"""A Crawl-delay of more would keep a whole reload waiting for one site."""
PARSED_AT_ONCE = 32


class Robots:
    """The rules of all sites: each robots.txt is fetched once a day, and remembered."""

    def __init__(self, hosts: HostMemory, clock: Clock, fetch: Callable[[httpx.URL, float], bytes]) -> None:
        self._hosts = hosts
        self._clock = clock
        self._fetch = fetch
        self._locks: dict[str, threading.Lock] = {}
        self._parse = lru_cache(PARSED_AT_ONCE)(_parsed)

    def delay_s(self, url: httpx.URL) -> float:
        """How many seconds the site wants between the starts of two requests; 0 when it doesn't say.

        Raises:
            Forbidden: the site doesn't want the page fetched by Khabar.
            Unreachable: whether it does can't be told now.
        """
        origin = urls.origin(url)
        with self._locks.setdefault(origin, threading.Lock()):
            body = self._body(origin)
        if body is None:
            raise Unreachable(
                f"{origin}/robots.txt could not be fetched: nothing is fetched from there until it can be, "
                "or is missing (404); it is tried again later"
            )
        rules = self._parse(body)
        if not rules.can_fetch(str(url), TOKEN):
            raise Forbidden(
                f"{origin}/robots.txt forbids {urls.shown(url)} to {TOKEN}: ask the publisher to allow it, "
                "or take it out of the sources"
            )
        return _delay_s(rules)

    def _body(self, origin: str) -> bytes | None:
        now = self._clock.now()
        file = self._hosts.robots(origin)
        if file and now < file.good_until <= now + GOOD_FOR:  # later, only if the clock was wrong
            return file.body
        old = file.body if file else None
        try:
            body = self._fetch(httpx.URL(f"{origin}/robots.txt"), _delay_s(self._parse(old or b"")))
        except TooManyRedirects:
            body = b""
        except Unreachable:
            self._remember(origin, old, UNREACHABLE_FOR)
            if old is None:
                raise
            return old  # holds while there is no fresh one to be had
        self._remember(origin, body, GOOD_FOR)
        return body

    def _remember(self, origin: str, body: bytes | None, time: timedelta) -> None:
        self._hosts.remember_robots(origin, RobotsFile(body, self._clock.now() + time))


def _delay_s(rules: Protego) -> float:
    rate = rules.request_rate(TOKEN)
    wanted_s = max(rules.crawl_delay(TOKEN) or 0.0, rate.seconds / rate.requests if rate else 0.0)
    return min(wanted_s, LONGEST_DELAY_S)


def _parsed(body: bytes) -> Protego:
    return Protego.parse(body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace"))
