"""A newspaper on the web: stories, a feed, sitemaps, with conditional requests."""

import hashlib
import html
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from raw_server import Asked, RawServer, reply

STORIES = [
    "शिवपुर में शनिवार को नदी पर बना नया पुल आम लोगों के लिए खोल दिया गया। इसकी लागत 84 करोड़ रुपये रही।",
    "रामगढ़ के किसानों को इस साल गेहूं का दाम पिछले साल से दो सौ रुपये अधिक मिला। मंडी में आवक भी बढ़ी है।",
    "देवपुर के स्कूल में बच्चों ने विज्ञान मेले में सौर चूल्हा बनाया। निर्णायकों ने उसे पहला पुरस्कार दिया।",
    "सोनपुर में बारिश से तालाब भर गए और नहर में पानी छोड़ दिया गया। सिंचाई विभाग ने तटबंधों की जांच की।",
    "नंदगांव की टीम ने जिला कबड्डी प्रतियोगिता का फाइनल तीन अंकों से जीता। कप्तान ने दर्शकों का आभार माना।",
]
CONTINUES = (
    "अधिकारियों ने बताया कि काम तय समय पर पूरा हुआ। आसपास के गांवों के लोगों ने इस पर खुशी जताई और कहा कि "
    "वे बरसों से इसका इंतजार कर रहे थे। अगले महीने इसकी समीक्षा की जाएगी।"
)


def story(number: int, words: str = "") -> str:
    """An article page of its own text."""
    return story_page(
        f"खबर संख्या {number}", f"{words or STORIES[number % len(STORIES)]} खबर का क्रमांक {number} है।"
    )


def story_page(title: str, text: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="hi"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:type" content="article"><meta property="og:site_name" content="दैनिक नमूना">{head}'
        f"</head><body><nav><a href='/'>होम</a></nav><article><h1>{title}</h1><p>{text}</p><p>{CONTINUES}</p>"
        "</article><footer>© दैनिक नमूना</footer></body></html>"
    )


def item(link: str, title: str, more: str = "", guid: str = "") -> str:
    tag = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<item><title>{title}</title><link>{html.escape(link)}</link>{tag}{more}</item>"


def rss(items: Iterable[str], more: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>नमूना फ़ीड</title>'
        f"{more}{''.join(items)}</channel></rss>"
    )


def urlset(entries: Iterable[tuple[str, str]]) -> str:
    return _sitemap("urlset", "url", entries)


def sitemapindex(entries: Iterable[tuple[str, str]]) -> str:
    return _sitemap("sitemapindex", "sitemap", entries)


def _sitemap(root: str, element: str, entries: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f"<{element}><loc>{loc}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</{element}>"
        for loc, lastmod in entries
    )
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'


@dataclass
class Newspaper:
    """Publishes on a server, each version with an ETag of its own."""

    server: RawServer
    unchanged: Counter[str] = field(default_factory=Counter)

    def url(self, path: str) -> str:
        return self.server.url(path)

    def publish(self, path: str, text: str | bytes, content_type: str = "text/html", **headers: str) -> None:
        body = text.encode() if isinstance(text, str) else text
        etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'

        def answer(asked: Asked) -> bytes:
            if asked.headers.get("if-none-match") == etag:
                self.unchanged[path] += 1
                return reply(304, ETag=etag)
            return reply(200, body, Content_Type=content_type, ETag=etag, **headers)

        self.server.pages[path] = answer

    def feed(self, items: Iterable[str], path: str = "/feed.xml", more: str = "", **headers: str) -> None:
        self.publish(path, rss(items, more), "application/rss+xml", **headers)

    def answer(self, path: str, status: int, **headers: str) -> None:
        self.server.pages[path] = reply(status, **headers)

    def asked_for(self) -> list[str]:
        """What was fetched since this was asked last, robots.txt aside."""
        asked = [path for path in self.server.paths() if path != "/robots.txt"]
        self.server.asked.clear()
        return asked
