"""What comes back from a server, and what is told when nothing useful does."""

import gzip
import itertools
import tracemalloc
import zlib
from importlib.metadata import version

import pytest
from ports import kept_port
from raw_server import packed, page, reply

from knowledge.errors import FetchError, Forbidden, Gone, NotAllowed, TooLarge, Unreachable
from knowledge.sources.web.fetcher import Fetched, NotModified
from knowledge.sources.web.headers import Validators

TEXT = "मानसून केरल पहुँचा"
BODY = f"<p>{TEXT}</p>".encode()
ETAG = 'W/"अ"'.encode().decode("latin-1")


def test_a_page_comes_with_all_that_its_headers_say(fetcher, server):
    date = "Sat, 01 Mar 2025 05:00:00 GMT"
    server.pages["/%E0%A4%B8"] = page(
        TEXT, ETag=ETAG, Last_Modified=date, Cache_Control="public, max-age=600", Age="60"
    )

    assert fetcher.get(server.url("/स#टिप्पणी")) == Fetched(
        url=server.url("/%E0%A4%B8"),
        moved_to=None,
        body=BODY,
        content_type="text/html",
        validators=Validators(ETAG, date),
        fresh_for_s=540.0,
    )


def test_a_request_says_who_asks_and_where_the_operator_is(make_fetcher, server):
    server.pages["/"] = page(TEXT)

    make_fetcher(contact="https://samachar.example/बॉट").get(server.url())

    headers = server.asked[-1].headers
    contact = "https://samachar.example/%E0%A4%AC%E0%A5%89%E0%A4%9F"
    assert headers["user-agent"] == f"Khabar/{version('khabar')} (+{contact})"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert not headers.keys() & {"if-none-match", "if-modified-since", "cookie"}


def test_cookies_are_not_kept(fetcher, server):
    server.pages["/"] = page(TEXT, Set_Cookie="who=reader; Path=/")

    fetcher.get(server.url())
    fetcher.get(server.url())

    assert "cookie" not in server.asked[-1].headers


def test_validators_go_back_letter_by_letter(fetcher, server):
    server.pages["/feed"] = reply(304)
    old = Validators(ETAG, "yesterday, more or less")

    found = fetcher.get(server.url("/feed"), old)

    assert found == NotModified(server.url("/feed"), None, old, 0.0)
    assert server.asked[-1].headers["if-none-match"] == ETAG
    assert server.asked[-1].headers["if-modified-since"] == "yesterday, more or less"


def test_not_modified_may_bring_a_new_validator(fetcher, server):
    server.pages["/feed"] = reply(304, ETag='"2"')

    found = fetcher.get(server.url("/feed"), Validators('"1"', "yesterday"))

    assert found.validators == Validators('"2"', "yesterday")


def test_not_modified_that_nobody_asked_for_is_told(fetcher, server):
    server.pages["/feed"] = reply(304)

    with pytest.raises(FetchError, match=r"/feed answered 304 .*no version of it was named"):
        fetcher.get(server.url("/feed"))


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (401, Forbidden, "the publisher doesn't let"),
        (403, Forbidden, "the publisher doesn't let"),
        (404, Gone, "nothing is there"),
        (410, Gone, "nothing is there"),
        (451, Forbidden, "the publisher doesn't let"),
        (500, Unreachable, "tried again later"),
        (502, Unreachable, "tried again later"),
        (418, FetchError, "open it in a browser"),
        (204, FetchError, "open it in a browser"),
        (206, FetchError, "open it in a browser"),
    ],
)
def test_another_status_is_an_error_of_its_kind(fetcher, server, status, kind, said):
    server.pages["/story"] = reply(status)

    with pytest.raises(FetchError, match=rf"/story answered {status}.*{said}") as raised:
        fetcher.get(server.url("/story"))
    assert type(raised.value) is kind


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(BODY, mtime=0)),
        ("X-GZIP", gzip.compress(BODY[:7], mtime=0) + gzip.compress(BODY[7:], mtime=0) + b"\0" * 8),
        ("deflate", zlib.compress(BODY)),
        ("deflate", bare_deflate(BODY)),
        ("identity", BODY),
    ],
)
def test_a_body_is_unpacked_however_small_its_pieces(fetcher, server, encoding, body):
    whole = reply(200, body, Content_Encoding=encoding)
    server.pages["/"] = lambda _: (whole[start : start + 1] for start in range(len(whole)))

    assert fetcher.get(server.url()).body == BODY


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (reply(200, BODY[:9], Content_Length=str(len(BODY))), "without sending complete message body"),
        (reply(200, gzip.compress(BODY, mtime=0)[:-9], Content_Encoding="gzip"), "ends too early"),
        (reply(200, BODY, Content_Encoding="gzip"), "can't be unpacked"),
        (reply(200, BODY, Content_Encoding="br"), "packed as 'br', which wasn't asked for"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "disconnected|without sending"),
        (b"", "disconnected"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "illegal"),
        (itertools.chain([b"HTTP/1.1 200 OK\r\n"], itertools.repeat(b"X: y\r\n" * 1000)), "too (long|large)"),
    ],
)
def test_a_broken_answer_is_told_as_that(fetcher, server, answer, said):
    server.pages["/feed"] = answer

    with pytest.raises(Unreachable, match=rf"/feed gave no whole answer: .*({said}).*tried again"):
        fetcher.get(server.url("/feed"))


