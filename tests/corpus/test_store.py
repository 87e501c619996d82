import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import BRIDGE, CHESS, LIBRARY, MANGOES, RAIN, TODAY, YESTERDAY

from knowledge.articles import Article
from knowledge.corpus.schema import MIGRATIONS, migrate
from knowledge.corpus.store import HISTORY, Changes, Duplicate, Reload, Store
from knowledge.errors import StoreError

NOON = datetime(2024, 6, 12, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def replaced(path: Path, articles: Sequence[Article], now: datetime = NOON, source: str = "desk") -> Changes:
    with Store.open(path) as store, store.transaction():
        return store.replace(((source, article) for article in articles), now)


def stored(path: Path) -> list[Article]:
    with Store.open(path) as store:
        return store.articles()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_articles_come_back_as_they_were_in_the_order_of_their_ids(path: Path) -> None:
    replaced(path, (RAIN, CHESS, BRIDGE))
    assert stored(path) == [RAIN, BRIDGE, CHESS]


def test_the_store_holds_exactly_what_it_was_given_last(path: Path) -> None:
    assert replaced(path, YESTERDAY) == Changes(3, 0, 0, 0, ())
    corrected = replace(LIBRARY, title="हरिपुर में पहला पुस्तकालय")
    assert replaced(path, (BRIDGE, corrected, CHESS)) == Changes(1, 1, 1, 1, ())
    assert stored(path) == [BRIDGE, corrected, CHESS]


@pytest.mark.parametrize(
    "changed",
    [
        replace(MANGOES, title="आम सस्ते हुए"),
        replace(MANGOES, text=MANGOES.text + " बारिश भी समय पर हुई।"),
        replace(MANGOES, url="https://news.example/aam"),
        replace(MANGOES, published=date(2024, 6, 13)),
        replace(MANGOES, publisher="मंडी समाचार"),
    ],
)
def test_a_change_of_anything_that_a_reader_sees_counts(path: Path, changed: Article) -> None:
    replaced(path, (MANGOES,))
    assert replaced(path, (changed,)) == Changes(0, 1, 0, 0, ())
    assert stored(path) == [changed]


def test_times_say_when_an_article_came_and_when_it_changed_last(path: Path) -> None:
    for hour, article in enumerate([MANGOES, MANGOES, replace(MANGOES, title="आम सस्ते"), MANGOES]):
        replaced(path, (article,), NOON + timedelta(hours=hour), source=f"desk {hour % 2}")
    assert rows(path, "SELECT source, first_seen, updated FROM articles") == [
        ("desk 1", "2024-06-12T12:00:00+00:00", "2024-06-12T15:00:00+00:00")
    ]
    assert rows(path, "SELECT name FROM sources") == [("desk 1",)]


def test_an_article_that_only_moved_to_another_source_is_unchanged(path: Path) -> None:
    replaced(path, YESTERDAY, source="old desk")
    assert replaced(path, YESTERDAY, NOON + timedelta(hours=1), source="new desk") == Changes(0, 0, 0, 3, ())
    assert rows(path, "SELECT DISTINCT source, updated FROM articles") == [
        ("new desk", "2024-06-12T12:00:00+00:00")
    ]


@pytest.mark.parametrize(
    ("twin", "reason"),
    [
        (replace(RAIN, id=BRIDGE.id), "the same id"),
        (replace(RAIN, url="HTTPS://news.example:443/sonpur-pul/?utm_source=app#top"), "the same address"),
        (replace(BRIDGE, id="copy.md", url=None, text=BRIDGE.text.replace("\n", " \n\n ")), "the same text"),
    ],
)
def test_the_same_article_twice_is_the_first_one(path: Path, twin: Article, reason: str) -> None:
    assert replaced(path, (BRIDGE, twin)).duplicates == (Duplicate(twin.id, BRIDGE.id, reason),)
    assert stored(path) == [BRIDGE]
    assert replaced(path, (twin, BRIDGE)).duplicates == (Duplicate(BRIDGE.id, twin.id, reason),)
    assert stored(path) == [twin]


def test_articles_without_an_address_are_not_duplicates_of_each_other(path: Path) -> None:
    assert not replaced(path, (LIBRARY, CHESS, replace(RAIN, url="not an address"))).duplicates


def test_words_that_were_left_out_with_a_duplicate_do_not_cost_another_article(path: Path) -> None:
    update = replace(RAIN, id="update.md", url=BRIDGE.url)
    assert replaced(path, (BRIDGE, update, RAIN)).duplicates == (
        Duplicate("update.md", BRIDGE.id, "the same address"),
    )
    assert stored(path) == [RAIN, BRIDGE]


articles = st.builds(
    Article,
    id=st.sampled_from("कखगघ"),
    title=st.sampled_from(["पुल", "आम"]),
    text=st.sampled_from(["नदी पर पुल", "नदी पर पुल।", "आम की फसल", "तेज़ बारिश"]),
    url=st.sampled_from(
        [None, "https://news.example/a", "https://news.example/a/", "https://news.example/b"]
    ),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(articles), st.lists(articles))
def test_every_article_is_accounted_for_and_no_two_kept_are_the_same(
    before: list[Article], after: list[Article]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite3"
        replaced(path, before)
        old = {article.id: article for article in stored(path)}
        changes = replaced(path, after)
        new = {article.id: article for article in stored(path)}
    assert len(new) + len(changes.duplicates) == len(after)
    assert (changes.added, changes.removed) == (len(new.keys() - old.keys()), len(old.keys() - new.keys()))
    assert changes.changed == sum(old[id] != new[id] for id in old.keys() & new.keys())
    assert changes.unchanged == sum(old[id] == new[id] for id in old.keys() & new.keys())
    assert bool(changes) == (old != new)
    assert len({article.text.strip("।") for article in new.values()}) == len(new)
    addresses = [article.url.strip("/") for article in new.values() if article.url]
    assert len(set(addresses)) == len(addresses)


def test_nothing_of_a_transaction_is_kept_when_its_articles_end_in_an_error(path: Path) -> None:
    def broken_off() -> object:
        yield "desk", CHESS
        raise ConnectionError

    replaced(path, YESTERDAY)
    with Store.open(path) as store:
        with pytest.raises(ConnectionError), store.transaction():
            store.replace(broken_off(), NOON)
        assert store.articles() == sorted(YESTERDAY, key=lambda article: article.id)


def test_others_read_the_articles_of_before_while_they_are_being_replaced(path: Path) -> None:
    replaced(path, YESTERDAY)
    with Store.open(path) as writer, writer.transaction():
        writer.replace((("desk", article) for article in TODAY), NOON)
        assert {article.id for article in stored(path)} == {article.id for article in YESTERDAY}
    assert {article.id for article in stored(path)} == {article.id for article in TODAY}


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


def test_articles_are_built_as_the_last_generation_that_did_not_fail(path: Path) -> None:
    with Store.open(path) as store:
        assert store.built_as() is None
        for result, generation in [("published", "g1"), ("unchanged", "g1"), ("failed", None)]:
            store.remember(Reload(NOON, 1, result, generation))
        assert store.built_as() == "g1"


def test_the_file_keeps_a_log_ahead_and_its_schema_version(path: Path) -> None:
    replaced(path, YESTERDAY)
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]
    assert rows(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_a_store_of_a_newer_khabar_is_refused_and_left_alone(path: Path) -> None:
    replaced(path, YESTERDAY)
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
    with pytest.raises(StoreError, match=r"store\.sqlite3: .*delete it .* and run khabar reload"):
        stored(path)


def test_a_store_cut_short_is_named_with_what_to_do(path: Path) -> None:
    replaced(path, [replace(BRIDGE, id=str(n), url=None, text=f"{n} {BRIDGE.text * 5}") for n in range(50)])
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 + 100)
    with pytest.raises(StoreError, match=r"store\.sqlite3: .*delete it .* and run khabar reload"):
        stored(path)


def test_a_store_that_cannot_be_opened_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"store\.sqlite3: unable to open .*folder exists"):
        stored(tmp_path / "absent" / "store.sqlite3")
