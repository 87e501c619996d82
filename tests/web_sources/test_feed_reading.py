"""Feeds as publishers write them: every format, their quirks, and what must never be parsed."""

import json
from datetime import date

import pytest

from knowledge.errors import SourceError
from knowledge.sources.web.feed import Entry, Feed, read_feed

URL = "https://samachar.example/hindi/feed.xml"
LINE = "शिवपुर में शनिवार को नदी पर बना नया पुल आम लोगों के लिए खोल दिया गया। "
WHOLE = LINE * 8
"""Long enough for an article."""


def read(text: str | bytes, content_type: str | None = None) -> Feed:
    return read_feed(text.encode() if isinstance(text, str) else text, content_type, URL)


def rss(items: str, declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return (
        f'{declaration}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>नमूना समाचार</title><ttl>30</ttl>{items}</channel></rss>"
    )


def fields(entry: Entry) -> tuple[object, ...]:
    return entry.url, entry.guid, entry.title, entry.text, entry.published


def test_rss() -> None:
    feed = read(
        rss(
            "<item><title><![CDATA[पुल &amp; नदी: <b>नई</b> राह]]></title><link>/pul?id=1&amp;p=2</link>"
            '<guid isPermaLink="false">pul-1</guid><pubDate>Tue, 07 Apr 2026 23:30:00 GMT</pubDate>'
            "<description>&lt;p&gt;सार&lt;/p&gt;</description></item>"
            "<item><title>मेला</title><guid>https://samachar.example/mela</guid></item>"
        )
    )
    assert (feed.title, feed.ttl_s, feed.cut_short) == ("नमूना समाचार", 1800.0, False)
    assert [fields(entry) for entry in feed.entries] == [
        ("https://samachar.example/pul?id=1&p=2", "pul-1", "पुल & नदी: नई राह", None, date(2026, 4, 8)),
        ("https://samachar.example/mela", "https://samachar.example/mela", "मेला", None, None),
    ]


def test_atom() -> None:
    feed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://samachar.example/a/"><title>नमूना</title>'
        '<entry><title type="html">बाज़ार &amp;amp; दाम</title><id>tag:samachar.example,2026:1</id>'
        '<link rel="alternate" href="bazar"/><published>2026-04-07T10:30:00+05:30</published>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WHOLE}</p><p>अंत।</p></div></content>'
        "</entry></feed>"
    )
    assert [fields(entry) for entry in feed.entries] == [
        (
            "https://samachar.example/a/bazar",
            "tag:samachar.example,2026:1",
            "बाज़ार & दाम",
            f"{WHOLE.strip()}\nअंत।",
            date(2026, 4, 7),
        )
    ]


