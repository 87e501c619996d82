"""The store's file: its history, its schema from version to version, and what is wrong with it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from newsroom import BRIDGE, CHESS, YESTERDAY, Newsroom
from reloads import counts, history, reloaded

from knowledge.articles import Article
from knowledge.corpus import write_ahead
from knowledge.corpus.schema import MIGRATIONS, database, migrate, only_read
from knowledge.corpus.soundness import check_file
from knowledge.corpus.store import HISTORY, Reload, Store
from knowledge.corpus.web_memory import SqliteWebMemory
from knowledge.corpus.wishes import Wishes
from knowledge.errors import StoreError

NOON = datetime(2024, 6, 12, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


DESK = "desk"
DAMAGED = (
    r"store\.sqlite3: .*it is damaged, and holds the articles, .* the web doesn't give all of that again\."
    r" Put a backup back \(khabar restore\); without one, move the file aside, .* khabar reload makes it anew"
)


def put(path: Path, *articles: Article, now: datetime = NOON, source: str = DESK) -> None:
    with Store.open(path) as store, store.transaction():
        for article in articles:
            store.put(source, article, now)


def stored(path: Path) -> list[Article]:
    with Store.open(path) as store:
        return store.articles()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_history_is_newest_first(path: Path) -> None:
    first = Reload(NOON, 2.5, "published", "g1", "", 3, 0, 0, 0, 1, 2)
    second = Reload(NOON + timedelta(hours=1), 0.25, "failed", reason="desk: gone")
    with Store.open(path) as store:
        store.remember(first)
        store.remember(second)
    with Store.open(path) as store:
        assert store.history() == [second, first]
        assert store.history(1) == [second]


def test_history_forgets_what_is_long_ago(path: Path) -> None:
    with Store.open(path) as store, store.transaction():
        for number in range(HISTORY + 5):
            store.remember(Reload(NOON, number, "unchanged", "g1"))
        assert [store.history()[end].took_s for end in (0, -1)] == [HISTORY + 4, 5]


def test_the_file_keeps_a_log_ahead_and_its_schema_version(path: Path) -> None:
    put(path, *YESTERDAY)
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]
    assert rows(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_who_makes_the_file_while_another_does_waits_for_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(write_ahead.time, "sleep", lambda _: other.execute("COMMIT"))
        put(path, *YESTERDAY)
    assert len(stored(path)) == len(YESTERDAY)


def test_a_store_of_a_newer_khabar_is_refused_and_left_alone(path: Path) -> None:
    put(path, *YESTERDAY)
    rows(path, "PRAGMA user_version = 999")
    with pytest.raises(
        StoreError, match=r"store\.sqlite3: written by a newer Khabar \(schema 999"
    ) as refusal:
        stored(path)
    assert "upgrade Khabar" in str(refusal.value)
    assert rows(path, "SELECT count(*) FROM articles") == [(3,)]


def test_an_older_store_takes_the_steps_that_it_lacks_and_keeps_its_rows(path: Path) -> None:
    steps = (("CREATE TABLE notes (text)",), ("ALTER TABLE notes ADD COLUMN day", "CREATE TABLE days (day)"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path, steps[:1])
        connection.execute("INSERT INTO notes VALUES ('पुल')")
        migrate(connection, path, steps)
        migrate(connection, path, steps)
    assert rows(path, "SELECT text, day FROM notes") == [("पुल", None)]
    assert rows(path, "PRAGMA user_version") == [(2,)]


def test_a_store_that_the_first_khabar_wrote_is_read_and_goes_on(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(Path(__file__).with_name("first_store.sql").read_text("utf-8"))
    first_seen = rows(path, "SELECT id, first_seen FROM articles ORDER BY id")
    articles = stored(path)
    assert [article.id for article in articles] == ["aam-phir.txt", "mela.txt", "pul.md"]
    assert [line.result for line in history(path.parent)] == ["published", "published"]
    report = reloaded(path.parent, Newsroom((*articles, CHESS), "news"))
    assert counts(report) == (True, 4, 0, 0, 0), "it has no generation of today's format"
    assert [line.added for line in history(path.parent)] == [4, 0, 3]
    assert set(first_seen) < set(rows(path, "SELECT id, first_seen FROM articles"))
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_pages_that_an_older_khabar_had_done_with_are_due_in_the_course_of_500_days(path: Path) -> None:
    insert = """INSERT INTO web_pages (source, key, names, url, listed, title, day, noted_at, in_feed,
        failures, fingerprint) VALUES ('feed', ?, '[]', ?, '', '', '2024-06-11', '2024-06-11', 0, 0, ?)"""
    done_with = [(f"{number}", "https://news.example/pul", "f00") for number in range(1000)]
    others = [("without an address", None, "f00"), ("without an article", "https://news.example", None)]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path, MIGRATIONS[:5])
        connection.executemany(insert, [*done_with, *others])
    with database(path) as connection:
        now, memory = datetime.now(UTC), SqliteWebMemory(connection)
        due = [len(memory.due("feed", now + timedelta(days=days), 2000)) for days in (0, 1, 250, 500)]
    assert due == [2, 4, 502, 1000]


def test_a_migration_that_fails_half_way_leaves_the_store_as_it_was(path: Path) -> None:
    steps = (("CREATE TABLE notes (text)",), ("ALTER TABLE notes ADD COLUMN day", "ALTER TABLE absent ADD x"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path, steps[:1])
        with pytest.raises(sqlite3.OperationalError, match="absent"):
            migrate(connection, path, steps)
    assert rows(path, "SELECT name FROM pragma_table_info('notes')") == [("text",)]
    assert rows(path, "PRAGMA user_version") == [(1,)]


def test_a_file_that_is_no_store_is_named_with_what_to_do(path: Path) -> None:
    path.write_text("यह डेटाबेस नहीं है। " * 100, "utf-8")
    with pytest.raises(StoreError, match=DAMAGED):
        stored(path)


def test_a_store_cut_short_is_named_with_what_to_do(path: Path) -> None:
    put(path, *(replace(BRIDGE, id=str(n), url=None, text=f"{n} {BRIDGE.text * 5}") for n in range(50)))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 + 100)
    with pytest.raises(StoreError, match=DAMAGED):
        stored(path)


def test_a_store_is_read_without_a_trace_where_it_is_nobodys_and_with_its_log_where_it_is(path: Path) -> None:
    put(path, *YESTERDAY)
    with only_read(path) as connection:
        assert len(Store(connection).articles()) == 3
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with Store.open(path) as store:
        store.put(DESK, CHESS, NOON)
        with only_read(path) as connection:
            assert len(Store(connection).articles()) == 4, "what stands in the log alone"


def test_what_an_older_store_lacks_is_told_with_what_brings_it_up_to_date(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path, MIGRATIONS[:1])
    with (
        pytest.raises(StoreError, match=r"no such table: wished: .*khabar reload brings it up to date"),
        only_read(path) as connection,
    ):
        Wishes(connection).wished("hold")


def test_a_damaged_store_is_only_read_with_the_same_message(path: Path) -> None:
    path.write_text("यह डेटाबेस नहीं है। " * 100, "utf-8")
    with pytest.raises(StoreError, match=DAMAGED), only_read(path):
        pass


def test_a_store_that_is_written_while_it_is_checked_is_not_taken_for_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    editions = [replace(BRIDGE, id=str(n), url=None, text=f"{n} {BRIDGE.text * 5}") for n in range(200)]
    put(path, *editions[:50])

    class WrittenMeanwhile(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            if "quick_check" in sql and editions:
                monkeypatch.setattr(sqlite3, "connect", connect)
                put(path, *editions)
                editions.clear()
            return super().execute(sql, *values)

    monkeypatch.setattr(sqlite3, "connect", partial(connect, factory=WrittenMeanwhile))
    check_file(path)
    assert not editions


def test_a_store_that_is_absent_is_not_made_by_reading_it(tmp_path: Path) -> None:
    absent = tmp_path / "absent.sqlite3"
    with pytest.raises(StoreError, match=r"absent\.sqlite3: unable to open"), only_read(absent):
        pass
    assert not absent.exists()


def test_a_store_that_cannot_be_opened_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"store\.sqlite3: unable to open .*folder exists"):
        stored(tmp_path / "absent" / "store.sqlite3")
