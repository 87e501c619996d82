"""How often, and how many at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import format_datetime

import pytest
from clocks import START, ManualClock
from raw_server import PATIENCE_S, RawServer, page, reply

from knowledge.errors import Busy
from knowledge.sources.web.clock import Clock, SystemClock
from knowledge.sources.web.politeness import back_off_s

TEXT = page("रेलवे ने नई गाड़ी चलाई")


class Starts:
    """Notes when a request begins, by the clock."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.at_s: list[float] = []

    def __call__(self, _: object) -> bytes:
        self.at_s.append((self._clock.now() - START).total_seconds())
        return TEXT


def test_starts_keep_their_distance(make_fetcher, server, clock):
    server.pages["/"] = server.pages["/robots.txt"] = starts = Starts(clock)
    fetcher = make_fetcher(delay_s=3)

    for _ in range(3):
        fetcher.get(server.url())

    assert starts.at_s == [0, 3, 6, 9]  # the first is robots.txt


def test_time_that_passed_anyway_is_not_waited_for_again(make_fetcher, server, clock):
    server.pages["/"] = server.pages["/robots.txt"] = starts = Starts(clock)
    fetcher = make_fetcher(delay_s=3)

    fetcher.get(server.url())
    clock.advance(seconds=2)
    fetcher.get(server.url())
    clock.advance(hours=1)
    fetcher.get(server.url())

    assert starts.at_s == [0, 3, 6, 3606]


def test_a_clock_that_was_put_back_keeps_nobody_waiting(make_fetcher, server, clock):
    server.pages["/"] = TEXT
    fetcher = make_fetcher(delay_s=3)
    fetcher.get(server.url())

    clock.advance(days=-1)
    fetcher.get(server.url())

    assert set(clock.slept) == {3}


def test_the_next_run_keeps_its_distance_too(make_fetcher, server, clock):
    server.pages["/"] = server.pages["/robots.txt"] = starts = Starts(clock)

    make_fetcher(delay_s=3).get(server.url())
    clock.advance(seconds=1)
    make_fetcher(delay_s=3).get(server.url())

    assert starts.at_s == [0, 3, 6]


@pytest.mark.parametrize("days", [-400, 400])
def test_after_a_clock_was_put_right_the_next_run_waits_no_longer_than_the_delay(
    make_fetcher, server, clock, days
):
    server.pages["/"] = TEXT
    make_fetcher(delay_s=3).get(server.url())

    clock.advance(days=days)
    make_fetcher(delay_s=3).get(server.url())

    assert set(clock.slept) == {3}


def test_hosts_do_not_wait_for_each_other(make_fetcher, server, clock):
    server.pages["/"] = TEXT
    fetcher = make_fetcher(delay_s=3)
    with RawServer({"/": TEXT}) as other:
        fetcher.get(server.url())
        fetcher.get(other.url())

    assert clock.slept == [3, 3]  # between robots.txt and the page, at each


def test_no_delay_means_no_sleep(make_fetcher, server, clock):
    server.pages["/"] = TEXT

    make_fetcher(delay_s=0).get(server.url())

    assert clock.slept == []


class Crowd:
    """Answers when `size` requests are there at once, and notes the most that ever were."""

    def __init__(self, size: int) -> None:
        self._all = threading.Barrier(size)
        self._lock = threading.Lock()
        self._now = 0
        self.most = 0

    def __call__(self, _: object) -> bytes:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self._all.wait(PATIENCE_S)
        with self._lock:
            self._now -= 1
        return TEXT


@pytest.mark.parametrize("per_host", [1, 3])
def test_as_many_requests_run_at_a_host_as_may(make_fetcher, server, per_host):
    server.pages["/"] = crowd = Crowd(per_host)
    fetcher = make_fetcher(per_host=per_host, delay_s=0)

    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: fetcher.get(server.url()).url, range(6)))

    assert found == [server.url()] * 6
    assert crowd.most == per_host


def test_requests_of_many_threads_keep_their_distance_too(make_fetcher, server, clock):
    server.pages["/"] = starts = Starts(clock)
    fetcher = make_fetcher(delay_s=3)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: fetcher.get(server.url()), range(4)))

    assert starts.at_s == [3, 6, 9, 12]


def test_a_hanging_host_holds_up_no_other(make_fetcher, server):
    reached = threading.Event()

    def hang(asked):
        reached.set()
        return server.hang(asked)

    server.pages["/hang"] = hang
    fetcher = make_fetcher(delay_s=0)
    with RawServer({"/": TEXT}) as other, ThreadPoolExecutor(1) as threads:
        hanging = threads.submit(fetcher.get, server.url("/hang"))
        assert reached.wait(PATIENCE_S)

        assert fetcher.get(other.url()).url == other.url()
        assert not hanging.done()
        server.closing.set()
        assert hanging.exception(PATIENCE_S)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "wait_s"),
    [
        ("120", 120),
        (format_datetime(START + timedelta(seconds=301), usegmt=True), 300),  # a second goes by on the way
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
        ("9999999", 86_400),
        ("soon", 60),
        ("", 60),
        ("-5", 60),
    ],
)
def test_a_busy_host_says_for_how_long(fetcher, server, status, retry_after, wait_s):
    server.pages["/"] = reply(status, Retry_After=retry_after)

    with pytest.raises(
        Busy, match=f"answered {status}: its host is left alone for {wait_s} seconds"
    ) as raised:
        fetcher.get(server.url())
    assert raised.value.retry_after_s == wait_s


def test_a_busy_host_is_asked_nothing_until_then_not_even_by_the_next_run(make_fetcher, server, clock):
    server.pages |= {"/busy": reply(429, Retry_After="3600"), "/": TEXT}
    with pytest.raises(Busy):
        make_fetcher().get(server.url("/busy"))
    asked = len(server.asked)

    clock.advance(seconds=600)
    with pytest.raises(Busy, match="left alone for 3000 more seconds") as raised:
        make_fetcher().get(server.url())
    assert raised.value.retry_after_s == 3000
    assert len(server.asked) == asked

    clock.advance(seconds=3000)
    assert make_fetcher().get(server.url())


def test_a_short_while_is_waited_for(make_fetcher, server, clock):
    def thinks_for_long(_):
        clock.advance(seconds=2)
        return reply(429, Retry_After="4")

    server.pages |= {"/busy": thinks_for_long, "/": TEXT}
    with pytest.raises(Busy):
        make_fetcher(delay_s=5).get(server.url("/busy"))

    assert make_fetcher(delay_s=5).get(server.url())
    assert clock.slept == [5, 4]  # behind robots.txt, then as the host asked; the next run knows it, too


def test_a_while_that_ends_in_years_is_not_believed(fetcher, server, hosts, clock):
    """The clock was wrong when it was remembered, and has been put right since."""
    server.pages["/"] = TEXT
    hosts.remember_quiet(f"127.0.0.1:{server.port}", clock.now() + timedelta(days=400))

    assert fetcher.get(server.url())


def test_back_off_doubles_up_to_a_day():
    assert [back_off_s(900, failures) for failures in range(5)] == [900, 1800, 3600, 7200, 14_400]
    assert back_off_s(900, 7) == back_off_s(900, 10_000) == 86_400
    assert back_off_s(604_800, 3) == 604_800
    assert back_off_s(900, 3, most_s=3600) == 3600


def test_the_systems_clock_is_a_clock():
    clock: Clock = SystemClock()

    before = clock.now()
    clock.sleep(0)

    assert before.utcoffset() == timedelta(0)
    assert clock.now() >= before
