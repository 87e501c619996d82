"""Feeds: RSS 0.9x to 2.0, RDF, Atom, and JSON Feed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser
import regex

from knowledge.errors import SourceError
from knowledge.sources.dates import read_date
from knowledge.sources.furniture import fold
from knowledge.sources.identity import canonical_url
from knowledge.sources.web.documents import json_feed, of_kind, safe_xml, text_of
from knowledge.sources.web.html_text import html_to_text

CONTENT_CHARS = 500
"""A feed's content with fewer code points is taken for a teaser, and the page is read."""
SUMMARY_CHARS = 1200
"""So is a summary that stands alone; few publishers put whole articles there."""

TORN_OFF = regex.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")
READ_ON = regex.compile(
    r"(?:(?:continue|keep) reading|read (?:more|full|on|the (?:full|rest))"
    r"|(?:और|आगे|पूरी खबर|पूरा लेख|विस्तार से)(?: यहां)? (?:पढें|पढिए|पढने के लिए|देखें|जानें)).{0,60}$"
)
LAST_CHARS = 120
FOOTER = regex.compile(r"\n?The post .{1,300} (?:first )?appeared (?:first )?on [^\n]{1,200}$")
ITEM_END = regex.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", regex.IGNORECASE)
ROOT_END = regex.compile(r"</(?:[\w.-]+:)?(?:rss|rdf|feed)\s*>", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    `text` is the article's whole text, cleaned of markup, where the feed carries it; `digest` changes
    with whatever the entry says of its article.
    """

    url: str | None
    guid: str | None
    title: str
    text: str | None
    published: date | None
    digest: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read; `ttl_s` is for how long it says it stays as it is, 0 when it doesn't.

    `cut_short` says that the file ends too early; the entries are then those that are whole.
    """

    title: str
    entries: tuple[Entry, ...]
    ttl_s: float = 0.0
    cut_short: bool = False


def read_feed(body: bytes, content_type: str | None, url: str) -> Feed:
    """The feed in `body`, its entries in the file's order, links made absolute.

    Args:
        body: the bytes that were fetched.
        content_type: the raw header.
        url: where they were found.

    Raises:
        SourceError: it is empty, an HTML page or something else, or declares XML entities.
    """
    text = text_of(body, content_type, url)
    of_kind("feed", text, url)
    if (json := json_feed(text)) is not None:
        return _read_json(json, url)
    cut_short = not ROOT_END.search(text)
    xml = safe_xml(_whole_items(text) if cut_short else text, url)
    found = _parsed(xml, url)
    entries = tuple(_entry(dict(item), url) for item in found.entries)
    return Feed(html_to_text(found.feed.get("title", "")), entries, _ttl_s(found.feed.get("ttl")), cut_short)


def _parsed(xml: bytes, url: str) -> Any:
    try:
        return feedparser.parse(
            BytesIO(xml),  # never a string: feedparser would take it for an address or a file
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            sanitize_html=False,  # only its text is taken
            resolve_relative_uris=False,
        )
    except Exception as error:  # it stumbles over broken XML in many ways, such as a code point too large
        raise SourceError(f"{url}: its XML is broken ({error}); what was read from it stays") from error


def _whole_items(text: str) -> str:
    ends = [end.end() for end in ITEM_END.finditer(text)]
    # without any, what stands before the first item is still the feed's
    return text[: ends[-1]] if ends else regex.split(r"<(?:item|entry)\b", text, maxsplit=1)[0]


def _entry(item: Mapping[str, Any], base: str) -> Entry:
    title = _one_line(html_to_text(item.get("title", "")))
    link = _address(item.get("link"), base)
    contents = [_plain(part) for part in item.get("content", ())]
    summary = _plain(item.get("summary_detail", {}))
    dated = item.get("published") or item.get("created") or item.get("updated")
    updated = item.get("updated") or ""
    text = _full_text(contents, summary, link)
    return Entry(
        link,
        item.get("id") or None,
        title,
        text,
        read_date(dated) if dated else None,
        _digest(title, text or summary, updated),
    )


def _plain(part: Mapping[str, Any]) -> str:
    value = part.get("value") or ""
    return str(FOOTER.sub("", value.strip() if part.get("type") == "text/plain" else html_to_text(value)))


def _full_text(contents: list[str], summary: str, link: str | None) -> str | None:
    """The whole text, if one of these seems to be it; without a link the longest is all there is."""
    content = max(contents, key=len, default="")
    if not link:
        return max(content, summary, key=len) or None
    if len(content) >= CONTENT_CHARS and not _breaks_off(content):
        return content
    return summary if len(summary) >= SUMMARY_CHARS and not _breaks_off(summary) else None


def _breaks_off(text: str) -> bool:
    end = text[-LAST_CHARS:]
    return bool(TORN_OFF.search(end) or READ_ON.search(fold(end)))


def _read_json(feed: Mapping[str, Any], url: str) -> Feed:
    """A JSON Feed 1.0 or 1.1; what isn't as it should be is passed over."""
    items = feed.get("items")
    entries = (
        [_json_entry(item, url) for item in items if isinstance(item, dict)]
        if isinstance(items, list)
        else []
    )
    return Feed(_one_line(html_to_text(_string(feed, "title"))), tuple(entries))


def _json_entry(item: Mapping[str, Any], base: str) -> Entry:
    title = _one_line(html_to_text(_string(item, "title")))
    link = _address(_string(item, "url") or _string(item, "external_url"), base)
    content = html_to_text(_string(item, "content_html")) or _string(item, "content_text").strip()
    summary = _string(item, "summary")
    dated, updated = _string(item, "date_published"), _string(item, "date_modified")
    text = _full_text([content], summary, link)
    # an id may be a number, which 1.1 asks readers to accept
    guid = str(item["id"]) if isinstance(item.get("id"), str | int) else None
    digest = _digest(title, text or content or summary, updated)
    return Entry(link, guid or None, title, text, read_date(dated or updated), digest)


def _string(item: Mapping[str, Any], field: str) -> str:
    value = item.get(field)
    return value if isinstance(value, str) else ""


def _address(link: str | None, base: str) -> str | None:
    """The link made absolute; None where it is none to an article, as one to the front page."""
    try:
        address = urljoin(base, link.strip()) if link and link.strip() else ""
    except ValueError:  # a broken IPv6 host
        return None
    canonical = canonical_url(address)
    is_page = canonical is not None and ("/" in canonical.partition("://")[2] or "?" in canonical)
    return address if is_page else None


def _ttl_s(minutes: str | None) -> float:
    return float(minutes) * 60 if minutes and regex.fullmatch(r"[0-9]{1,6}", minutes.strip()) else 0.0


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