def test_a_refused_connection_is_told(fetcher):
    with kept_port() as port, pytest.raises(Unreachable, match="refused"):
        fetcher.get(f"http://127.0.0.1:{port}/")


def test_a_name_that_does_not_exist_is_told(fetcher):
    with pytest.raises(Unreachable, match=r"the name samachar\.example can't be resolved"):
        fetcher.get("http://samachar.example/")


def test_a_server_that_never_answers_is_left(make_fetcher, server):
    server.pages["/"] = server.hang

    with pytest.raises(Unreachable, match=r"wasn't done in 0\.2 seconds \(fetching\.timeout_s\)"):
        make_fetcher(timeout_s=0.2).get(server.url())


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["head", "body"]
)
def test_a_server_that_dribbles_is_left(fetcher, server, clock, start):
    def dribble(_):
        yield start
        while True:
            clock.advance(seconds=1)
            yield b"."

    server.pages["/"] = dribble

    with pytest.raises(Unreachable, match="wasn't done in 20 seconds"):
        fetcher.get(server.url())


def test_a_clock_that_is_put_back_during_a_request_does_no_harm(fetcher, server, clock):
    def put_back(_):
        clock.advance(days=-400)
        return page(TEXT)

    server.pages["/"] = put_back

    assert fetcher.get(server.url()).body == BODY


def test_a_clock_that_is_put_back_gives_no_more_time(make_fetcher, server, clock):
    def put_back(asked):
        clock.advance(days=-1)
        return server.hang(asked)

    server.pages["/"] = put_back

    with pytest.raises(Unreachable, match=r"wasn't done in 0\.2 seconds"):
        make_fetcher(timeout_s=0.2).get(server.url())


def test_a_body_of_just_the_allowed_size_is_taken(make_fetcher, server):
    server.pages["/"] = packed(b"k" * 50_000)

    assert len(make_fetcher(max_bytes=50_000).get(server.url()).body) == 50_000


@pytest.mark.parametrize("pack", [lambda body: reply(200, body), packed], ids=["plain", "packed"])
def test_a_body_of_one_byte_more_is_not(make_fetcher, server, pack):
    server.pages["/archive"] = pack(b"k" * 50_001)

    with pytest.raises(TooLarge, match=r"/archive is larger than 0\.05 MB: raise fetching\.max_mb"):
        make_fetcher(max_bytes=50_000).get(server.url("/archive"))


def test_a_body_without_end_is_left(make_fetcher, server):
    server.pages["/"] = itertools.chain([b"HTTP/1.1 200 OK\r\n\r\n"], itertools.repeat(b"k" * 10_000))

    with pytest.raises(TooLarge):
        make_fetcher(max_bytes=100_000).get(server.url())


def test_a_bomb_does_not_go_off(make_fetcher, server):
    bomb = gzip.compress(b"\0" * 50_000_000)
    server.pages["/"] = reply(200, bomb, Content_Encoding="gzip")
    fetcher = make_fetcher(max_bytes=1_000_000)

    tracemalloc.start()
    with pytest.raises(TooLarge):
        fetcher.get(server.url())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 10_000_000


def test_packing_that_yields_nothing_without_end_is_left_too(make_fetcher, server):
    nothing = gzip.compress(b"") * 100
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    server.pages["/"] = itertools.chain([head], itertools.repeat(nothing))

    with pytest.raises(TooLarge):
        make_fetcher(max_bytes=100_000).get(server.url())


@pytest.mark.parametrize(
    "url",
    [
        "ftp://samachar.example/feed",
        "file:///etc/passwd",
        "/feed.xml",
        "http://",
        "http://[::1/",
        "http://samachar.example:0/",
        "http://samachar.example:99999/",
        "http://desk:geheim@samachar.example/",
        "http://samachar.example/\x00",
        "",
    ],
)
def test_only_addresses_of_the_web_without_a_password_are_gone_to(fetcher, url):
    with pytest.raises(NotAllowed) as raised:
        fetcher.get(url)
    assert "geheim" not in str(raised.value)
