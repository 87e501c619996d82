"""Pages as publishers build them: the article with its date and address, or why there is none."""

import re
from datetime import date

import pytest

from knowledge.sources import Skipped
from knowledge.sources.web.page import PageArticle, read_page

URL = "https://www.samachar.example/rajya/pul-khula"
TEXT = (
    "शिवपुर में शनिवार को नदी पर बना नया पुल आम लोगों के लिए खोल दिया गया। पुल पर 84 करोड़ रुपये खर्च हुए और "
    "इसे बनाने में चार साल लगे।\n"
    "जिला अधिकारी ने बताया कि पुल से बीस गांवों के लोगों को फायदा होगा। पहले उन्हें नदी पार करने के लिए पंद्रह "
    "किलोमीटर घूमकर जाना पड़ता था। बरसात में यह रास्ता भी बंद हो जाता था।"
)


def page(head: str = "", body: str | None = None, title: str = "शिवपुर में खुला नया पुल") -> str:
    story = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    return (
        f'<!DOCTYPE html><html lang="hi"><head><title>{title}</title>{head}</head><body>'
        f"<header><a href='/'>होम</a> <a href='/rajya'>राज्य</a></header>"
        f"{body if body is not None else f'<article><h1>{title}</h1>{story}</article>'}"
        "<footer>© दैनिक नमूना</footer></body></html>"
    )


def read(text: str | bytes, content_type: str | None = "text/html; charset=utf-8") -> PageArticle | Skipped:
    return read_page(text.encode() if isinstance(text, str) else text, content_type, URL)


def article(text: str | bytes, content_type: str | None = "text/html") -> PageArticle:
    found = read(text, content_type)
    assert isinstance(found, PageArticle), found
    return found


def reason(text: str | bytes, content_type: str | None = "text/html") -> str:
    found = read(text, content_type)
    assert isinstance(found, Skipped), found
    assert found.name == URL
    return found.reason


def test_an_article_with_all_it_says_of_itself() -> None:
    head = (
        '<meta property="og:site_name" content="दैनिक नमूना"><link rel="canonical" href="/rajya/pul-khula-101">'
        '<meta property="article:published_time" content="2026-04-07T20:00:00Z">'
    )
    assert read(page(head)) == PageArticle(
        "शिवपुर में खुला नया पुल",
        TEXT,
        "https://www.samachar.example/rajya/pul-khula-101",
        date(2026, 4, 8),
        "दैनिक नमूना",
    )


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://samachar.example/rajya/101", "https://samachar.example/rajya/101"),
        ("https://m.samachar.example/rajya/101", "https://m.samachar.example/rajya/101"),
        ("https://other.example/rajya/101", URL),
        ("https://www.samachar.example/", URL),
        ("/", URL),
        ("", URL),
        ("http://[broken", URL),
        ("javascript:void(0)", URL),
    ],
)
def test_a_canonical_address_counts_on_the_same_site_alone(canonical: str, url: str) -> None:
    assert article(page(f'<link rel="canonical" href="{canonical}">')).canonical_url == url


@pytest.mark.parametrize(
    ("head", "by", "day"),
    [
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "2026-04-07"}</script>',
            "",
            7,
        ),
        ('<meta itemprop="datePublished" content="मंगलवार, 7 अप्रैल 2026">', "", 7),
        ("", "<time>७ अप्रैल 2026</time>", 7),
        ("", '<span class="publish-date">प्रकाशित: 7 अप्रैल 2026, 10:30 AM IST</span>', 7),
        ("", '<div class="byline">नमूना संवाददाता | मंगल, 07 अप्रैल 2026 06:12 PM</div>', 7),
        ("", '<time datetime="2026-04-06T23:00:00+05:30">कल</time>', 6),
        (
            "",
            '<p class="date">22 Nov 2026</p><p class="date">२३ नभेम्बर २०२६</p><p class="byline">संवाददाता, '
            "प्रकाशित: ०७ अप्रैल २०२६, अपडेटेड: ९ अप्रैल २०२६</p><time>1 जनवरी 2019</time>",
            7,
        ),
        ("", '<span class="date">आज</span>', None),
        ("", "", None),
    ],
)
def test_the_day_is_the_one_that_is_stated_or_written_in_hindi(head: str, by: str, day: int | None) -> None:
    story = f"<article><h1>शिवपुर में खुला नया पुल</h1>{by}<p>{TEXT}</p></article>"
    assert article(page(head, story)).published == (day and date(2026, 4, day))


