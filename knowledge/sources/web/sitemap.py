"""Sitemaps: of pages, of news, of other sitemaps; as XML, as plain text, packed or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse

from knowledge.errors import SourceError, TooLarge
from knowledge.sources.dates import read_date
from knowledge.sources.web.documents import GZIP_MAGIC, of_kind, safe_xml, text_of
from knowledge.sources.web.packing import Damaged, Overflow, gunzipped

MOST_BYTES = 52_428_800
"""Unpacked; the protocol allows no more, nor more than 50,000 addresses."""


@dataclass(frozen=True, slots=True)
class Location:
    """A page or another sitemap, as a sitemap lists it.

    `lastmod` is as it is written there, to be compared and shown; `title` and `published` are in news
    sitemaps alone.
    """

    url: str
    lastmod: str | None = None
    title: str = ""
    published: date | None = None

    @property
    def day(self) -> date | None:
        """The day that tells its age; None where none is named."""
        return self.published or (read_date(self.lastmod) if self.lastmod else None)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: pages or other sitemaps, each newest first.

    Those without a day come before the others, in the order of the file: undated is not old.
    `cut_short` says that the file breaks off.
    """

    pages: tuple[Location, ...]
    sitemaps: tuple[Location, ...] = ()
    cut_short: bool = False


def read_sitemap(
    body: bytes, url: str, *, since: date | None = None, content_type: str | None = None
) -> Sitemap:
    """The sitemap in `body`, which may be a .gz file, without what is older than `since`.

    Raises:
        SourceError: it is empty, an HTML page or something else, too large, or declares XML entities.
    """
    text = text_of(_unpacked(body, url), content_type, url)
    of_kind("sitemap", text, url)
    if not text.lstrip("\ufeff \t\r\n").startswith("<"):
        lines = text.removeprefix("\ufeff").split()
        return Sitemap(tuple(Location(line) for line in dict.fromkeys(lines)))
    pages: dict[str, Location] = {}
    sitemaps: dict[str, Location] = {}
    cut_short = False
    try:
        for element in _listed(safe_xml(text, url)):
            if location := _location(element, url):
                kept = sitemaps if _name(element) == "sitemap" else pages
                kept.setdefault(location.url, location)
    except ParseError:
        cut_short = True
    return Sitemap(_newest_first(pages, since), _newest_first(sitemaps, since), cut_short)


def _unpacked(body: bytes, url: str) -> bytes:
    if not body.startswith(GZIP_MAGIC):
        return body
    try:
        return gunzipped(body, MOST_BYTES)
    except Damaged as error:
        raise SourceError(f"{url}: {error}; it is tried again later") from error
    except Overflow as error:
        raise TooLarge(
            f"{url}: more than {MOST_BYTES // 2**20} MB when unpacked, which no sitemap may be"
        ) from error


def _listed(xml: bytes) -> Iterator[Element]:
    """Every url and sitemap element, each emptied once it was used: a file may list 50,000."""
    for _, element in iterparse(BytesIO(xml), events=("end",)):
        if _name(element) in ("url", "sitemap"):
            yield element
            element.clear()


def _location(element: Element, base: str) -> Location | None:
    fields = {_name(child): (child.text or "").strip() for child in element}
    news = next((child for child in element if _name(child) == "news"), None)
    said: dict[str, Any] = (
        {_name(child): (child.text or "").strip() for child in news} if news is not None else {}
    )
    try:
        loc = fields.get("loc", "")
        address = loc if loc.startswith("http") else urljoin(base, loc)  # there may be 50,000 of them
    except ValueError:  # a broken IPv6 host
        return None
    if not loc or not address.startswith(("http://", "https://")):
        return None
    return Location(
        address,
        fields.get("lastmod") or None,
        " ".join(said.get("title", "").split()),
        read_date(said.get("publication_date", "")),
    )


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _newest_first(found: dict[str, Location], since: date | None) -> tuple[Location, ...]:
    kept = [(location.day or date.max, location) for location in found.values()]
    kept.sort(key=lambda pair: pair[0], reverse=True)  # stable: equal days stay in the file's order
    return tuple(location for day, location in kept if since is None or day >= since)
