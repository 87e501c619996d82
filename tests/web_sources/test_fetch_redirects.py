"""Where redirects lead, and where they may not."""

import httpx
import pytest
from raw_server import RawServer, moved, page, reply

from knowledge.errors import Gone, NotAllowed, TooManyRedirects, Unreachable
from knowledge.sources.web.headers import Validators
from knowledge.sources.web.urls import redirected

TEXT = page("नहर में पानी छोड़ा गया")


@pytest.mark.parametrize(
    ("statuses", "is_permanent"),
    [
        ([301], True),
        ([308], True),
        ([301, 308, 301], True),
        ([302], False),
        ([303], False),
        ([307], False),
        ([301, 302], False),
        ([302, 301], False),
    ],
)
def test_only_a_way_of_permanent_redirects_is_remembered(fetcher, server, statuses, is_permanent):
    for step, status in enumerate(statuses):
        server.pages[f"/{step}"] = moved(status, f"/{step + 1}")
    server.pages[f"/{len(statuses)}"] = TEXT

    found = fetcher.get(server.url("/0"))

    assert found.url == server.url(f"/{len(statuses)}")
    assert found.moved_to == (found.url if is_permanent else None)


def test_a_page_that_did_not_move_says_so(fetcher, server):
    server.pages["/"] = TEXT

    assert fetcher.get(server.url()).moved_to is None


def test_validators_travel_along(fetcher, server):
    server.pages |= {"/old": moved(301, "/new"), "/new": reply(304)}

    found = fetcher.get(server.url("/old"), Validators('"1"'))

    assert found.moved_to == server.url("/new")
    assert server.asked[-1].headers["if-none-match"] == '"1"'


def test_a_location_in_hindi_and_relative_is_understood(fetcher, server):
    there = "/%E0%A4%AC%E0%A4%BE%E0%A4%A2%E0%A4%BC%20%E0%A4%B8%E0%A5%87?%E0%A4%AA%E0%A5%83=1"
    server.pages |= {"/desh/old": moved(301, "../बाढ़ से?पृ=1#ऊपर"), there: TEXT}

    assert fetcher.get(server.url("/desh/old")).url == server.url(there)


def test_ten_redirects_are_followed_and_no_more(fetcher, server):
    server.pages = {f"/{step}": moved(302, f"/{step + 1}") for step in range(11)} | {"/11": TEXT}

    assert fetcher.get(server.url("/1")).url == server.url("/11")
    with pytest.raises(TooManyRedirects, match=r"/0 redirects more than 10 times"):
        fetcher.get(server.url("/0"))


@pytest.mark.parametrize("circle", [{"/a": "/a"}, {"/a": "/b", "/b": "/a"}])
def test_a_circle_is_told(fetcher, server, circle):
    server.pages = {path: moved(301, to) for path, to in circle.items()}

    with pytest.raises(TooManyRedirects, match="/a redirects in a circle"):
        fetcher.get(server.url("/a"))
    assert sorted(server.paths()) == sorted([*circle, "/robots.txt"])


def test_a_redirect_to_what_is_gone_is_gone(fetcher, server):
    server.pages = {"/a": moved(301, "/b"), "/b": reply(410)}

    with pytest.raises(Gone, match="/b answered 410"):
        fetcher.get(server.url("/a"))


def test_a_redirect_to_nowhere_is_told(fetcher, server):
    server.pages["/a"] = reply(302)

    with pytest.raises(Unreachable, match="/a redirects, but doesn't say where to"):
        fetcher.get(server.url("/a"))


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254, which isn't a public address"),
        ("http://localhost/", "localhost is at 127.0.0.1"),
        ("http://intern.example/", "intern.example is at 10.0.0.7"),
        ("http://half.example/", "half.example is at ::1"),
        ("//intern.example/", "intern.example is at 10.0.0.7"),
        ("http://0x7f.1/", "0x7f.1 is at 127.0.0.1"),
        ("http://[::ffff:127.0.0.1]/", "which isn't a public address"),
        ("http://[64:ff9b::a9fe:a9fe]/", "which isn't a public address"),
        ("file:///etc/passwd", "no address of the web"),
        ("gopher://127.0.0.1:70/", "no address of the web"),
        ("http://desk:geheim@samachar.example/", "a name or a password"),
        ("http://[half", "no address"),
    ],
)
@pytest.mark.parametrize("status", [301, 302])
def test_no_redirect_leads_inside(fetcher, server, names, status, location, said):
    names |= {
        "169.254.169.254": ["169.254.169.254"],
        "localhost": ["127.0.0.1"],
        "0x7f.1": ["127.0.0.1"],
        "intern.example": ["10.0.0.7"],
        "half.example": ["93.184.216.34", "::1"],
        "::ffff:127.0.0.1": ["::ffff:127.0.0.1"],
        "64:ff9b::a9fe:a9fe": ["64:ff9b::a9fe:a9fe"],
        "::ffff:7f00:1": ["::ffff:127.0.0.1"],
    }
    server.pages["/a"] = moved(status, location)

    with pytest.raises(NotAllowed) as raised:
        fetcher.get(server.url("/a"))
    assert str(raised.value).startswith(server.url("/a: "))
    assert said in str(raised.value)
    assert "geheim" not in str(raised.value)


def test_a_redirect_to_a_name_that_nobody_can_spell_costs_that_page_alone(fetcher, server):
    server.pages["/a"] = moved(301, "http://xn--a/")

    with pytest.raises(Unreachable, match="the name xn--a can't be resolved"):
        fetcher.get(server.url("/a"))


def test_a_redirect_to_another_host_asks_that_hosts_robots(fetcher, server):
    with RawServer({"/robots.txt": reply(200, b"User-agent: *\nDisallow: /b")}) as other:
        server.pages["/a"] = moved(302, other.url("/b"))

        with pytest.raises(Exception, match=rf"{other.url('/robots.txt')} forbids"):
            fetcher.get(server.url("/a"))
        assert other.paths() == ["/robots.txt"]


def test_from_https_it_never_leads_to_http():
    start = httpx.URL("https://samachar.example/old")

    assert str(redirected(start, b"http://samachar.example/new")) == "https://samachar.example/new"
    assert str(redirected(start, b"/new")) == "https://samachar.example/new"
    assert str(redirected(start.copy_with(scheme="http"), b"/new")) == "http://samachar.example/new"