@pytest.mark.parametrize(
    ("encoding", "head", "content_type"),
    [
        ("utf-8", '<meta charset="windows-1252">', "text/html; charset=iso-8859-1"),
        ("utf-8", "", None),
        ("utf-16", "", "text/html"),
        ("utf-16-le", "", "text/html; charset=utf-16-le"),
    ],
)
def test_the_text_is_read_whatever_its_label_says(encoding: str, head: str, content_type: str | None) -> None:
    assert article(page(head).encode(encoding), content_type).text == TEXT


HEADLINES = [
    "रामगढ़ के किसानों को गेहूं का बढ़ा दाम मिला",
    "देवपुर के बच्चों ने मेले में सौर चूल्हा बनाया",
    "सोनपुर में बारिश से तालाब भरे, नहर में पानी",
    "नंदगांव ने जिला कबड्डी प्रतियोगिता जीती",
    "मंडी में प्याज के दाम दो हफ्ते में आधे हुए",
    "गांव की सड़क तीन साल बाद बनकर हुई तैयार",
]
TEASERS = "".join(
    f"<div><h3><a href='/{n}'>{line}</a></h3><p>{line}। इस बारे में अधिकारियों ने बुधवार को जानकारी दी है।</p></div>"
    for n, line in enumerate(HEADLINES)
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (page(body=TEASERS, title="राज्य समाचार"), "list of stories"),
        (page('<script type="application/ld+json">{"@type": "CollectionPage"}</script>'), "list of stories"),
        (
            page(body="<form>पढ़ने के लिए लॉगिन करें<input type='password'></form><p>यह खबर सदस्यों के लिए है।</p>"),
            "log in",
        ),
        (
            page(title="404 - पेज नहीं मिला", body="<h1>पेज नहीं मिला</h1><p>आप जो खोज रहे हैं, वह यहां नहीं है।</p>"),
            "nothing",
        ),
        (
            page(title="Page not found", body="<p>क्षमा करें, यह पेज अब नहीं है। मुखपृष्ठ पर जाएं और वहां खोजें।</p>"),
            "nothing",
        ),
        (page(body=""), "no article|furniture|no running text"),
        (page(body="<p>वीडियो देखें</p>"), "no article|furniture|no running text"),
        ("<html></html>", "no article"),
        ("<!DOCTYPE html>", "broken"),
        ("", "no HTML page"),
        ("%PDF-1.7", "no HTML page"),
        ('<rss version="2.0"><channel/></rss>', "no HTML page"),
        (bytes(range(256)) * 9, "not text"),
    ],
)
def test_a_page_without_an_article_says_why(text: str | bytes, why: str) -> None:
    assert re.search(why, reason(text))


def test_a_list_of_stories_names_its_feed() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/rss/rajya.xml">'
    assert "its feed is https://www.samachar.example/rss/rajya.xml" in reason(page(head, TEASERS, "राज्य"))


def test_what_is_said_to_be_no_page_is_not_read() -> None:
    assert reason(page(), "application/pdf") == "it is application/pdf, not a page"


def test_an_article_may_have_a_login_form_a_list_of_stories_and_speak_of_errors() -> None:
    story = "".join(f"<p>{line}</p>" for line in TEXT.split("\n")) + f"<p>{TEXT}</p>"
    body = (
        "<form><input type='password'></form><article><h1>वेबसाइट पर 404 दिखा तो लोग परेशान हुए</h1>"
        f"{story}</article><aside>{TEASERS}</aside>"
    )
    head = '<meta property="og:type" content="article">'
    assert TEXT in article(page(head, body, "वेबसाइट पर 404 दिखा तो लोग परेशान हुए")).text
