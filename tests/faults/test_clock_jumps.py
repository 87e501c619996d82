"""A clock that was wrong by a year: nothing waits for a year, and nothing is fetched in a flood."""

from datetime import timedelta

import pytest
from newspaper import CONTINUES, story_page
from publisher.two_papers import NEWS, QUESTIONS, Following
from raw_server import reply

from knowledge.library import Library

YEAR = timedelta(days=365)
CHECK = {"minutes": 15}


def asked(following: Following) -> int:
    """How much both papers were asked for since this was asked last."""
    servers = (following.steady.server, following.shaky.server)
    count = sum(len(server.asked) for server in servers)
    for server in servers:
        server.asked.clear()
    return count


def correct(following: Following, path: str, words: str) -> None:
    title, text = NEWS[path]
    following.steady.publish(path, story_page(title, f"{text} {words} {CONTINUES}"))


def text_served(following: Following, path: str) -> str:
    answer = Library.open(following.data_dir).ask(QUESTIONS[path])
    assert answer.hits[0].passage.article.url == following.steady.url(path)
    return answer.hits[0].passage.article.text


@pytest.mark.parametrize("jump", [YEAR, -YEAR], ids=["forth", "back"])
def test_a_jump_and_the_way_back_leave_nothing_waiting(following: Following, jump: timedelta) -> None:
    following.clock.advance(**CHECK)
    following.reload()
    for way, path in ((jump, "/shatranj"), (-jump, "/kila")):
        following.clock.advance(seconds=way.total_seconds())
        following.steady.bring_out(path)
        asked(following)
        following.reload()
        assert asked(following) <= 2 * (2 + len(NEWS))  # at most robots.txt, the feed, and each page once
        assert text_served(following, path)
        for paper in (following.steady, following.shaky):
            state = following.state(paper)
            assert state.next_check_at is not None
            assert timedelta(0) < state.next_check_at - following.clock.now() <= timedelta(days=1)
        following.clock.advance(**CHECK)
        following.reload()
        assert asked(following) <= 2 * 2
        correct(following, path, "यह खबर सुधारी गई है।")
        for _ in range(3):
            following.clock.advance(days=1, minutes=1)
            following.reload()
        assert "यह खबर सुधारी गई है।" in text_served(following, path)


def test_what_was_read_while_the_clock_was_ahead_is_looked_at_again_when_it_is_right(
    following: Following,
) -> None:
    following.clock.advance(seconds=YEAR.total_seconds())
    following.steady.bring_out("/shatranj")
    following.reload()
    following.clock.advance(seconds=-YEAR.total_seconds())
    correct(following, "/shatranj", "यह खबर सुधारी गई है।")
    following.reload()
    assert "यह खबर सुधारी गई है।" in text_served(following, "/shatranj")


@pytest.mark.parametrize("jump", [YEAR, -YEAR], ids=["forth", "back"])
def test_a_host_that_asked_for_time_while_the_clock_was_wrong_is_asked_again(
    following: Following, jump: timedelta
) -> None:
    feed = following.shaky.server.pages["/feed.xml"]
    following.clock.advance(seconds=jump.total_seconds())
    following.shaky.server.pages["/feed.xml"] = reply(429, Retry_After="86400")
    assert len(following.reload().failed) == 1
    following.clock.advance(seconds=-jump.total_seconds())
    following.shaky.server.pages["/feed.xml"] = feed
    following.clock.advance(days=1, minutes=1)
    following.shaky.bring_out("/kila")
    assert following.reload().failed == ()
    answer = Library.open(following.data_dir).ask(QUESTIONS["/kila"])
    assert answer.hits[0].passage.article.url == following.shaky.url("/kila")
