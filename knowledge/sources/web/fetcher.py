"""Fetching from publishers: politely, safely, and in one place."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

from knowledge.errors import (
    Busy,
    FetchError,
    Forbidden,
    Gone,
    NotAllowed,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)
from knowledge.sources.web import urls
from knowledge.sources.web.addresses import Resolve, resolve
from knowledge.sources.web.clock import Clock
from knowledge.sources.web.connecting import Gate
from knowledge.sources.web.exchange import Exchange, Reply
from knowledge.sources.web.headers import NO_VALIDATORS, Validators, fresh_for_s, retry_after_s, validators_in
from knowledge.sources.web.politeness import LONGEST_QUIET_S, UNSAID_QUIET_S, HostMemory, Turns
from knowledge.sources.web.robots import MOST_BYTES, Robots

MOST_REDIRECTS = 10
PERMANENT = {301, 308}
REDIRECTS = PERMANENT | {302, 303, 307}
BUSY = {429, 503}


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How to fetch; the fields are those of `[fetching]` in the settings."""

    contact: str | None = None
    delay_s: float = 1.0
    per_host: int = 1
    timeout_s: float = 20.0
    max_bytes: int = 10_000_000
    allowed_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was there.

    Attributes:
        url: where it was, behind all redirects.
        moved_to: the same, if every redirect on the way was permanent: from now on, ask there.
        body: the bytes, unpacked.
        content_type: the header as it came.
        validators: to be sent back with the next request.
        fresh_for_s: for how many seconds it stays as it is, by its own word; 0 for unknown.
    """

    url: str
    moved_to: str | None
    body: bytes
    content_type: str | None
    validators: Validators
    fresh_for_s: float


@dataclass(frozen=True, slots=True)
class NotModified:
    """It is as it was when the validators came; the fields are those of `Fetched`."""

    url: str
    moved_to: str | None
    validators: Validators
    fresh_for_s: float


@dataclass(frozen=True, slots=True)
class _Arrival:
    url: httpx.URL
    moved_to: str | None
    reply: Reply


class Fetcher:
    """Fetches addresses for all threads; each waits for its turn at the host.

    Every host is resolved once for each request, and only the addresses that were checked are connected to;
    proxies and cookies are not used. A connection serves one request: at one request a second a second one
    would mostly find it closed.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        hosts: HostMemory,
        clock: Clock,
        *,
        resolve: Resolve = resolve,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = policy
        self._clock = clock
        self._exchange = Exchange(
            policy.contact,
            policy.timeout_s,
            Gate(resolve, policy.allowed_hosts),
            clock,
            ssl_context or httpx.create_ssl_context(),
        )
        self._turns = Turns(policy.per_host, hosts, clock)
        self._robots = Robots(hosts, clock, self._robots_txt)

    def get(self, url: str, validators: Validators = NO_VALIDATORS) -> Fetched | NotModified:
        """What is at the address, or that it is as it was when the `validators` came.

        Redirects are followed, ten at most; each is checked as if it were asked for. The time-out and the
        delay are for each of these requests.

        Raises:
            FetchError: a kind of it for each thing to do about it, see `knowledge.errors`.
        """
        start = urls.parsed(url)
        try:
            place = self._follow(start, validators.headers(), self._policy.max_bytes, self._delay_s)
        except NotAllowed as error:  # it speaks of where a redirect leads, perhaps
            raise NotAllowed(f"{urls.shown(start)}: {error}") from error
        reply = place.reply
        fresh_s = fresh_for_s(reply.headers, self._clock.now())
        if reply.status == 304 and validators:
            return NotModified(
                str(place.url), place.moved_to, validators_in(reply.headers, validators), fresh_s
            )
        if reply.status != 200:
            raise _failure(place.url, reply.status)
        if not reply.whole:
            raise TooLarge(
                f"{urls.shown(place.url)} is larger than {self._policy.max_bytes / 1e6:g} MB: "
                "raise fetching.max_mb if it is meant"
            )
        return Fetched(
            str(place.url),
            place.moved_to,
            reply.body,
            reply.headers.get("content-type"),
            validators_in(reply.headers),
            fresh_s,
        )

    def _follow(
        self,
        url: httpx.URL,
        headers: Mapping[bytes, bytes],
        max_bytes: int,
        delay_s: Callable[[httpx.URL], float],
    ) -> _Arrival:
        """The first answer that is no redirect."""
        start, moved = url, True
        passed: list[httpx.URL] = []
        while url not in passed and len(passed) <= MOST_REDIRECTS:
            with self._turns.turn(urls.host(url), delay_s(url)):
                reply = self._exchange.get(url, headers, max_bytes)
                self._heed(url, reply)
            if reply.status not in REDIRECTS:
                return _Arrival(url, str(url) if passed and moved else None, reply)
            passed.append(url)
            moved = moved and reply.status in PERMANENT
            url = urls.redirected(url, reply.headers.get("location", "").encode("latin-1"))
        way = "in a circle" if url in passed else f"more than {MOST_REDIRECTS} times"
        raise TooManyRedirects(
            f"{urls.shown(start)} redirects {way}, at last to {urls.shown(url)}: correct its address"
        )

    def _delay_s(self, url: httpx.URL) -> float:
        return max(self._policy.delay_s, self._robots.delay_s(url))

    def _robots_txt(self, url: httpx.URL, delay_s: float) -> bytes:
        """A site's robots.txt, asked for at the pace that the one before wanted; empty if it has none."""
        place = self._follow(url, {}, MOST_BYTES, lambda _: max(self._policy.delay_s, delay_s))
        if place.reply.status >= 500:
            raise _failure(place.url, place.reply.status)
        return place.reply.body if place.reply.status == 200 else b""

    def _heed(self, url: httpx.URL, reply: Reply) -> None:
        if reply.status in BUSY:
            value = reply.headers.get("retry-after", "")
            wait_s = retry_after_s(value, self._clock.now(), UNSAID_QUIET_S, LONGEST_QUIET_S)
            self._turns.leave_alone(urls.host(url), wait_s)
            raise Busy(
                f"{urls.shown(url)} answered {reply.status}: its host is left alone for {wait_s:.0f} seconds",
                wait_s,
            )


def _failure(url: httpx.URL, status: int) -> FetchError:
    answered = f"{urls.shown(url)} answered {status}"
    match status:
        case 404 | 410:
            return Gone(f"{answered}: nothing is there; correct the address if it never worked")
        case 401 | 403 | 451:
            return Forbidden(
                f"{answered}: the publisher doesn't let Khabar have it; ask there, or take it out"
            )
        case 304:
            return FetchError(
                f"{answered} (not modified), though no version of it was named; tell the publisher"
            )
        case _ if status >= 500:
            return Unreachable(f"{answered}, an error of the server; it is tried again later")
        case _:
            return FetchError(
                f"{answered}, which tells nothing about what is there; open it in a browser to see"
            )
