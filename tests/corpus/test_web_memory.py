"""What is remembered of the web outlasts the program, in the store's file."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from knowledge.corpus.host_memory import SqliteHostMemory
from knowledge.corpus.schema import database, transaction
from knowledge.corpus.web_memory import SqliteWebMemory
from knowledge.sources.web.headers import Validators
from knowledge.sources.web.memory import ListingState, PageState, SourceState
from knowledge.sources.web.politeness import RobotsFile

NOW = datetime(2026, 4, 7, 6, 0, tzinfo=UTC)
FEED = "https://samachar.example/feed.xml"
VALIDATORS = Validators('W/"é-1"', "Tue, 07 Apr 2026 06:00:00 GMT")


def page(key: str, **fields) -> PageState:
    known = PageState(key, (key,), f"https://{key}", "क", "पुल", None, date(2026, 4, 7), NOW, NOW)
    return replace(known, **fields)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def test_everything_comes_back_as_it_was(store: Path) -> None:
    source = SourceState("feed", "नमूना", 60.0, FEED, NOW, None, NOW + timedelta(minutes=15), 3, "500")
    listing = ListingState(
        FEED, NOW, "2026-04", date(2026, 4, 1), 1, VALIDATORS, "f00", "2026-03", NOW, NOW, 2
    )
    whole = PageState(
        *(
            "address:a",
            ("address:a", "guid:१"),
            None,
            "क",
            "पुल",
            date(2026, 4, 6),
            date(2026, 4, 7),
            NOW,
            NOW,
        ),
        *("id", "f00", True, VALIDATORS, NOW, 2),
    )
    with database(store) as connection:
        memory = SqliteWebMemory(connection)
        memory.remember_source(FEED, source)
        memory.remember_listings(FEED, [listing, ListingState("https://samachar.example/2", NOW)])
        memory.remember_pages(FEED, [whole, page("b")])
        hosts = SqliteHostMemory(connection)
        hosts.remember_robots("https://samachar.example", RobotsFile(b"User-agent: *", NOW))
        hosts.remember_robots("https://other.example", RobotsFile(None, NOW))
        hosts.remember_quiet("samachar.example", NOW)
        hosts.remember_start("samachar.example", NOW)
    with database(store) as connection:
        memory = SqliteWebMemory(connection)
        assert memory.source(FEED) == source
        assert memory.listings(FEED) == [listing, ListingState("https://samachar.example/2", NOW)]
        assert memory.page(FEED, ["guid:x", "guid:१"]) == whole
        assert memory.page(FEED, ["b"]) == page("b")
        hosts = SqliteHostMemory(connection)
        assert hosts.robots("https://samachar.example") == RobotsFile(b"User-agent: *", NOW)
        assert hosts.robots("https://other.example") == RobotsFile(None, NOW)
        assert hosts.quiet_until("samachar.example") == NOW
        assert hosts.last_start("samachar.example") == NOW
        assert memory.source("other") == SourceState()
        assert memory.page("other", ["b"]) is None
        assert hosts.robots("https://new.example") is None
        assert hosts.quiet_until("new.example") is None
        assert hosts.last_start("new.example") is None


def test_what_is_remembered_again_replaces_what_was_and_keeps_its_place(store: Path) -> None:
    with database(store) as connection:
        memory = SqliteWebMemory(connection)
        memory.remember_listings(FEED, [ListingState("a", NOW), ListingState("b", NOW)])
        memory.remember_listings(FEED, [ListingState("a", NOW, "2026")])
        memory.remember_pages(FEED, [page("a"), page("b")])
        memory.remember_pages(FEED, [page("a", title="नया", names=("a", "c"))])
        assert [(listing.url, listing.listed) for listing in memory.listings(FEED)] == [
            ("a", "2026"),
            ("b", None),
        ]
        assert [state.title for state in memory.due(FEED, NOW, 9)] == ["नया", "पुल"]
        assert memory.page(FEED, ["c"]) == memory.page(FEED, ["a"])


def test_due_pages_come_newest_first_then_unread_ones(store: Path) -> None:
    pages = [
        page("old", day=date(2026, 4, 1)),
        page("read", article_id="x"),
        page("first"),
        page("second"),
        page("new", day=date(2026, 4, 8), due_at=NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))),
        page("later", due_at=NOW + timedelta(microseconds=1)),
        page("never", due_at=None),
        page("in a year", due_at=NOW + timedelta(days=400)),
    ]
    with database(store) as connection:
        memory = SqliteWebMemory(connection)
        memory.remember_pages(FEED, pages)
        due = [state.key for state in memory.due(FEED, NOW, 9)]
        assert due == ["new", "first", "second", "read", "old"]
        assert [state.key for state in memory.due(FEED, NOW, 2)] == due[:2]
        memory.bring_forward(FEED, NOW + timedelta(days=399), NOW)
        due = [state.key for state in memory.due(FEED, NOW, 9)]
        assert due == ["new", "first", "second", "in a year", "read", "old"]


def test_what_is_forgotten_is_gone_with_its_names(store: Path) -> None:
    with database(store) as connection:
        memory = SqliteWebMemory(connection)
        for source in (FEED, "other"):
            memory.remember_pages(source, [page("a", names=("a", "b")), page("c")])
            memory.remember_listings(source, [ListingState("x", NOW)])
            memory.remember_source(source, SourceState("feed"))
        memory.forget_page(FEED, "a")
        assert (memory.page(FEED, ["a", "b"]), memory.page(FEED, ["c"])) == (None, page("c"))
        memory.forget(FEED)
        assert (memory.page(FEED, ["c"]), memory.listings(FEED), memory.source(FEED)) == (
            None,
            [],
            SourceState(),
        )
        assert memory.page("other", ["b"]) == page("a", names=("a", "b"))
        assert memory.source("other") == SourceState("feed")


def test_inside_a_transaction_it_is_kept_or_lost_with_the_rest(store: Path) -> None:
    def killed_after_remembering(memory: SqliteWebMemory) -> None:
        memory.remember_pages(FEED, [page("a")])
        raise KeyboardInterrupt

    with database(store) as connection:
        memory = SqliteWebMemory(connection)
        with pytest.raises(KeyboardInterrupt), transaction(connection):
            killed_after_remembering(memory)
        assert memory.page(FEED, ["a"]) is None