def test_rdf_and_rss_091_with_its_doctype() -> None:
    rdf = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>नमूना</title></channel>'
        "<item><title>खेल</title><link>https://samachar.example/khel</link><dc:date>2026-04-07</dc:date></item></rdf:RDF>"
    )
    old = read(
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
        ' "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>न</title>'
        "<item><title>खेल</title><link>https://samachar.example/khel</link></item></channel></rss>"
    )
    assert [entry.published for entry in rdf.entries] == [date(2026, 4, 7)]
    assert {entry.url for entry in (*rdf.entries, *old.entries)} == {"https://samachar.example/khel"}


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_json_feed(version: str) -> None:
    feed = read(
        json.dumps(
            {
                "version": f"https://jsonfeed.org/version/{version}",
                "title": "नमूना",
                "items": [
                    {
                        "id": 17,
                        "url": "/khabar/17",
                        "title": "पुल खुला",
                        "content_html": f"<p>{WHOLE}</p><p>अंत।</p>",
                        "date_published": "2026-04-07T10:30:00+05:30",
                    },
                    {"id": "x", "external_url": "https://samachar.example/x", "summary": "सार", "title": 5},
                    "कुछ और",
                    {"id": "y", "content_text": LINE},
                ],
            }
        ),
        "application/feed+json",
    )
    assert feed.title == "नमूना"
    assert [fields(entry) for entry in feed.entries] == [
        ("https://samachar.example/khabar/17", "17", "पुल खुला", f"{WHOLE.strip()}\nअंत।", date(2026, 4, 7)),
        ("https://samachar.example/x", "x", "", None, None),
        (None, "y", "", LINE.strip(), None),
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("७ अप्रैल 2026", date(2026, 4, 7)),
        ("मंगलवार, 7 अप्रैल 2026", date(2026, 4, 7)),
        ("बृहस्पतिवार, 9 अप्रैल, 2026 को 10:30 बजे", date(2026, 4, 9)),
        ("9 अप्रैल 2026 रात 11 बजे", date(2026, 4, 9)),
        ("९ अप्रैल, २०२६ को देर रात ११:३० बजे", date(2026, 4, 9)),
        ("गुरुवार सुबह 10.30 बजे, 9 अप्रैल 2026", date(2026, 4, 9)),
        ("11 अगस्‍त 2026", date(2026, 8, 11)),
        ("प्रकाशित 9 अप्रैल 2026, अपडेटेड 11 अप्रैल 2026", date(2026, 4, 9)),
        (
            "Published: Thu, 09 Apr 2026 10:30 AM (IST) Updated: Sat, 11 Apr 2026 11:45 AM (IST)",
            date(2026, 4, 9),
        ),
        ("9 अप्रैल 2026 | अपडेटेड 11:30 AM", date(2026, 4, 9)),
        ("9 April 2026 को अपडेट किया गया", date(2026, 4, 9)),
        ("अंतिम अपडेट: ९ अप्रैल २०२६ १०:३० भा.मा.स.", date(2026, 4, 9)),
        ("07 Apr 2026 10:30 IST", date(2026, 4, 7)),
        ("Tue, 07 Apr 2026 23:45:00 IST", date(2026, 4, 7)),
        ("प्रकाशित: 7 अक्तूबर 2025, 10:30 AM IST", date(2025, 10, 7)),
        ("०७-०४-२०२६", date(2026, 4, 7)),
        ("07/04/2026", date(2026, 4, 7)),
        ("2026-04-07T20:00:00Z", date(2026, 4, 8)),
        ("आज", None),
        ("2 घंटे पहले", None),
        ("मंगलवार", None),
        ("अप्रैल 2026", None),
        ("7 अप्रैल", None),
        ("30 फरवरी 2026", None),
        ("12", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them_and_no_wild_guesses(written: str, day: date | None) -> None:
    [entry] = read(rss(f"<item><title>क</title><pubDate>{written}</pubDate></item>")).entries
    assert entry.published == day


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (
            rss("<item><title>हिंदी</title></item>", '<?xml version="1.0" encoding="windows-1252"?>').encode(),
            None,
        ),
        (rss("<item><title>हिंदी</title></item>").encode(), "text/xml; charset=ISO-8859-1"),
        (rss("<item><title>हिंदी</title></item>").encode(), "text/xml"),
        (rss("<item><title>हिंदी</title></item>").encode("utf-16"), "text/xml"),
        (b"\xef\xbb\xbf \n" + rss("<item><title>हिंदी</title></item>").encode(), "text/html"),
        (rss("<item><title>हि\x08ंदी</title></item>").encode(), None),
        (rss("<item><title>हिंदी</title><link>/a?b=1&c=2</link></item>").encode(), None),
        (rss("<item><title>हिंदी&nbsp;</title></item>").encode(), None),
        (
            rss(
                "<item><title>हिंदी</title></item>", "<?xml version='1.0'?> <?xml encoding='utf-7'?>"
            ).encode(),
            None,
        ),
    ],
)
def test_wrong_labels_and_broken_xml_are_read_all_the_same(body: bytes, content_type: str | None) -> None:
    feed = read(body, content_type)
    assert (feed.title, [entry.title for entry in feed.entries]) == ("नमूना समाचार", ["हिंदी"])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"<p>{WHOLE}</p>", WHOLE.strip()),
        (f"<p>{LINE}</p>", None),
        (f"<p>{WHOLE}</p><p>शहर के लोग […]</p>", None),
        (f"<p>{WHOLE}</p><a href='/x'>पूरी ख़बर पढ़ें</a>", None),
        (f"<p>{WHOLE}</p><p>Continue reading पुल खुला →</p>", None),
        (f"<p>{WHOLE}</p><p>The post पुल खुला appeared first on नमूना.</p>", WHOLE.strip()),
        (
            f"<p>{WHOLE}</p><script>x()</script><figure><img><figcaption>चित्र</figcaption></figure>",
            WHOLE.strip(),
        ),
    ],
)
def test_a_whole_text_is_told_from_a_teaser(content: str, text: str | None) -> None:
    item = (
        "<item><link>/a</link><description>सार</description>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item>"
    )
    assert [entry.text for entry in read(rss(item)).entries] == [text]


