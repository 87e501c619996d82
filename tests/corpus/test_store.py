import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import BRIDGE, CHESS, LIBRARY, MANGOES, MANY, RAIN, YESTERDAY

from knowledge.articles import Article
from knowledge.corpus.duplicates import Duplicate
from knowledge.corpus.schema import MIGRATIONS, migrate
from knowledge.corpus.store import Store
from knowledge.corpus.wishes import Wishes

NOON = datetime(2024, 6, 12, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


DESK = "desk"


def put(path: Path, *articles: Article, now: datetime = NOON, source: str = DESK) -> None:
    with Store.open(path) as store, store.transaction():
        for article in articles:
            store.put(source, article, now)


def stored(path: Path) -> list[Article]:
    with Store.open(path) as store:
        return store.articles()


def contents(path: Path, *sources: str) -> tuple[list[Article], list[Duplicate]]:
    """What a generation of these sources holds, and what it leaves out."""
    with Store.open(path) as store:
        found, duplicates = store.contents(sources or [DESK])
        return list(found.load(range(len(found.ids)))), list(duplicates)


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_articles_come_back_as_they_were_in_the_order_of_their_ids(path: Path) -> None:
    put(path, RAIN, CHESS, BRIDGE)
    assert stored(path) == [RAIN, BRIDGE, CHESS]
    assert contents(path) == ([RAIN, BRIDGE, CHESS], [])


def test_a_generation_can_ask_for_some_of_many_articles(path: Path) -> None:
    put(
        path, *MANY * 2, *(replace(article, id=f"x{article.id}", text=f"x{article.text}") for article in MANY)
    )
    with Store.open(path) as store:
        found, _ = store.contents([DESK])
        assert list(found.ids) == sorted(found.ids)
        assert [article.id for article in found.load([599, 0, 7])] == [found.ids[n] for n in (599, 0, 7)]
        assert len(list(found.load(range(600)))) == 600


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
    def fingerprint() -> bytes:
        with Store.open(path) as store:
            return store.contents([DESK])[0].fingerprints[0]

    put(path, MANGOES)
    before = fingerprint()
    put(path, MANGOES)
    assert fingerprint() == before
    put(path, changed)
    assert fingerprint() != before
    assert stored(path) == [changed]


def test_times_say_when_an_article_came_and_when_it_changed_last(path: Path) -> None:
    for hour, article in enumerate([MANGOES, MANGOES, replace(MANGOES, title="आम सस्ते"), MANGOES, MANGOES]):
        put(path, article, now=NOON + timedelta(hours=hour))
    assert rows(path, "SELECT first_seen, updated FROM articles") == [
        ("2024-06-12T12:00:00+00:00", "2024-06-12T15:00:00+00:00")
    ]


def test_each_source_has_its_own_articles(path: Path) -> None:
    put(path, BRIDGE, CHESS, source="one")
    put(path, replace(BRIDGE, title="पुल"), LIBRARY, source="two")
    with Store.open(path) as store:
        assert store.ids("one") == {BRIDGE.id, CHESS.id}
        store.drop("one", [CHESS.id, LIBRARY.id])
        assert (store.ids("one"), store.ids("two")) == ({BRIDGE.id}, {BRIDGE.id, LIBRARY.id})
        store.keep_only(["two", "three"])
        assert (store.ids("one"), store.ids("two")) == (set(), {BRIDGE.id, LIBRARY.id})


@pytest.mark.parametrize(
    ("twin", "reason"),
    [
        (replace(RAIN, url="HTTPS://news.example:443/sonpur-pul/?utm_source=app#top"), "the same address"),
        (replace(BRIDGE, id="copy.md", url=None, text=BRIDGE.text.replace("\n", " \n\n ")), "the same text"),
    ],
)
def test_the_same_article_twice_is_the_first_one(
    path: Path, tmp_path: Path, twin: Article, reason: str
) -> None:
    put(path, BRIDGE, twin)
    assert contents(path) == ([BRIDGE], [Duplicate(twin.id, BRIDGE.id, reason)])
    put(path, replace(BRIDGE, title="अब भी पहला"))
    assert contents(path)[1] == [Duplicate(twin.id, BRIDGE.id, reason)]
    other = tmp_path / "other.sqlite3"
    put(other, twin, BRIDGE)
    assert contents(other) == ([twin], [Duplicate(BRIDGE.id, twin.id, reason)])


def test_of_two_sources_the_first_one_named_counts(path: Path) -> None:
    corrected = replace(BRIDGE, title="पुल", url=None)
    put(path, BRIDGE, source="one")
    put(path, corrected, source="two")
    same = Duplicate(BRIDGE.id, BRIDGE.id, "the same text")
    assert contents(path, "one", "two") == ([BRIDGE], [same])
    assert contents(path, "two", "one") == ([corrected], [same])
    assert contents(path, "two") == ([corrected], [])


def test_what_two_sources_call_the_same_and_is_not_has_two_ids_for_good(path: Path) -> None:
    first, second = replace(CHESS, id="1.txt", url=None), replace(MANGOES, id="1.txt", url=None)
    put(path, first, source="khel")
    put(path, second, source="mandi")
    named = replace(second, id="mandi/1.txt")
    assert contents(path, "khel", "mandi") == ([first, named], [])
    corrected = replace(second, title="आम सस्ते")
    put(path, corrected, source="mandi")
    assert contents(path, "khel", "mandi") == ([first, replace(corrected, id=named.id)], [])
    assert stored(path) == [first, replace(corrected, id=named.id)]
    with Store.open(path) as store:
        store.drop("khel", [first.id])
        assert store.ids("mandi") == {"1.txt"}
    assert contents(path, "khel", "mandi") == ([replace(corrected, id=named.id)], [])


def test_one_of_two_namesakes_is_left_out_without_the_other(path: Path) -> None:
    first, second = replace(CHESS, id="1.txt", url=None), replace(MANGOES, id="1.txt", url=None)
    put(path, first, source="khel")
    put(path, second, source="mandi")
    contents(path, "khel", "mandi")
    with Wishes.open(path) as wishes:
        wishes.ban(wishes.article("1.txt"), NOON)
    assert contents(path, "khel", "mandi")[0] == [replace(second, id="mandi/1.txt")]
    with Wishes.open(path) as wishes:
        wishes.allow("1.txt")
        wishes.ban(wishes.article("mandi/1.txt"), NOON)
    assert contents(path, "khel", "mandi")[0] == [first]


def test_an_id_from_the_web_is_one_article_in_every_source(path: Path) -> None:
    feed, sitemap = "https://news.example/feed", "https://news.example/sitemap.xml"
    put(path, BRIDGE, source=feed)
    put(path, replace(BRIDGE, url="http://www.news.example/sonpur-pul", text="पुल खुला।"), source=sitemap)
    kept, (twin,) = contents(path, feed, sitemap)
    assert (kept, twin) == ([BRIDGE], Duplicate(BRIDGE.id, BRIDGE.id, "the same id"))
    assert (twin.title, twin.place) == (BRIDGE.title, "http://www.news.example/sonpur-pul")


def test_the_same_text_at_two_addresses_is_two_articles(path: Path) -> None:
    twin = replace(BRIDGE, id="copy.md", url="https://other.example/pul")
    put(path, BRIDGE, twin)
    assert contents(path) == ([twin, BRIDGE], [])


def test_articles_without_an_address_are_not_duplicates_of_each_other(path: Path) -> None:
    put(path, LIBRARY, CHESS, replace(RAIN, url="not an address"))
    assert not contents(path)[1]


def test_words_that_were_left_out_with_a_duplicate_do_not_cost_another_article(path: Path) -> None:
    update = replace(RAIN, id="update.md", url=BRIDGE.url)
    put(path, BRIDGE, update, RAIN)
    assert contents(path) == ([RAIN, BRIDGE], [Duplicate("update.md", BRIDGE.id, "the same address")])


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
    one: list[Article], two: list[Article]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite3"
        put(path, *one, source="one")
        put(path, *two, source="two")
        kept, duplicates = contents(path, "one", "two")
    told = {article.id for article in one}, {article.id for article in two}
    assert len(kept) + len(duplicates) == sum(map(len, told))
    assert {article.id.removeprefix("two/") for article in kept} <= set.union(*told)
    assert len({article.id for article in kept}) == len(kept)
    addresses = [article.url.strip("/") for article in kept if article.url]
    assert len(set(addresses)) == len(addresses)
    alike = Counter(article.text.strip("।") for article in kept if not article.url)
    assert set(alike.values()) <= {1}


def test_nothing_of_a_transaction_is_kept_when_it_ends_in_an_error(path: Path) -> None:
    put(path, *YESTERDAY)
    with Store.open(path) as store:

        def break_off() -> None:
            with store.transaction():
                store.put(DESK, CHESS, NOON)
                raise ConnectionError

        with pytest.raises(ConnectionError):
            break_off()
        assert store.articles() == sorted(YESTERDAY, key=lambda article: article.id)


def test_others_read_the_articles_of_before_while_they_are_being_replaced(path: Path) -> None:
    put(path, *YESTERDAY)
    with Store.open(path) as writer, writer.transaction():
        writer.put(DESK, CHESS, NOON)
        assert {article.id for article in stored(path)} == {article.id for article in YESTERDAY}
    assert CHESS in stored(path)


def test_readings_are_kept_for_articles_that_are_still_there(path: Path) -> None:
    put(path, BRIDGE, CHESS)
    with Store.open(path) as store:
        store.keep_readings(DESK, {b"1": BRIDGE.id, b"2": CHESS.id, b"3": RAIN.id})
        assert store.readings(DESK) == {b"1": BRIDGE.id, b"2": CHESS.id}
        store.keep_readings(DESK, {b"4": BRIDGE.id, b"2": BRIDGE.id})
        assert store.readings(DESK) == {b"4": BRIDGE.id, b"2": BRIDGE.id}
        assert store.readings("another desk") == {}


def test_an_older_store_keeps_its_articles(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path, MIGRATIONS[:3])
        connection.execute("INSERT INTO sources VALUES ('desk')")
        connection.execute(
            "INSERT INTO articles VALUES (?, 'desk', ?, ?, ?, NULL, ?, ?, '', x'00', 'then', 'then')",
            (BRIDGE.id, BRIDGE.title, BRIDGE.text, BRIDGE.url, "2024-03-04", BRIDGE.publisher),
        )
    assert stored(path) == [BRIDGE]
