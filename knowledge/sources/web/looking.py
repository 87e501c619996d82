"""Looking at an address once, before it is followed."""

from dataclasses import dataclass

from knowledge.errors import SourceError
from knowledge.sources.source import Skipped
from knowledge.sources.web.documents import GZIP_MAGIC, Kind, kind_of, of_kind, text_of
from knowledge.sources.web.feed import read_feed
from knowledge.sources.web.fetcher import NotModified
from knowledge.sources.web.fetching import Fetching
from knowledge.sources.web.page import read_page
from knowledge.sources.web.sitemap import read_sitemap


@dataclass(frozen=True, slots=True)
class Seen:
    """What is at an address.

    Attributes:
        kind: what it is.
        title: what a feed calls itself, or the headline of a page; empty for a sitemap.
        entries: how many articles or sitemaps it lists; 1 for a page.
    """

    kind: Kind
    title: str
    entries: int


def look(location: str, kind: Kind | None, fetcher: Fetching) -> Seen:
    """What is there, by one request.

    Raises:
        SourceError: nothing that can be followed, or something else than `kind`.
    """
    answer = fetcher.get(location)
    if isinstance(answer, NotModified):
        raise SourceError(
            f"{location}: the server says “not modified” to a first request; tell its publisher"
        )
    body, content_type, url = answer.body, answer.content_type, answer.url
    found = kind or ("sitemap" if body.startswith(GZIP_MAGIC) else kind_of(text_of(body, content_type, url)))
    match found:
        case "feed":
            feed = read_feed(body, content_type, url)
            return Seen("feed", feed.title, len(feed.entries))
        case "sitemap":
            sitemap = read_sitemap(body, url, content_type=content_type)
            return Seen("sitemap", "", len(sitemap.pages) + len(sitemap.sitemaps))
        case "page":
            of_kind("page", text_of(body, content_type, url), url)
            page = read_page(body, content_type, url)
            if isinstance(page, Skipped):
                raise SourceError(f"{url}: {page.reason}")
            return Seen("page", page.title, 1)
    raise SourceError(f"{url}: neither a feed nor a sitemap nor an HTML page; correct the location")
