from urllib.parse import unquote, urlsplit

import pytest

from bot.messages.link import LONGEST_URL, is_web_address, to_passage

PAGE = "https://news.example.com/khabar"


def test_a_short_sentence_is_named_whole():
    assert unquote(to_passage(PAGE, "यान चाँद पर उतरा।")) == f"{PAGE}#:~:text=यान चाँद पर उतरा।"


def test_a_long_sentence_is_named_by_its_ends():
    link = to_passage(PAGE, "एक दो तीन चार पाँच छह सात आठ नौ दस।")
    assert unquote(link) == f"{PAGE}#:~:text=एक दो तीन चार,सात आठ नौ दस।"


def test_what_the_fragment_means_itself_is_encoded():
    assert to_passage(PAGE, "a-b, c & d") == f"{PAGE}#:~:text=a%2Db%2C%20c%20%26%20d"


@pytest.mark.parametrize("fragment", ["#part", "#part:~:text=old", "#"])
def test_a_fragment_stays_and_an_older_directive_goes(fragment):
    assert to_passage(PAGE + fragment, "राम").startswith(PAGE + fragment.partition(":~:")[0] + ":~:text=%")


def test_a_link_is_never_too_long():
    assert to_passage(PAGE, "अ" * 1000) == PAGE
    assert len(to_passage(PAGE + "/" * 1500, "एक दो तीन")) <= LONGEST_URL


def test_the_page_stays_the_same():
    link = urlsplit(to_passage(PAGE + "?id=7&lang=hi", "राम"))
    assert (link.path, link.query) == ("/khabar", "id=7&lang=hi")


@pytest.mark.parametrize("url", [PAGE, "http://प्रभात.भारत/ख़बर", "https://10.0.0.1:8080/x", "HTTPS://a.in"])
def test_web_addresses(url):
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "ftp://a.in/x", "https://localhost/x", "https:///x", "a.in",
        "https://a.in/x y", "https://a.in/\u202ex", "https://a.in:99999/", "https://[a.in/",
        f"{PAGE}/{'x' * 2048}",
    ],
)  # fmt: skip
def test_no_web_addresses(url):
    assert not is_web_address(url)
