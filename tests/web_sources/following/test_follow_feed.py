"""A feed is followed: what is new, corrected, taken back, moved, and nothing twice."""

import pytest
from newspaper import CONTINUES, STORIES, item, rss, story
from raw_server import reply

from knowledge.articles import Article
from knowledge.errors import SourceError
from knowledge.sources import Retracted, Skipped, Unchanged


def read(source) -> list:
    return list(source.read())


def articles(items: list) -> dict[str, str]:
    """The ids of the articles by their titles."""
    return {item.title: item.id for item in items if isinstance(item, Article)}


def test_teasers_lead_to_the_articles_of_their_pages(follow, two_stories, clock) -> None:
    found = read(follow())
    assert [item.title for item in found] == ["खबर संख्या 1", "खबर संख्या 2"]
    assert found[0] == Article(
        id=found[0].id,
        title="खबर संख्या 1",
        text=f"{STORIES[1]} खबर का क्रमांक 1 है।\n{CONTINUES}",
        url=two_stories.url("/a"),
        publisher="दैनिक नमूना",
    )
    assert found[0].id != found[1].id


def test_an_unchanged_feed_costs_one_conditional_request(follow, two_stories, clock) -> None:
    source = follow()
    read(source)
    two_stories.asked_for()
    clock.advance(minutes=15)
    assert read(source) == []
    assert two_stories.asked_for() == ["/feed.xml"]
    assert two_stories.unchanged["/feed.xml"] == 1


def test_only_what_is_new_in_a_feed_is_fetched(follow, two_stories, clock) -> None:
    source = follow()
    read(source)
    two_stories.asked_for()
    two_stories.publish("/c", story(3))
    two_stories.feed([item("/c", "तीन"), item("/a", "एक", guid="g1")])
    clock.advance(minutes=15)
    assert list(articles(read(source))) == ["खबर संख्या 3"]
    assert two_stories.asked_for() == ["/feed.xml", "/c"]


def test_a_correction_in_the_feed_has_the_page_read_again_under_the_same_id(
    follow, two_stories, clock
) -> None:
    source = follow()
    before = articles(read(source))
    two_stories.publish("/a", story(1, "शिवपुर का पुल रविवार को खुला, शनिवार को नहीं। यह सुधार संपादक ने किया है।"))
    two_stories.feed([item("/a", "एक: सुधार", guid="g1"), item("/b", "दो", guid="g2")])
    clock.advance(minutes=15)
    found = read(source)
    assert [(item.id, "रविवार" in item.text) for item in found] == [(before["खबर संख्या 1"], True)]


def test_an_entry_that_only_looks_new_is_unchanged(follow, two_stories, clock) -> None:
    source = follow()
    before = articles(read(source))
    two_stories.feed([item("/a", "एक, नए शीर्षक से", guid="g1"), item("/b", "दो", guid="g2")])
    clock.advance(minutes=15)
    assert read(source) == [Unchanged(before["खबर संख्या 1"])]
    assert two_stories.unchanged["/a"] == 1


def days_of_looks(source, paper, clock, days: int) -> list[int]:
    """On which of the days the page of the first story is asked for."""
    looks = []
    for day in range(1, days + 1):
        clock.advance(days=1, seconds=30)
        paper.asked_for()
        read(source)
        looks += [day] if "/a" in paper.asked_for() else []
    return looks


def test_an_article_is_looked_at_daily_for_a_week_and_then_ever_more_seldom_for_good(
    follow, two_stories, clock
) -> None:
    source = follow(recheck_days=7)
    read(source)
    looks = days_of_looks(source, two_stories, clock, 100)
    assert looks == [1, 2, 3, 4, 5, 6, 7, 11, 17, 26, 39, 59, 89]
    assert two_stories.unchanged["/a"] == len(looks)


def test_who_wants_no_article_looked_at_again_has_it_so(follow, two_stories, clock) -> None:
    source = follow(recheck_days=0)
    read(source)
    assert days_of_looks(source, two_stories, clock, 30) == []


