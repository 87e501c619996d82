"""What a robots.txt lets Khabar do, and what happens when it can't be had."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from raw_server import PATIENCE_S, moved, page, reply

from knowledge.errors import Busy, Forbidden, NotAllowed, Unreachable
from knowledge.sources.web.politeness import RobotsFile

TEXT = page("गेहूँ की खरीद शुरू")


def robots(text: str) -> bytes:
    return reply(200, text.encode(), Content_Type="text/plain")


@pytest.fixture(autouse=True)
def pages(server):
    server.pages |= {"/news": TEXT, "/private": TEXT}


def test_what_is_forbidden_is_not_fetched(fetcher, server):
    server.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /private\n")

    assert fetcher.get(server.url("/news"))
    with pytest.raises(Forbidden, match=r"/robots\.txt forbids \S+/private to Khabar: ask the publisher"):
        fetcher.get(server.url("/private"))
    assert server.paths() == ["/robots.txt", "/news"]


def test_a_group_for_khabar_goes_before_the_one_for_all(fetcher, server):
    server.pages["/robots.txt"] = robots(
        "User-agent: *\nDisallow: /\n\nUser-agent: khabar\nDisallow: /private"
    )

    assert fetcher.get(server.url("/news"))
    with pytest.raises(Forbidden):
        fetcher.get(server.url("/private"))


def test_it_is_fetched_once_a_day(fetcher, make_fetcher, server, clock):
    fetcher.get(server.url("/news"))
    clock.advance(hours=23)
    make_fetcher().get(server.url("/news"))  # the next run remembers
    assert server.paths().count("/robots.txt") == 1

    clock.advance(hours=2)
    fetcher.get(server.url("/news"))
    assert server.paths().count("/robots.txt") == 2


def test_it_is_fetched_anew_at_the_pace_that_it_wants(fetcher, server, clock):
    server.pages["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 30")
    fetcher.get(server.url("/news"))
    clock.advance(days=1, seconds=-40)  # ten seconds before a day is over
    fetcher.get(server.url("/news"))
    clock.slept.clear()
    clock.advance(seconds=15)
    fetcher.get(server.url("/news"))
    assert server.paths() == ["/robots.txt", "/news", "/news", "/robots.txt", "/news"]
    assert clock.slept == [15, 30]


def test_it_is_fetched_once_for_many_threads(make_fetcher, server):
    all_started = threading.Barrier(4)
    fetcher = make_fetcher(per_host=4)

    def fetch(_):
        all_started.wait(PATIENCE_S)
        return fetcher.get(server.url("/news")).url

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(fetch, range(4))) == [server.url("/news")] * 4
    assert server.paths().count("/robots.txt") == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_one_allows_all(fetcher, server, status):
    server.pages["/robots.txt"] = reply(status)

    assert fetcher.get(server.url("/private"))


def test_one_behind_redirects_counts(fetcher, server):
    server.pages |= {
        "/robots.txt": moved(301, "/r"),
        "/r": robots("User-agent: *\nDisallow: /private"),
    }

    with pytest.raises(Forbidden):
        fetcher.get(server.url("/private"))


def test_one_that_redirects_in_a_circle_counts_as_none(fetcher, server):
    server.pages["/robots.txt"] = moved(301, "/robots.txt")

    assert fetcher.get(server.url("/private"))


def test_one_that_redirects_inside_lets_nothing_be_fetched(fetcher, server, names):
    names["10.0.0.1"] = ["10.0.0.1"]
    server.pages["/robots.txt"] = moved(301, "http://10.0.0.1/")

    with pytest.raises(NotAllowed):
        fetcher.get(server.url("/news"))
    assert server.paths() == ["/robots.txt"]


def test_while_it_fails_nothing_is_fetched_and_it_is_tried_again_later(fetcher, server, clock):
    server.pages["/robots.txt"] = reply(500)

    with pytest.raises(Unreachable, match=r"/robots\.txt answered 500"):
        fetcher.get(server.url("/news"))
    with pytest.raises(
        Unreachable, match=r"/robots\.txt could not be fetched: nothing is fetched from there"
    ):
        fetcher.get(server.url("/news"))
    assert server.paths() == ["/robots.txt"]

    clock.advance(minutes=11)
    server.pages["/robots.txt"] = reply(404)
    assert fetcher.get(server.url("/news"))


def test_while_it_fails_the_old_one_holds(fetcher, server, clock):
    server.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /private")
    fetcher.get(server.url("/news"))
    clock.advance(days=2)
    server.pages["/robots.txt"] = reply(500)

    assert fetcher.get(server.url("/news"))
    with pytest.raises(Forbidden):
        fetcher.get(server.url("/private"))
    assert server.paths().count("/robots.txt") == 2


def test_a_host_that_is_too_busy_for_it_is_left_alone(fetcher, server):
    server.pages["/robots.txt"] = reply(429, Retry_After="90")

    for _ in range(2):
        with pytest.raises(Busy) as raised:
            fetcher.get(server.url("/news"))
        assert raised.value.retry_after_s == 90
    assert server.paths() == ["/robots.txt"]


def test_one_from_the_future_is_not_believed(fetcher, server, hosts, clock):
    """The clock was wrong when it was remembered, and has been put right since."""
    hosts.remember_robots(server.url(""), RobotsFile(None, clock.now() + timedelta(days=400)))

    assert fetcher.get(server.url("/news"))


@pytest.mark.parametrize(
    ("text", "delay_s"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7),
        ("User-agent: *\nCrawl-delay: 0.5", 2),
        ("User-agent: *\nCrawl-delay: 86400", 60),
        ("User-agent: *\nCrawl-delay: nan", 2),
        ("User-agent: *\nRequest-rate: 2/20", 10),
        ("User-agent: Googlebot\nCrawl-delay: 7", 2),
    ],
)
def test_the_delay_that_it_wants_is_kept(make_fetcher, server, clock, text, delay_s):
    server.pages["/robots.txt"] = robots(text)
    fetcher = make_fetcher(delay_s=2)

    fetcher.get(server.url("/news"))
    fetcher.get(server.url("/private"))

    assert clock.slept == [delay_s, delay_s]


def test_only_the_first_half_megabyte_is_read(fetcher, server):
    rules = "User-agent: *\nDisallow: /private\n"
    server.pages["/robots.txt"] = robots(rules + "#" * 500_000 + "\nDisallow: /news\n")

    assert fetcher.get(server.url("/news"))
    with pytest.raises(Forbidden):
        fetcher.get(server.url("/private"))


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", b"<!DOCTYPE html><p>404</p>", b"Disallow: /\n", b"\x00" * 99]
)
def test_nonsense_forbids_nothing(fetcher, server, body):
    server.pages["/robots.txt"] = reply(200, body)

    assert fetcher.get(server.url("/news"))


def test_a_byte_order_mark_hides_nothing(fetcher, server):
    server.pages["/robots.txt"] = reply(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /")

    with pytest.raises(Forbidden):
        fetcher.get(server.url("/news"))
