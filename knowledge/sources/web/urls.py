"""Addresses of the web that Khabar goes to, and how they stand in a message."""

import re
from urllib.parse import quote

import httpx

from knowledge.errors import NotAllowed, Unreachable

SHOWN_CHARACTERS = 300
CREDENTIALS = re.compile(r"(?:(?<=//)|^)[^/?#\s]*@")


def parsed(text: str) -> httpx.URL:
    """The address without its fragment, in the form in which it is requested.

    Raises:
        NotAllowed: it is no address, not http or https, or has a name and a password in it.
    """
    try:
        url = httpx.URL(text).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise NotAllowed(f"{shown(text)} is no address: {error}; correct it") from error
    if url.scheme not in ("http", "https") or not url.raw_host or b"%" in url.raw_host:
        raise NotAllowed(f"{shown(text)} is no address of the web: it must begin with http:// or https://")
    if url.userinfo:
        raise NotAllowed(f"{shown(text)} has a name or a password in it: write the address without them")
    if url.port is not None and not 0 < url.port < 65536:
        raise NotAllowed(f"{shown(text)} has a port that doesn't exist; correct it")
    return url


def redirected(url: httpx.URL, location: bytes) -> httpx.URL:
    """Where a redirect of `url` leads.

    From https it never leads to http: the https form of that address is tried in its place. So nobody on
    the way can put other words into a publisher's mouth, and the detours of half-converted sites still end
    where they should.

    Raises:
        NotAllowed: Khabar doesn't go to such an address.
        Unreachable: the redirect doesn't say where to.
    """
    if not location:
        raise Unreachable(f"{shown(url)} redirects, but doesn't say where to; it is tried again later")
    escaped = quote(location, safe="%/:?#[]@!$&'()*+,;=")  # many publishers send Hindi as it is
    try:
        target = parsed(str(url.join(escaped)))
    except httpx.InvalidURL as error:
        raise NotAllowed(f"{shown(url)} redirects to what is no address: {error}") from error
    return target.copy_with(scheme="https") if url.scheme == "https" else target


def origin(url: httpx.URL) -> str:
    """Scheme, host and port, as in `https://samachar.example`: what one robots.txt speaks for."""
    return f"{url.scheme}://{host(url)}"


def host(url: httpx.URL) -> str:
    """Host and, where it isn't the usual one, port: what is asked one request at a time."""
    return url.netloc.decode("ascii")


def shown(url: httpx.URL | str) -> str:
    """The address for a message: without a name and a password, and not too long."""
    text = CREDENTIALS.sub("***@", str(url))
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