def test_a_full_text_that_left_its_feed_long_ago_is_taken_back_when_its_page_is_gone(
    follow, paper, clock
) -> None:
    paper.publish("/a", story(1))
    content = f"<content:encoded>{CONTINUES * 4}</content:encoded>"
    paper.feed([item("/a", "एक", content, guid="g1")])
    source = follow()
    [article] = read(source)
    paper.feed([])
    clock.advance(days=60)
    assert read(source) == [Unchanged(article.id)]
    paper.answer("/a", 410)
    found = []
    for _ in range(60):
        clock.advance(days=1)
        found += read(source)
    assert [item.id for item in found if isinstance(item, Retracted)] == [article.id]


def test_a_correction_that_the_feed_is_silent_about_is_found_the_next_day(follow, two_stories, clock) -> None:
    source = follow()
    before = articles(read(source))
    two_stories.publish("/b", story(2, "रामगढ़ में दाम तीन सौ रुपये अधिक मिला। यह पहले गलत छपा था।"))
    clock.advance(days=1, minutes=1)
    found = read(source)
    assert articles(found) == {"खबर संख्या 2": before["खबर संख्या 2"]}
    assert Unchanged(before["खबर संख्या 1"]) in found


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_missing_twice_is_taken_back(follow, two_stories, clock, status) -> None:
    source = follow()
    id = articles(read(source))["खबर संख्या 1"]
    two_stories.answer("/a", status)
    clock.advance(days=1, minutes=1)
    first = read(source)
    assert [type(item) for item in first] == [Skipped, Unchanged]
    clock.advance(minutes=30)
    assert read(source) == []
    clock.advance(minutes=31)
    second = read(source)
    assert [(type(item), item.id) for item in second] == [(Retracted, id)]
    clock.advance(days=1, minutes=1)
    assert not [item for item in read(source) if isinstance(item, Retracted)]


def test_a_page_that_was_missing_once_stays(follow, two_stories, clock) -> None:
    source = follow()
    id = articles(read(source))["खबर संख्या 1"]
    two_stories.answer("/a", 404)
    clock.advance(days=1, minutes=1)
    read(source)
    two_stories.publish("/a", story(1))
    clock.advance(hours=2)
    assert read(source) == [Unchanged(id)]
    two_stories.answer("/a", 404)
    clock.advance(days=1, minutes=1)
    assert not [item for item in read(source) if isinstance(item, Retracted)]


def test_an_article_that_comes_back_is_there_again_under_its_id(follow, two_stories, clock) -> None:
    source = follow()
    id = articles(read(source))["खबर संख्या 1"]
    two_stories.answer("/a", 404)
    for _ in range(2):
        clock.advance(days=1, minutes=1)
        read(source)
    two_stories.publish("/a", story(1))
    clock.advance(days=1, minutes=1)
    assert articles(read(source)) == {"खबर संख्या 1": id}


def test_a_site_that_loses_its_pages_for_an_afternoon_gets_old_articles_back_too(
    follow, two_stories, clock
) -> None:
    source = follow()
    before = articles(read(source))
    for _ in range(6):
        clock.advance(days=1, minutes=1)
        read(source)
    for path in ("/a", "/b"):
        two_stories.answer(path, 404)
    clock.advance(days=1, minutes=1)
    read(source)
    clock.advance(hours=2)
    assert [type(item) for item in read(source)] == [Retracted, Retracted]
    for number, path in enumerate(("/a", "/b"), 1):
        two_stories.publish(path, story(number))
    clock.advance(days=1, minutes=1)
    assert articles(read(source)) == before


def test_a_page_that_stays_away_is_given_up(follow, two_stories, clock) -> None:
    source = follow()
    read(source)
    two_stories.answer("/a", 404)
    for _ in range(20):
        clock.advance(days=1, minutes=1)
        read(source)
    assert two_stories.asked_for().count("/a") == 9


