"""One story is one article, whatever its addresses."""

from dataclasses import replace

import pytest
from newspaper import CONTINUES, STORIES, item, story, story_page
from raw_server import moved

from knowledge.articles import Article
from knowledge.sources import Retracted, Skipped, Unchanged


def read(source) -> list:
    return list(source.read())


def articles(items: list) -> dict[str, str]:
    """The ids of the articles by their titles."""
    return {item.title: item.id for item in items if isinstance(item, Article)}


@pytest.mark.parametrize("again", ["/a?utm_source=feed", "/a/amp", "/a/", "/naya-slug"])
def test_the_same_story_under_another_address_is_one_article(follow, two_stories, clock, again) -> None:
    source = follow()
    id = articles(read(source))["खबर संख्या 1"]
    two_stories.publish(again, story(1, "शिवपुर का पुल सोमवार को खुला, पहले कुछ और छपा था। संपादक को खेद है।"))
    two_stories.feed([item(again, "एक, फिर से", guid="g1"), item("/b", "दो", guid="g2")])
    clock.advance(minutes=15)
    found = read(source)
    assert [(item.id, "सोमवार" in item.text) for item in found] == [(id, True)]


@pytest.mark.parametrize("more", ["", f"<description>{CONTINUES * 8}</description>"], ids=["page", "in feed"])
def test_an_entry_that_only_has_another_address_shows_that_one(follow, paper, clock, more) -> None:
    paper.publish("/a", story(1))
    paper.feed([item("/a", "एक", more, guid="g1")])
    source = follow()
    [before] = read(source)
    del paper.server.pages["/a"]
    paper.publish("/naya-slug", story(1))  # with the same ETag
    paper.feed([item("/naya-slug", "एक", more, guid="g1")])
    clock.advance(days=1, minutes=15)
    assert read(source) == [replace(before, url=paper.url("/naya-slug"))]
    clock.advance(days=1, minutes=15)
    assert read(source) == [Unchanged(before.id)]


def test_a_feed_that_makes_up_addresses_does_not_have_its_pages_read_each_time(follow, paper, clock) -> None:
    paper.feed([item("/a?sid=0", "एक", guid="g1")])
    paper.publish("/a?sid=0", story(1))
    source = follow(recheck_days=0)
    [article] = read(source)
    for number in range(1, 30):
        paper.publish(f"/a?sid={number}", story(1))
        paper.feed([item(f"/a?sid={number}", "एक", guid="g1")])
        clock.advance(minutes=15)
        assert {found.id for found in read(source)} <= {article.id}
    assert 5 < len([path for path in paper.asked_for() if path.startswith("/a")]) < 15


def test_a_guid_that_all_entries_share_says_nothing(follow, paper, clock) -> None:
    for number in (1, 2, 3):
        paper.publish(f"/{number}", story(number))
    paper.feed(item(f"/{number}", f"खबर {number}", guid="एक ही") for number in (1, 2, 3))
    assert len(articles(read(follow()))) == 3


def test_two_entries_that_lead_to_one_page_are_one_article(follow, paper, server, clock) -> None:
    paper.publish("/story", story(1))
    server.pages["/r/1"] = moved(302, "/story")
    server.pages["/r/2"] = moved(301, "/story")
    paper.feed([item("/r/1", "एक", guid="x"), item("/r/2", "वही एक", guid="y")])
    source = follow()
    first = read(source)
    assert len(articles(first)) == 1
    assert first[0].url == paper.url("/story")
    paper.feed([item("/story", "एक"), item("/r/2", "वही एक, सुधार", guid="y")])
    clock.advance(minutes=15)
    assert {item.id for item in read(source)} == {first[0].id}


def test_an_article_that_moved_keeps_its_id_and_shows_its_new_address(
    follow, two_stories, server, clock
) -> None:
    source = follow()
    id = articles(read(source))["खबर संख्या 1"]
    two_stories.publish("/new", story(1))
    server.pages["/a"] = moved(301, "/new")
    clock.advance(days=1, minutes=1)
    found = [item for item in read(source) if isinstance(item, Article)]
    assert [(item.id, item.url) for item in found] == [(id, two_stories.url("/new"))]
    two_stories.asked_for()
    clock.advance(days=1, minutes=1)
    read(source)
    assert "/a" not in two_stories.asked_for()


def test_an_article_whose_address_leads_to_another_one_for_good_is_taken_back(
    follow, two_stories, server, clock
) -> None:
    source = follow()
    ids = articles(read(source))
    server.pages["/a"] = moved(301, "/b")
    clock.advance(days=1, minutes=1)
    found = read(source)
    assert [item.id for item in found if isinstance(item, Retracted)] == [ids["खबर संख्या 1"]]
    assert not articles(found)


def test_a_page_that_sends_everybody_elsewhere_for_a_while_loses_nothing(
    follow, two_stories, server, clock
) -> None:
    source = follow()
    read(source)
    server.pages["/a"] = moved(302, "/b")
    clock.advance(days=1, minutes=1)
    found = read(source)
    assert not [item for item in found if isinstance(item, Retracted | Article)]
    assert "for now" in next(item.reason for item in found if isinstance(item, Skipped))


def test_a_canonical_address_that_all_pages_claim_is_not_believed(follow, paper, clock) -> None:
    head = '<link rel="canonical" href="/news/latest">'
    for number in (1, 2, 3):
        paper.publish(f"/{number}", story_page(f"खबर {number}", f"{STORIES[number]} क्रमांक {number}।", head))
    paper.feed(item(f"/{number}", f"खबर {number}") for number in (1, 2, 3))
    found = read(follow())
    assert len({item.id for item in found if isinstance(item, Article)}) == 3


def test_an_entry_without_link_and_guid_is_known_by_its_words(follow, paper, clock) -> None:
    line = f"<item><title>सूचना</title><description>{STORIES[2]}</description></item>"
    paper.feed([line, "<item><title>खाली</title></item>"])
    source = follow()
    found = read(source)
    assert [item.title for item in found if isinstance(item, Article)] == ["सूचना"]
    assert [item.name for item in found if isinstance(item, Skipped)] == ["खाली"]
    paper.feed([line, item("/x", "नई")])
    paper.publish("/x", story(4))
    clock.advance(minutes=15)
    assert list(articles(read(source))) == ["खबर संख्या 4"]
