"""When a source is checked again, what its trouble costs, and that nothing is lost when the program dies."""

from datetime import timedelta

import pytest
from newspaper import CONTINUES, STORIES, Newspaper, item, story
from raw_server import moved

from knowledge.articles import Article
from knowledge.errors import Busy, Gone, SourceError, Unreachable
from knowledge.sources import Retracted, Skipped, Unchanged, source_at
from knowledge.sources.web.web_source import Web


def read(source) -> list:
    return list(source.read())


@pytest.fixture
def stories(paper: Newspaper) -> Newspaper:
    for number in range(6):
        paper.publish(f"/{number}", story(number))
    paper.feed(item(f"/{number}", f"खबर {number}") for number in range(6))
    return paper


def wait_after(source, memory, clock) -> timedelta:
    started = clock.now()
    read(source)
    return memory.source(source.name).next_check_at - started


@pytest.mark.parametrize(
    ("options", "more", "headers", "minutes"),
    [
        ({}, "", {}, 15),
        ({"every_minutes": 5}, "", {}, 5),
        ({}, "<ttl>45</ttl>", {}, 45),
        ({}, "", {"Cache_Control": "max-age=7200"}, 120),
        ({}, "", {"Cache_Control": "max-age=31536000"}, 24 * 60),
        ({"every_minutes": 3 * 24 * 60}, "", {}, 3 * 24 * 60),
    ],
)
def test_the_next_check_waits_for_what_the_feed_says(
    follow, paper, memory, clock, options, more, headers, minutes
) -> None:
    paper.feed([], more=more, **headers)
    assert wait_after(follow(**options), memory, clock) == timedelta(minutes=minutes)


def test_a_feed_keeps_its_ttl_while_it_is_unchanged(follow, paper, memory, clock) -> None:
    paper.feed([], more="<ttl>45</ttl>")
    source = follow()
    read(source)
    clock.advance(minutes=45)
    assert wait_after(source, memory, clock) == timedelta(minutes=45)
    assert paper.unchanged["/feed.xml"] == 1


def test_a_source_is_due_when_its_time_has_come(follow, stories, clock) -> None:
    source = follow()
    assert source.is_due()
    read(source)
    assert not source.is_due()
    clock.advance(minutes=15)
    assert source.is_due()


def test_a_source_is_due_when_the_clock_was_put_back(follow, stories, clock) -> None:
    source = follow()
    read(source)
    clock.advance(days=-30)
    assert source.is_due()


