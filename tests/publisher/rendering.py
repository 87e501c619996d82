"""A paper's files as they are at a moment: feeds, sitemaps, pages."""

import gzip
import html
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import islice

from newspaper import item, rss, sitemapindex, urlset
from publisher.world import Paper, Piece, Version

IN_A_FEED = 30
IN_THE_NEWS = timedelta(days=2)
HUGE_BYTES = 1_500_000

Document = Callable[[Paper, datetime, str], bytes]


def rss_feed(paper: Paper, now: datetime, base: str) -> bytes:
    """Teasers."""
    items = (
        item(
            base + version.path,
            version.title,
            f"<description>{teaser(piece)}</description><pubDate>{format_datetime(piece.out_at)}</pubDate>",
            guid=f"prabhat-{piece.versions[0].path}",
        )
        for piece, version in latest(paper, now)
    )
    return rss(items).encode()


def atom_feed(paper: Paper, now: datetime, base: str) -> bytes:
    """Full texts."""
    entries = (
        f"<entry><id>tag:{piece.story}</id><title>{version.title}</title><link href='{base}{version.path}'/>"
        f"<published>{piece.out_at.isoformat()}</published>"
        f"<content type='html'>{html.escape(paragraphs(version.text))}</content></entry>"
        for piece, version in latest(paper, now)
    )
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{paper.name}</title>{''.join(entries)}</feed>"
    ).encode()


def json_feed(paper: Paper, now: datetime, base: str) -> bytes:
    """Teasers, and when each was changed."""
    items = [
        {
            "id": piece.versions[0].path,
            "url": base + version.path,
            "title": version.title,
            "summary": teaser(piece),
            "date_published": piece.out_at.isoformat(),
            "date_modified": version.since.isoformat(),
        }
        for piece, version in latest(paper, now)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": paper.name, "items": items}
    return json.dumps(feed, ensure_ascii=False).encode()


def news_sitemap(paper: Paper, now: datetime, base: str) -> bytes:
    """What came out in the last two days."""
    listed = ((piece, version) for piece, version in paper.out(now) if now - piece.out_at < IN_THE_NEWS)
    urls = (
        f"<url><loc>{base}{version.path}</loc><news:news><news:publication><news:name>{paper.name}</news:name>"
        f"<news:language>hi</news:language></news:publication><news:publication_date>{piece.out_at.isoformat()}"
        f"</news:publication_date><news:title>{version.title}</news:title></news:news></url>"
        for piece, version in listed
    )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(urls)}</urlset>'
    ).encode()


def index_of_sitemaps(paper: Paper, now: datetime, base: str) -> bytes:
    """A sitemap a month, with when it was changed."""
    months: dict[str, datetime] = {}
    for piece in paper.pieces:
        if piece.out_at <= now:
            month = f"{piece.out_at:%Y-%m}"
            months[month] = max(months.get(month, piece.out_at), piece.changed_at(now))
    listed = ((f"{base}/sitemap-{month}.xml.gz", changed.isoformat()) for month, changed in months.items())
    return sitemapindex(listed).encode()


def month_sitemap(month: str) -> Document:
    """The pages of a month, packed."""

    def document(paper: Paper, now: datetime, base: str) -> bytes:
        listed = (
            (base + version.path, version.since.isoformat())
            for piece, version in paper.out(now)
            if f"{piece.out_at:%Y-%m}" == month
        )
        return gzip.compress(urlset(listed).encode(), mtime=0)

    return document


DOCUMENTS: dict[str, tuple[str, Document]] = {
    "/rss.xml": ("application/rss+xml", rss_feed),
    "/atom.xml": ("application/atom+xml", atom_feed),
    "/feed.json": ("application/feed+json", json_feed),
    "/news.xml": ("application/xml", news_sitemap),
    "/sitemap.xml": ("application/xml", index_of_sitemaps),
    **{
        f"/sitemap-2025-{month:02}.xml.gz": ("application/gzip", month_sitemap(f"2025-{month:02}"))
        for month in (1, 2, 3)
    },
}


def page(paper: Paper, piece: Piece, version: Version) -> tuple[str, bytes]:
    """The page's content type and body."""
    match version.look:
        case "login":
            return "text/html", f"<title>{version.title}</title><form><input type=password></form>".encode()
        case "empty":
            return "text/html", b""
        case "huge":
            return "text/html", b"<html><p>" + b"\xe0\xa4\x96 " * (HUGE_BYTES // 4)
        case "babble":
            return "text/html", bytes(range(256)) * 20
        case "mislabelled":
            return "text/html; charset=iso-8859-1", _story_page(paper, piece, version)
    return "text/html; charset=utf-8", _story_page(paper, piece, version)


def _story_page(paper: Paper, piece: Piece, version: Version) -> bytes:
    others = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("खेल", "देश", "कारोबार"))
    return (
        f'<!DOCTYPE html><html lang="hi"><head><meta charset="utf-8"><title>{version.title}</title>'
        f'<meta property="og:type" content="article"><meta property="og:site_name" content="{paper.name}">'
        f'<meta property="article:published_time" content="{piece.out_at.isoformat()}"></head>'
        f"<body><nav><ul>{others}</ul></nav><article><h1>{version.title}</h1>{paragraphs(version.text)}"
        f"</article><footer>© {paper.name}</footer></body></html>"
    ).encode()


def paragraphs(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("\n"))


def teaser(piece: Piece) -> str:
    """The first sentence as it was when the piece came out: teasers are seldom corrected."""
    return piece.versions[0].text.partition("।")[0] + "।"


def latest(paper: Paper, now: datetime) -> Iterator[tuple[Piece, Version]]:
    return islice(paper.out(now), IN_A_FEED)
