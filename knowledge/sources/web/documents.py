"""What was fetched, before it is read: its text, and what kind of thing it is."""

import json
from io import BytesIO
from typing import Literal
from xml.etree.ElementTree import ParseError

import regex
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from knowledge.errors import SourceError
from knowledge.sources.decoding import NotText, decode, known_encoding

Kind = Literal["page", "feed", "sitemap"]
NAMES = {"page": "an HTML page", "feed": "a feed", "sitemap": "a sitemap"}

HEAD = 65_536
"""Code points of an XML file within which its root element is looked for."""
ROOT = regex.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)*+<(?:[\w.-]++:)?+([\w.-]++)",
    regex.DOTALL | regex.IGNORECASE,
)
KINDS: dict[str, Kind] = {
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "html": "page",
}
JSON_FEED = "https://jsonfeed.org/version/"
ADDRESSES = regex.compile(r"\s*+(?:https?://\S++\s*+)++", regex.IGNORECASE)
HTML = regex.compile(r"<(?:html|head|body|div|p|article)\b|<!doctype html", regex.IGNORECASE)
CHARSET = regex.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", regex.IGNORECASE)
DECLARATIONS = regex.compile(r"\A(?:[\ufeff\s]*+<\?xml\b[^>]*+>)*+[\ufeff\s]*+", regex.IGNORECASE)
"""Some files have two; what they say of the encoding is no longer true once it is text."""
NOT_XML = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
GZIP_MAGIC = b"\x1f\x8b"


def text_of(body: bytes, content_type: str | None, url: str) -> str:
    """The text of what was fetched, by its own marks, as UTF-8, or by what the header says of it.

    Raises:
        SourceError: it is no text.
    """
    said = CHARSET.search(content_type or "")
    try:
        return decode(body, is_html=True, charset=known_encoding(said[1]) if said else None)
    except NotText as error:
        raise SourceError(f"{url}: {error}") from error


def kind_of(text: str) -> Kind | None:
    """What a text is by its first element, or by being nothing but addresses; None for something else."""
    text = text.removeprefix("\ufeff")
    if (root := ROOT.match(text, endpos=HEAD)) and (kind := KINDS.get(root[1].lower())):
        return kind
    if json_feed(text) is not None:
        return "feed"
    if ADDRESSES.fullmatch(text):
        return "sitemap"
    return "page" if HTML.search(text) else None


def json_feed(text: str) -> dict[str, object] | None:
    """The object of a JSON Feed; None for anything else."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return None
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and str(found.get("version")).startswith(JSON_FEED) else None


def of_kind(wanted: Kind, text: str, url: str) -> None:
    """Pass silently when a text is what was wanted.

    Raises:
        SourceError: it is something else, as when a site answers for its feed with its front page.
    """
    found = kind_of(text)
    if not text.strip():
        raise SourceError(f"{url}: empty, where {NAMES[wanted]} should be; what was read from it stays")
    if found != wanted:
        is_what = NAMES[found] if found else "something unknown"
        raise SourceError(
            f"{url}: {is_what}, not {NAMES[wanted]}; what was read from it stays; if this lasts, open it in a"
            " browser, and correct the location or its kind"
        )


def safe_xml(text: str, url: str) -> bytes:
    """The XML as UTF-8 without what no XML may hold, after it was found to declare no entities.

    Raises:
        SourceError: it declares entities, with which a small file can grow to fill the memory.
    """
    xml = str(DECLARATIONS.sub("", NOT_XML.sub("", text))).encode()
    try:
        next(iterparse(BytesIO(xml), events=("start",)), None)
    except DefusedXmlException as error:
        raise SourceError(f"{url}: refused, since its XML declares entities of its own") from error
    except ParseError:
        pass  # entities are declared before the first element: behind the fault there are none
    return xml