def test_trouble_puts_the_next_check_off_twice_as_long_each_time_up_to_a_day(
    follow, stories, memory, clock
) -> None:
    source = follow()
    read(source)
    stories.answer("/feed.xml", 500)
    waits = []
    for failures in range(1, 10):
        with pytest.raises(Unreachable):
            read(source)
        state = memory.source(source.name)
        assert (state.failures, state.succeeded_at is not None) == (failures, True)
        assert state.error
        waits.append((state.next_check_at - state.checked_at).total_seconds() / 60)
        clock.advance(days=1)
    assert waits == [30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    stories.feed([])
    read(source)
    assert (memory.source(source.name).failures, memory.source(source.name).error) == (0, None)


def test_a_publisher_that_asks_for_time_gets_it(follow, stories, memory, clock) -> None:
    stories.answer("/feed.xml", 429, Retry_After="7200")
    source = follow()
    with pytest.raises(Busy):
        read(source)
    state = memory.source(source.name)
    assert state.next_check_at - state.checked_at == timedelta(hours=2)


def test_a_listing_that_moved_for_good_is_asked_for_at_its_new_address(
    follow, stories, server, clock
) -> None:
    server.pages["/old.xml"] = moved(301, "/feed.xml")
    source = follow("/old.xml")
    read(source)
    stories.asked_for()
    clock.advance(minutes=15)
    read(source)
    assert stories.asked_for() == ["/feed.xml"]
    assert stories.unchanged["/feed.xml"] == 1
    server.pages["/old.xml"] = server.pages.pop("/feed.xml")
    clock.advance(minutes=15)
    with pytest.raises(Gone):
        read(source)
    clock.advance(minutes=30)
    stories.asked_for()
    read(source)
    assert stories.asked_for() == ["/old.xml"]


def test_pages_that_cannot_be_had_are_tried_again_later_and_the_others_are_read(
    follow, stories, clock
) -> None:
    stories.answer("/1", 500)
    source = follow()
    found = read(source)
    assert len([item for item in found if isinstance(item, Article)]) == 5
    assert [item.name for item in found if isinstance(item, Skipped)] == [stories.url("/1")]
    stories.publish("/1", story(1))
    clock.advance(hours=1)
    assert [item.title for item in read(source)] == ["खबर संख्या 1"]


def test_a_host_in_trouble_is_left_alone_after_three_pages(follow, stories, clock) -> None:
    for number in range(6):
        stories.answer(f"/{number}", 500)
    read(follow())
    assert len(stories.asked_for()) == 4


def test_a_busy_host_is_left_alone_at_once(follow, stories, clock) -> None:
    for number in range(6):
        stories.answer(f"/{number}", 429, Retry_After="3600")
    source = follow()
    found = read(source)
    assert [type(item) for item in found] == [Skipped]
    assert len(stories.asked_for()) == 2
    for number in range(6):
        stories.publish(f"/{number}", story(number))
    clock.advance(hours=1, minutes=1)
    assert len(read(source)) == 6


def test_a_page_that_never_works_is_given_up(follow, stories, clock) -> None:
    stories.answer("/1", 403)
    source = follow()
    for _ in range(40):
        read(source)
        clock.advance(days=1)
    assert stories.asked_for().count("/1") == 16


def test_a_page_without_an_article_is_skipped_and_what_was_there_stays(follow, stories, clock) -> None:
    source = follow()
    read(source)
    stories.publish("/1", "<html><title>लॉगिन</title><body><form><input type=password></form></body></html>")
    clock.advance(days=1, minutes=1)
    found = read(source)
    assert [item.reason for item in found if isinstance(item, Skipped)] == [
        "it asks to log in; what was read from it stays"
    ]
    assert not [item for item in found if isinstance(item, Retracted)]
    stories.publish("/1", story(1))
    clock.advance(days=1, minutes=1)
    assert len([item for item in read(source) if isinstance(item, Unchanged)]) == 6


@pytest.mark.parametrize("dies_after", range(7))
def test_whoever_dies_between_two_articles_loses_none(follow, stories, clock, dies_after) -> None:
    kept = []
    reading = follow().read()
    for _ in range(dies_after):
        kept.append(next(reading))
    reading.close()
    clock.advance(minutes=15)
    kept += read(follow())
    assert {item.title for item in kept if isinstance(item, Article)} == {f"खबर संख्या {n}" for n in range(6)}
    given_twice = len(kept) - 6
    assert given_twice <= 1


def test_whoever_dies_amid_the_pages_goes_on_at_once(follow, stories, clock) -> None:
    source = follow()
    reading = source.read()
    next(reading)
    reading.close()
    assert source.is_due()
    assert len(read(source)) == 6  # the one in hand comes again
    assert not source.is_due()


def test_whoever_dies_amid_a_feed_with_full_texts_loses_none(follow, paper, clock) -> None:
    texts = [f"<p>{STORIES[n]}</p>" + f"<p>{CONTINUES}</p>" * 3 for n in range(4)]
    paper.feed(
        item(f"/{n}", f"पूरी खबर {n}", f"<content:encoded><![CDATA[{text}]]></content:encoded>")
        for n, text in enumerate(texts)
    )
    reading = follow().read()
    kept = [next(reading), next(reading)]
    reading.close()
    kept += read(follow())
    assert {item.title for item in kept} == {f"पूरी खबर {n}" for n in range(4)}


@pytest.mark.parametrize(
    ("path", "kind"), [("/feed.xml", "feed"), ("/sitemap.txt", "sitemap"), ("/1", "page")]
)
def test_what_is_there_is_told_by_its_content_and_remembered(
    follow, stories, memory, clock, path, kind
) -> None:
    stories.publish("/sitemap.txt", f"{stories.url('/1')}\n{stories.url('/2')}\n", "text/plain")
    source = follow(path)
    assert read(source)
    assert memory.source(source.name).kind == kind


def test_what_is_neither_is_an_error(follow, paper, clock) -> None:
    paper.publish("/data.json", '{"a": 1}', "application/json")
    with pytest.raises(SourceError, match="neither a feed nor a sitemap nor an HTML page"):
        read(follow("/data.json"))


def test_one_page_is_followed_until_it_is_taken_back(follow, stories, clock) -> None:
    source = follow("/1")
    [article] = read(source)
    clock.advance(hours=1)
    assert read(source) == [Unchanged(article.id)]
    assert stories.unchanged["/1"] == 1
    stories.answer("/1", 503, Retry_After="60")
    with pytest.raises(Busy):
        read(source)
    stories.answer("/1", 410)
    clock.advance(hours=2)
    assert [type(item) for item in read(source)] == [Skipped]
    clock.advance(hours=2)
    assert [(type(item), item.id) for item in read(source)] == [(Retracted, article.id)]


def test_what_is_forgotten_is_read_anew(follow, stories, memory, clock) -> None:
    source = follow()
    before = read(source)
    memory.forget(source.name)
    assert read(source) == before


def test_two_sources_that_list_one_story_call_it_the_same(follow, stories, clock) -> None:
    stories.publish("/1?utm_source=map", story(1))
    stories.publish("/sitemap.txt", stories.url("/1?utm_source=map"), "text/plain")
    ids = {item.title: item.id for item in read(follow())}
    [found] = read(follow("/sitemap.txt"))
    assert found.id == ids[found.title]


def test_a_location_on_the_web_is_a_source_where_the_web_is_at_hand(stories, fetcher, memory, clock) -> None:
    source = source_at(stories.url("/feed.xml"), "feed", web=Web(fetcher, memory, clock))
    assert (source.name, source.whole) == (stories.url("/feed.xml"), False)
    assert len(list(source.read())) == 6
    with pytest.raises(SourceError, match="no feed"):
        source_at("news", "feed", web=Web(fetcher, memory, clock))