def test_full_text_in_a_feed_needs_no_page(follow, paper, clock) -> None:
    text = "".join(f"<p>{line}</p>" for line in [STORIES[0], *[CONTINUES] * 3])
    more = f"<description>सार</description><content:encoded><![CDATA[{text}]]></content:encoded>"
    paper.feed([item("/full", "पूरी खबर", more + "<pubDate>मंगलवार, 25 फरवरी 2025</pubDate>", guid="g")])
    source = follow()
    [found] = read(source)
    assert paper.asked_for() == ["/feed.xml"]
    assert (found.title, found.text.split("\n")[0]) == ("पूरी खबर", STORIES[0])
    assert (found.publisher, str(found.published), found.url) == (
        "नमूना फ़ीड",
        "2025-02-25",
        paper.url("/full"),
    )
    paper.feed([item("/full", "पूरी खबर", more.replace("84", "85"), guid="g")])
    clock.advance(minutes=15)
    [corrected] = read(source)
    assert (corrected.id, "85 करोड़" in corrected.text) == (found.id, True)


def test_a_page_with_full_text_in_the_feed_can_still_be_taken_back(follow, paper, clock) -> None:
    text = "".join(f"<p>{line}</p>" for line in [STORIES[0], *[CONTINUES] * 3])
    paper.feed([item("/full", "पूरी खबर", f"<content:encoded><![CDATA[{text}]]></content:encoded>")])
    source = follow()
    [found] = read(source)
    clock.advance(days=1, minutes=1)
    read(source)
    clock.advance(hours=1, minutes=1)
    assert read(source) == [Retracted(found.id, f"{paper.url('/full')}: nothing is there any more")]


def test_a_feed_cut_in_half_gives_what_is_whole_says_so_and_is_asked_for_again(
    follow, two_stories, clock
) -> None:
    whole = [item("/a", "एक"), item("/b", "दो")]
    half = rss(whole).encode()
    two_stories.publish("/feed.xml", half[: half.index("दो".encode()) + 4], "application/rss+xml")
    source = follow()
    found = read(source)
    assert list(articles(found)) == ["खबर संख्या 1"]
    assert ["breaks off" in item.reason for item in found if isinstance(item, Skipped)] == [True]
    two_stories.feed(whole)
    clock.advance(minutes=15)
    assert list(articles(read(source))) == ["खबर संख्या 2"]
    assert not two_stories.unchanged["/feed.xml"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (story(1).encode(), "an HTML page, not a feed"),
        (b'<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss><channel/></rss>', "entities"),
    ],
)
def test_what_is_no_feed_any_more_is_an_error_that_keeps_everything(
    follow, two_stories, clock, body, says
) -> None:
    source = follow()
    before = articles(read(source))
    two_stories.publish("/feed.xml", body, "application/rss+xml")
    clock.advance(minutes=15)
    with pytest.raises(SourceError, match=says):
        read(source)
    two_stories.feed([item("/a", "एक: सुधार", guid="g1"), item("/b", "दो", guid="g2")])
    clock.advance(minutes=15)
    assert read(source) == [Unchanged(before["खबर संख्या 1"])]


def test_an_empty_feed_is_no_error(follow, two_stories, clock) -> None:
    source = follow()
    read(source)
    two_stories.feed([])
    clock.advance(minutes=15)
    assert read(source) == []


def test_a_server_that_knows_no_conditional_requests_is_read_once(follow, two_stories, server, clock) -> None:
    body = rss([item("/a", "एक", guid="g1"), item("/b", "दो", guid="g2")], "<ttl>30</ttl>").encode()
    server.pages["/feed.xml"] = reply(200, body)
    source = follow()
    assert len(articles(read(source))) == 2
    two_stories.asked_for()
    clock.advance(minutes=30)
    assert read(source) == []
    assert two_stories.asked_for() == ["/feed.xml"]
