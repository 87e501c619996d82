"""A publisher's trouble costs its own news alone: the others' are served, and the report names it."""

import gzip
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

import pytest
from clocks import START
from newspaper import item, rss, story_page
from publisher.two_papers import NEWS, QUESTIONS, SHAKY, Following, Paper
from raw_server import PATIENCE_S, Asked, RawServer, moved, page, reply

from knowledge.library import Library

METADATA = "http://169.254.169.254/latest/meta-data/"
HUGE_BYTES = 2 * 2**30
MEGABYTE = bytes(2**20)
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "हा हा"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><title>&c;</title></channel></rss>'
)
BOMB = gzip.compress(bytes(200_000_000), 1)


def endless(sent: list[int]) -> Callable[[Asked], Iterable[bytes]]:
    """2 GB, sent as they are taken."""

    def answer(_: Asked) -> Iterator[bytes]:
        yield f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {HUGE_BYTES}\r\n\r\n".encode()
        for number in range(HUGE_BYTES // len(MEGABYTE)):
            sent.append(number)
            yield MEGABYTE

    return answer


def no_name(following: Following, server: RawServer) -> None:
    del following.names[SHAKY]


def refused(following: Following, server: RawServer) -> None:
    following.names[SHAKY] = ["127.0.0.2"]  # nobody listens there


def answers(answer: object) -> Callable[[Following, RawServer], None]:
    def fault(following: Following, server: RawServer) -> None:
        server.pages["/feed.xml"] = answer  # type: ignore[assignment]

    return fault


def hanging(following: Following, server: RawServer) -> None:
    server.pages["/feed.xml"] = server.hang
    following.shaky_timeout_s = 1.0


def leads_inside(following: Following, server: RawServer) -> None:
    following.names["andar.example"] = ["169.254.169.254"]
    server.pages["/feed.xml"] = moved(302, "http://andar.example/feed.xml")


FAULTS = {
    "no name": (no_name, "the name dagmag.example can't be resolved: .* it is tried again later"),
    "refused": (refused, "gave no whole answer: .*refused; it is tried again later"),
    "hanging": (hanging, r"wasn't done in 1 seconds \(fetching.timeout_s\); it is tried again later"),
    "301 loop": (answers(moved(301, "/feed.xml")), "redirects in a circle, at last .*: correct its address"),
    "403": (answers(reply(403)), "answered 403: the publisher doesn't let Khabar have it; ask there, or"),
    "410": (answers(reply(410)), "answered 410: nothing is there; correct the address"),
    "429": (answers(reply(429, Retry_After="7200")), "answered 429: its host is left alone for 7200 seconds"),
    "500": (answers(reply(500)), "answered 500, an error of the server; it is tried again later"),
    "empty": (answers(reply(200)), "empty, where a feed should be; what was read from it stays"),
    "HTML": (answers(page("साइट पर काम चल रहा है")), "an HTML page, not a feed; .* open it in a browser"),
    "billion laughs": (answers(reply(200, LAUGHS.encode())), "refused, since its XML declares entities"),
    "2 GB": (answers(endless([])), "is larger than 10 MB: raise fetching.max_mb if it is meant"),
    "gzip bomb": (answers(reply(200, BOMB, Content_Encoding="gzip")), "is larger than 10 MB"),
    "no text": (answers(reply(200, bytes(range(256)) * 9)), "feed.xml: .*"),
    "metadata": (answers(moved(302, METADATA)), "169.254.169.254, which isn't a public address"),
    "localhost": (answers(moved(302, "http://localhost/feed.xml")), "localhost is at 127.0.0.1, which isn't"),
    "name of metadata": (leads_inside, "andar.example is at 169.254.169.254, which isn't a public address"),
}


def assert_answered(library: Library, paper: Paper, path: str) -> None:
    answer = library.ask(QUESTIONS[path])
    assert answer.answered
    assert answer.hits[0].passage.article.url == paper.url(path)


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fails_and_the_other_is_read_and_served(following: Following, fault: str) -> None:
    break_it, reason = FAULTS[fault]
    following.names["localhost"] = ["127.0.0.1"]
    library = Library.open(following.data_dir)
    feed, names = following.shaky.server.pages["/feed.xml"], dict(following.names)
    break_it(following, following.shaky.server)
    following.steady.bring_out("/shatranj")
    following.clock.advance(minutes=15)
    report = following.reload()

    [failed] = report.failed
    assert failed.name == following.shaky.url("/feed.xml")
    assert failed.name in failed.reason
    assert re.search(reason, failed.reason)
    assert (report.added, report.removed, report.unchanged) == (1, 0, 2)
    assert library.refresh()
    for paper, path in (
        (following.steady, "/pul"),
        (following.steady, "/shatranj"),
        (following.shaky, "/aam"),
    ):
        assert_answered(library, paper, path)
    state = following.state(following.shaky)
    assert (state.failures, state.succeeded_at) == (1, START)
    assert state.error
    assert failed.reason.endswith(state.error)
    assert state.next_check_at is not None
    assert timedelta(minutes=15) < state.next_check_at - following.clock.now() <= timedelta(hours=2)

    following.names.update(names)
    following.shaky_timeout_s = PATIENCE_S
    following.shaky.server.pages["/feed.xml"] = feed
    following.shaky.bring_out("/kila")
    following.clock.advance(hours=2)
    assert following.reload().failed == ()
    assert library.refresh()
    assert_answered(library, following.shaky, "/kila")
    assert (following.state(following.shaky).failures, following.state(following.shaky).error) == (0, None)


def test_who_answers_late_keeps_no_other_waiting(following: Following) -> None:
    late, quick = following.steady.server.pages, following.shaky.server.pages
    feeds, quick_was_read = (late["/feed.xml"], quick["/aam"]), threading.Event()
    late["/feed.xml"] = lambda asked: feeds[0](asked) if quick_was_read.wait(PATIENCE_S) else b""

    def page_of_quick(asked: Asked) -> object:
        quick_was_read.set()
        return feeds[1](asked)

    quick["/aam"] = page_of_quick
    following.clock.advance(days=1)
    report = following.reload()
    assert (report.failed, report.unchanged) == ((), 2)


def test_a_feed_cut_in_half_gives_what_is_whole_in_it(following: Following) -> None:
    shaky = following.shaky
    for path in ("/shatranj", "/kila"):
        shaky.bring_out(path)
    whole = rss(item(shaky.url(path), NEWS[path][0]) for path in shaky.out).encode()
    shaky.server.pages["/feed.xml"] = reply(200, whole[: whole.index("शतरंज".encode())])
    following.clock.advance(minutes=15)
    report = following.reload()
    assert (report.failed, report.added, report.removed) == ((), 1, 0)
    assert [skipped.reason for skipped in report.skipped] == [
        "it breaks off; what is whole in it was taken, and the rest follows"
    ]
    library = Library.open(following.data_dir)
    assert_answered(library, shaky, "/kila")
    shaky.list_all()
    following.clock.advance(minutes=15)
    following.reload()
    assert library.refresh()
    assert_answered(library, shaky, "/shatranj")


def test_hostile_pages_are_named_and_the_others_are_served(following: Following) -> None:
    shaky, sent = following.shaky, list[int]()
    following.names |= {"localhost": ["127.0.0.1"], "andar.example": ["169.254.169.254"]}
    title, text = NEWS["/kila"]
    hostile = {
        "/403": (reply(403), "answered 403"),
        "/loop": (moved(301, "/loop"), "redirects in a circle"),
        "/login": (reply(200, b"<html><form><input type=password></form>"), "it asks to log in"),
        "/empty": (reply(200), "it is no HTML page"),
        "/huge": (endless(sent), "is larger than 10 MB"),
        "/bomb": (reply(200, BOMB, Content_Encoding="gzip", Content_Type="text/html"), "larger than 10 MB"),
        "/babble": (reply(200, bytes(range(256)) * 9, Content_Type="text/html"), "it is not text"),
        "/metadata": (moved(302, METADATA), "169.254.169.254, which isn't a public address"),
        "/localhost": (moved(302, "http://localhost/"), "localhost is at 127.0.0.1"),
        "/inside": (moved(302, "http://andar.example/"), "andar.example is at 169.254.169.254"),
        "/500": (reply(500), "answered 500"),
    }
    shaky.server.pages |= {path: answer for path, (answer, _) in hostile.items()}
    shaky.server.pages["/kila"] = reply(
        200, story_page(title, text * 2).encode(), Content_Type="text/html; charset=iso-8859-1"
    )
    shaky.out = [*hostile, "/kila", *shaky.out]
    shaky.list_all()
    following.clock.advance(minutes=15)
    report = following.reload()
    assert (report.failed, report.added, report.removed) == ((), 1, 0)
    reasons = {skipped.name: skipped.reason for skipped in report.skipped}
    assert reasons.keys() == {shaky.url(path) for path in hostile}
    for path, (_, words) in hostile.items():
        assert words in reasons[shaky.url(path)]
    assert 10 <= len(sent) < 100
    library = Library.open(following.data_dir)
    for path in ("/kila", "/aam"):
        assert_answered(library, shaky, path)
