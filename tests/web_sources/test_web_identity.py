"""When two addresses are one article, and two sites one publisher."""

import pytest

from knowledge.sources.web.identity import address_name, article_id, names_of, same_site

STORY = "samachar.example/rajya/pul-101"


@pytest.mark.parametrize(
    "url",
    [
        "https://samachar.example/rajya/pul-101",
        "http://www.samachar.example/rajya/pul-101/",
        "HTTPS://Samachar.Example:443/rajya/pul-101?utm_source=x&fbclid=1#top",
        "https://m.samachar.example/rajya/pul-101",
        "https://amp.samachar.example/rajya/pul-101",
        "https://samachar.example/amp/rajya/pul-101",
        "https://samachar.example/rajya/pul-101/amp",
        "https://samachar.example/rajya/pul-101/amp.html",
        "https://samachar.example/rajya/pul-101.amp",
        "https://samachar.example/rajya/pul-101?amp=1",
    ],
)
def test_one_article_has_one_name(url: str) -> None:
    assert address_name(url) == STORY


@pytest.mark.parametrize(
    "url",
    [
        "https://samachar.example/rajya/pul-102",
        "https://samachar.example/rajya/pul-101?page=2",
        "https://samachar.example/rajya/pul-101.html",
        "https://samachar.example/camp/rajya/pul-101",
        "https://khel.samachar.example/rajya/pul-101",
        "https://samachar.example:8443/rajya/pul-101",
    ],
)
def test_other_articles_have_other_names(url: str) -> None:
    assert address_name(url) not in (None, STORY)


def test_names_are_the_address_then_the_guid_and_else_the_words() -> None:
    assert names_of(f"https://{STORY}", " 101 ", "पुल खुला।") == (f"address:{STORY}", "guid:101")
    assert names_of("mailto:x", "101", "पुल खुला।") == ("guid:101",)
    assert names_of(None, None, "पुल खुला।") == names_of(None, None, "पुल  खुला") != ()
    assert names_of(None, None, None) == ()


def test_an_id_is_short_and_always_the_same() -> None:
    assert article_id(f"address:{STORY}") == "yzq4efufm7vxyljo"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.samachar.example/a", "http://samachar.example:8080/b", True),
        ("https://samachar.example/a", "https://khel.samachar.example/b", True),
        ("https://hindi.samachar.co.in/a", "https://www.samachar.co.in/b", True),
        ("https://samachar.co.in/a", "https://akhbar.co.in/b", False),
        ("https://ek.github.io/a", "https://do.github.io/b", False),
        ("https://samachar.example/a", "https://xsamachar.example/a", False),
        ("http://127.0.0.1:1/a", "http://127.0.0.2:1/a", False),
        ("https://samachar.example/a", "/b", False),
        ("https://samachar.example/a", "https://[samachar.example/b", False),
    ],
)
def test_sites(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same_site(other, one) is same