def test_html_that_was_escaped_twice_is_text_at_the_end() -> None:
    content = (
        "&amp;lt;p&amp;gt;पहला।&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;दूसरा &amp;amp;amp; तीसरा।&amp;lt;/p&amp;gt;"
    )
    [entry] = read(rss(f"<item><description>{content}</description></item>")).entries
    assert entry.text == "पहला।\nदूसरा & तीसरा।"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@samachar.example", "/", "http://[x/", "ftp://a/b"]
)
def test_a_link_that_leads_to_no_page_is_none(link: str) -> None:
    [entry] = read(rss(f"<item><title>क</title><link>{link}</link></item>")).entries
    assert entry.url is None


def test_the_digest_changes_with_what_the_entry_says() -> None:
    said = [
        "<title>क</title>",
        "<title>ख</title>",
        "<title>क</title><description>सार</description>",
        '<title>क</title><updated xmlns="http://www.w3.org/2005/Atom">2026-04-07</updated>',
    ]
    digests = [
        read(rss(f"<item><link>/a</link>{part}</item>")).entries[0].digest for part in (*said, said[0])
    ]
    assert len(set(digests)) == len(said)
    assert digests[0] == digests[-1]


def test_a_feed_cut_in_half_gives_its_whole_entries_and_says_so() -> None:
    text = rss("".join(f"<item><title>खबर {number}</title></item>" for number in range(10)))
    for cut in range(len(text) - 6, text.index("<channel>"), -37):
        feed = read(text[:cut])
        assert feed.cut_short
        assert [entry.title for entry in feed.entries] == [
            f"खबर {n}" for n in range(text[:cut].count("</item>"))
        ]
    assert not read(text).cut_short


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss("")) == Feed("नमूना समाचार", (), 1800.0)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html><body><p>not here</p></body></html>", "an HTML page, not a feed"),
        (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "a sitemap, not a feed"),
        (b'{"items": []}', "something unknown, not a feed"),
        (bytes(range(256)) * 4, "not text"),
        (b"<rss><channel><item><title>&#99999999;</title></item></channel></rss>", "broken"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says) as raised:
        read(body)
    assert str(raised.value).startswith(URL)


def bomb(declarations: str, title: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{declarations}]><rss version="2.0"><channel>'
        f"<title>{title}</title></channel></rss>"
    )


LAUGHS = bomb(
    '<!ENTITY a "हाहाहाहा">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "&i;",
)
QUADRATIC = bomb(f'<!ENTITY a "{"हा" * 10_000}">', "&a;" * 50_000)
OUTSIDE = bomb('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;")


@pytest.mark.parametrize(
    "bomb", [LAUGHS, QUADRATIC, OUTSIDE, f"<!-- <rss> -->{LAUGHS.partition('?>')[2]}"], ids=str.__len__
)
def test_entities_of_its_own_are_refused_before_anything_is_expanded(bomb: str) -> None:
    with pytest.raises(SourceError, match="declares entities"):
        read(bomb)
    with pytest.raises(SourceError, match="declares entities"):
        read(bomb.encode("utf-16"))


def test_what_only_talks_of_entities_is_no_bomb() -> None:
    [entry] = read(
        rss("<item><title><![CDATA[<!DOCTYPE x [<!ENTITY a 'b'>]> क्या है]]></title></item>")
    ).entries
    assert entry.title.endswith("क्या है")
