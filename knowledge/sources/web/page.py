"""The article of a page, or why it holds none."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

import regex
from lxml import etree, html

from knowledge.articles import Article
from knowledge.errors import SourceError
from knowledge.sources.dates import read_date
from knowledge.sources.extraction import extract
from knowledge.sources.lines import Line
from knowledge.sources.records import Rejected, to_article
from knowledge.sources.source import Skipped
from knowledge.sources.web.documents import kind_of, text_of
from knowledge.sources.web.identity import same_site

LEAST_CHARS = 80
"""Code points of running text that make an article; a short notice has more."""
STORY_CHARS = 600
"""With so many, it is one though its page also has a login form, or speaks of errors."""
HEADLINE_CHARS = 20
LINKED_HEADINGS = 5
PROSE_BY_HEADING = 400
"""A page with at least so many linked headlines and less prose for each is a list of stories."""

HTML_TYPES = regex.compile(
    r"\s*(?:text/(?:html|plain)|application/(?:xhtml\+)?xml|text/xml|application/octet-stream)"
)
NOT_FOUND = regex.compile(
    r"\b(?:40[34]|410|50[023])\b.{0,40}|(?:page|article|story|content) (?:could )?(?:is )?"
    r"(?:not (?:be )?found|(?:not|no longer) available)"
    r"|(?:पेज|पृष्ठ|खबर|लेख|सामग्री) (?:नहीं मिल|उपलब्ध नहीं|हटा)",
    regex.IGNORECASE,
)
ARTICLE = regex.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*Article|\w*BlogPosting|Report\w*)"')
COLLECTION = regex.compile(r'"@type"\s*:\s*\[?\s*"(?:CollectionPage|SearchResultsPage|ItemList)"')
STATED = regex.compile(r'"datePublished"\s*:\s*"([^"\\]{4,60})"')
META_DATES = (
    "//meta[@property='article:published_time' or @itemprop='datePublished' or @name='publish-date'"
    " or @name='pubdate' or @name='date' or @name='DC.date.issued']/@content"
)
WRITTEN_DATES = (
    "//*[@itemprop='datePublished']|//time|//*[contains(@class,'publish') or contains(@class,'date')"
    " or contains(@class,'time') or contains(@class,'byline')]"
)
FEEDS = (
    "//link[@rel='alternate' and (@type='application/rss+xml' or @type='application/atom+xml'"
    " or @type='application/feed+json')]/@href"
)
PUBLISHED = regex.compile("प्रकाशित|पब्लिश|publish|posted", regex.IGNORECASE)
DATE_CHARS = 100
PLACES = 30
"""Elements that are looked at for a date; one further down is another story's."""


@dataclass(frozen=True, slots=True)
class PageArticle:
    """The article of a page, cleaned; `canonical_url` is its address by its own word, on the same site."""

    title: str
    text: str
    canonical_url: str
    published: date | None = None
    publisher: str | None = None


def read_page(body: bytes, content_type: str | None, url: str) -> PageArticle | Skipped:
    """The article in `body`; else the page's address and the reason in a sentence.

    Section pages, login walls and pages that say that there is nothing are told from articles.
    """
    if content_type and not HTML_TYPES.match(content_type.lower()):
        return Skipped(url, f"it is {content_type.partition(';')[0].strip()}, not a page")
    try:
        text = text_of(body, content_type, url)
    except SourceError:
        return Skipped(url, "it is not text, or in an encoding that can't be told")
    if kind_of(text) != "page":
        return Skipped(url, "it is no HTML page")
    try:
        record = extract(text, url)
        tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except Exception as error:  # whatever a library stumbles over, the other pages are to be read
        return Skipped(url, f"its HTML is broken ({error})")
    if not record:
        return Skipped(url, _why_not(text, tree, url, None) or "no article was found on it")
    try:
        article, _ = to_article(record | {"published": None, "url": None}, url)
    except Rejected as error:
        return Skipped(url, _why_not(text, tree, url, None) or str(error))
    if reason := _why_not(text, tree, url, article):
        return Skipped(url, reason)
    published = _date(text, tree, record.get("published"))
    return PageArticle(article.title, article.text, _canonical(tree, url), published, article.publisher)


def _why_not(text: str, tree: html.HtmlElement, url: str, article: Article | None) -> str | None:
    """Why the page is no article's, or None."""
    prose = sum(len(line) for line in article.text.split("\n") if Line.of(line).is_prose) if article else 0
    if prose < STORY_CHARS:
        if tree.xpath("//input[@type='password']"):
            return "it asks to log in"
        if any(NOT_FOUND.search(title) for title in _headings(tree)):
            return "it says that there is nothing, though its status is 200"
    is_collection = COLLECTION.search(text) and not ARTICLE.search(text)
    if is_collection or (not _says_article(text, tree) and _is_list(tree, prose)):
        return f"it is a list of stories, not one of them{_feed_hint(tree, url)}"
    return "it holds no running text" if article and prose < LEAST_CHARS else None


def _feed_hint(tree: html.HtmlElement, url: str) -> str:
    """Where the stories that the page lists can be followed."""
    for link in tree.xpath(FEEDS):
        with suppress(ValueError):  # a broken IPv6 host
            return f"; its feed is {urljoin(url, link.strip())}"
    return ""


def _headings(tree: html.HtmlElement) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.xpath("//title|//h1")]


def _says_article(text: str, tree: html.HtmlElement) -> bool:
    og = tree.xpath("//meta[@property='og:type']/@content")
    return "article" in [kind.strip().lower() for kind in og] or ARTICLE.search(text) is not None


def _is_list(tree: html.HtmlElement, prose: int) -> bool:
    links = tree.xpath("//h2//a|//h3//a|//h4//a|//a//h2|//a//h3|//a//h4|//li/a")
    headings = {heading for link in links if len(heading := link.text_content().strip()) >= HEADLINE_CHARS}
    return (
        len(headings) >= LINKED_HEADINGS
        and prose < PROSE_BY_HEADING * len(headings)
        and prose < 2 * STORY_CHARS
    )


def _canonical(tree: html.HtmlElement, url: str) -> str:
    """Where the page says that it is at home, if that is on the same site and no front page; else `url`."""
    links = tree.xpath("//link[@rel='canonical']/@href|//meta[@property='og:url']/@content")
    for link in links:
        try:
            address = urljoin(url, link.strip())
            is_page = bool(urlsplit(address).path.strip("/") or urlsplit(address).query)
        except ValueError:  # a broken IPv6 host
            continue
        if is_page and same_site(address, url):
            return str(address)
    return url


def _date(text: str, tree: html.HtmlElement, found: object) -> date | None:
    """The day that the page states for machines or says that it is of, else one that was found on it.

    What htmldate finds may be today's date at the top of every page of a site.
    """
    stated = (*STATED.findall(text)[:1], *tree.xpath(META_DATES))
    written = [_text(element) for element in tree.xpath(WRITTEN_DATES)[:PLACES]]
    labelled = filter(PUBLISHED.search, written)
    return next(filter(None, map(read_date, (*stated, *labelled, str(found or ""), *written))), None)


def _text(element: etree._Element) -> str:
    said = element.get("datetime") or element.get("content") or " ".join(" ".join(element.itertext()).split())
    return str(said) if len(said) <= DATE_CHARS else ""
