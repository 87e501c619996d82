"""Sitemaps of every form, and what is no sitemap."""

import gzip
from datetime import date

import pytest

from knowledge.errors import SourceError, TooLarge
from knowledge.sources.web import sitemap as module
from knowledge.sources.web.sitemap import Location, Sitemap, read_sitemap

URL = "https://samachar.example/sitemap.xml"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(entries: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACES}>{entries}</urlset>'


def read(text: str | bytes, **options) -> Sitemap:
    return read_sitemap(text.encode() if isinstance(text, str) else text, URL, **options)


def test_pages_come_newest_first_and_undated_ones_before() -> None:
    found = read(
        urlset(
            "<url><loc> https://samachar.example/a </loc><lastmod>2026-04-05</lastmod></url>"
            "<url><loc>https://samachar.example/b</loc></url>"
            "<url><loc>/c&amp;d</loc><lastmod>2026-04-06T23:00:00Z</lastmod><i:image><i:loc>/x.jpg</i:loc></i:image></url>"
            "<url><loc>mailto:x@samachar.example</loc></url><url/>"
            "<url><loc>https://samachar.example/a</loc><lastmod>2026-04-09</lastmod></url>"
        )
    )
    assert found == Sitemap(
        (
            Location("https://samachar.example/b"),
            Location("https://samachar.example/c&d", "2026-04-06T23:00:00Z"),
            Location("https://samachar.example/a", "2026-04-05"),
        )
    )


def test_news() -> None:
    found = read(
        urlset(
            "<url><loc>https://samachar.example/pul</loc><n:news><n:publication><n:name>नमूना</n:name>"
            "<n:language>hi</n:language></n:publication><n:publication_date>2026-04-07T20:00:00Z"
            "</n:publication_date><n:title>पुल\n खुला</n:title></n:news></url>"
        )
    )
    assert found.pages == (Location("https://samachar.example/pul", None, "पुल खुला", date(2026, 4, 8)),)


def test_an_index_and_a_packed_one() -> None:
    index = (
        f"<sitemapindex {NAMESPACES}><sitemap><loc>/2025.xml</loc><lastmod>2025-12-31</lastmod></sitemap>"
        "<sitemap><loc>/2026.xml.gz</loc><lastmod>2026-04-07</lastmod></sitemap></sitemapindex>"
    )
    found = read(gzip.compress(index.encode()))
    assert found == read(index)
    assert [location.url for location in found.sitemaps] == [
        "https://samachar.example/2026.xml.gz",
        "https://samachar.example/2025.xml",
    ]
    assert [location.url for location in read(index, since=date(2026, 1, 1)).sitemaps] == [
        "https://samachar.example/2026.xml.gz"
    ]


def test_plain_text() -> None:
    found = read(
        "\ufeffhttps://samachar.example/a\r\nhttps://samachar.example/b\n\nhttps://samachar.example/a\n"
    )
    assert found == Sitemap((Location("https://samachar.example/a"), Location("https://samachar.example/b")))


def test_pages_since_a_day_and_undated_ones() -> None:
    entries = (
        "<url><loc>/new</loc><lastmod>2026-04-05</lastmod></url><url><loc>/undated</loc></url>"
        "<url><loc>/old</loc><lastmod>2026-04-04</lastmod></url>"
    )
    found = read(urlset(entries), since=date(2026, 4, 5))
    assert [location.url for location in found.pages] == [
        "https://samachar.example/undated",
        "https://samachar.example/new",
    ]


def test_a_sitemap_that_breaks_off_gives_what_is_whole_and_says_so() -> None:
    text = urlset("<url><loc>/a</loc></url><url><loc>/b</loc></url>")
    found = read(text[: text.index("/b")])
    assert found == Sitemap((Location("https://samachar.example/a"),), cut_short=True)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"<html><body>no</body></html>", "an HTML page, not a sitemap"),
        (b'<rss version="2.0"><channel/></rss>', "a feed, not a sitemap"),
        (b"hello", "something unknown"),
        (b'<!DOCTYPE urlset [<!ENTITY a "x">]><urlset><url><loc>&a;</loc></url></urlset>', "entities"),
        (gzip.compress(b"<urlset/>", mtime=0)[:12], "too early"),
    ],
)
def test_what_is_no_sitemap_is_named(body: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read(body)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    with pytest.raises(TooLarge, match="when unpacked"):
        read(gzip.compress(b"<urlset>" + b" " * 10_000_000))
