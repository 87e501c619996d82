"""The same article is recognised by its address and by its words; different ones stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sources.identity import canonical_url, text_digest


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/खबर/मानसून",
        "HTTPS://Example.COM/खबर/मानसून",
        "https://example.com:443/खबर/मानसून/",
        "  https://example.com/खबर/मानसून#comments ",
        "https://example.com/%E0%A4%96%E0%A4%AC%E0%A4%B0/मानसून?utm_source=x&utm_medium=y",
        "https://example.com/%e0%a4%96%e0%a4%ac%e0%a4%b0/मानसून?fbclid=abc&amp=1",
    ],
)
def test_spellings_of_one_address_are_one(url: str) -> None:
    path = "%E0%A4%96%E0%A4%AC%E0%A4%B0/%E0%A4%AE%E0%A4%BE%E0%A4%A8%E0%A4%B8%E0%A5%82%E0%A4%A8"
    assert canonical_url(url) == f"https://example.com/{path}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/b"),
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/story?id=1", "https://example.com/story?id=2"),
        ("https://example.com/story?12345", "https://example.com/story?12346"),
        ("https://example.com/story?cid=1", "https://example.com/story?cid=2"),
        ("https://example.com/?q=%ff", "https://example.com/?q=%fe"),
        ("https://example.com/a", "https://example.com:8443/a"),
        ("https://example.com/a", "https://hindi.example.com/a"),
    ],
)
def test_different_articles_keep_different_addresses(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_the_order_of_parameters_does_not_count() -> None:
    assert canonical_url("https://example.com/s?b=2&a=1") == canonical_url("https://example.com/s?a=1&b=2")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/a",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "http:///a",
        "http://[::1/",
        "http://a:99999/",
    ],
)
def test_what_is_no_web_address_has_no_canonical_form(url: str) -> None:
    assert canonical_url(url) is None


@given(st.text())
def test_any_text_is_taken_without_an_error(text: str) -> None:
    once = canonical_url("https://example.com/" + text)
    assert once is None or canonical_url(once) == once
    assert len(text_digest(text)) == 32


def test_layout_does_not_change_the_digest() -> None:
    plain = "मौसम विभाग ने कहा, कल बारिश होगी। ISRO तैयार है"
    assert text_digest("मौसम विभाग\nने कहा — “कल  बारिश होगी”। isro तैयार है!") == text_digest(plain)


def test_both_ways_to_write_a_nukta_are_the_same_word() -> None:
    assert text_digest("सड\u093cक") == text_digest("स\u095cक")


def test_a_changed_word_changes_the_digest() -> None:
    assert text_digest("बारिश में 12 लोग फँसे") != text_digest("बारिश में 13 लोग फँसे")
    assert text_digest("कल") != text_digest("काल")
