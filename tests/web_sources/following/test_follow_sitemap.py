"""A sitemap is followed: newest first, in portions, its index one sitemap at a time, since a day."""

import gzip
from datetime import date, timedelta

import pytest
from newspaper import STORIES, Newspaper, sitemapindex, story, story_page, urlset
from raw_server import moved

from knowledge.articles import Article
from knowledge.errors import SourceError, Unreachable
from knowledge.sources import Retracted, Skipped, Unchanged


def read(source) -> list:
    return list(source.read())


def archive(paper: Newspaper, days: int) -> None:
    """One story a day, in February 2025, listed with the oldest first."""
    for day in range(1, days + 1):
        paper.publish(f"/{day}", story(day))
    paper.publish(
        "/sitemap.xml",
        urlset((paper.url(f"/{day}"), f"2025-02-{day:02}") for day in range(1, days + 1)),
        "application/xml",
    )


def test_an_archive_is_filled_newest_first_in_portions_that_go_on_where_they_stopped(
    follow, paper, clock
) -> None:
    archive(paper, 10)
    portions = []
    for _ in range(5):
        read(follow("/sitemap.xml", pages_per_check=3))
        portions.append(paper.asked_for()[1:])
        clock.advance(hours=1)
    assert portions == [["/10", "/9", "/8"], ["/7", "/6", "/5"], ["/4", "/3", "/2"], ["/1"], []]
    assert paper.unchanged["/sitemap.xml"] == 4


def test_a_site_that_wants_much_time_between_two_pages_does_not_keep_the_others_waiting(
    follow, paper, clock
) -> None:
    archive(paper, 28)
    paper.publish("/robots.txt", "User-agent: *\nCrawl-delay: 60", "text/plain")
    started = clock.now()
    read(follow("/sitemap.xml"))
    assert len(paper.asked_for()) == 22
    assert clock.now() - started < timedelta(minutes=25)
    clock.advance(hours=1)
    read(follow("/sitemap.xml"))
    assert len(paper.asked_for()) == 8


def test_no_more_does_one_with_many_sitemaps(follow, paper, clock) -> None:
    paper.publish("/robots.txt", "User-agent: *\nCrawl-delay: 60", "text/plain")
    for number in range(28):
        paper.publish(f"/{number}.xml", urlset([]), "application/xml")
    index = sitemapindex((paper.url(f"/{number}.xml"), "2025-03-01") for number in range(28))
    paper.publish("/sitemap.xml", index, "application/xml")
    read(follow("/sitemap.xml"))
    assert len(paper.asked_for()) == 21
    clock.advance(hours=1)
    read(follow("/sitemap.xml"))
    assert len(paper.asked_for()) == 9


def test_what_is_new_comes_before_the_archive(follow, paper, clock) -> None:
    archive(paper, 10)
    source = follow("/sitemap.xml", pages_per_check=3)
    read(source)
    paper.publish("/new", story(99))
    pages = [
        (paper.url("/new"), "2025-03-01"),
        *((paper.url(f"/{day}"), f"2025-02-{day:02}") for day in range(1, 11)),
    ]
    paper.publish("/sitemap.xml", urlset(pages), "application/xml")
    paper.asked_for()
    clock.advance(hours=1)
    read(source)
    assert paper.asked_for()[1:] == ["/new", "/7", "/6"]


def test_a_changed_lastmod_has_the_page_read_again(follow, paper, clock) -> None:
    archive(paper, 2)
    source = follow("/sitemap.xml")
    ids = {item.title: item.id for item in read(source)}
    paper.publish("/1", story(1, "शिवपुर के पुल की लागत 90 करोड़ रुपये रही। पहले छपा आंकड़ा गलत था।"))
    paper.publish(
        "/sitemap.xml",
        urlset([(paper.url("/1"), "2025-02-28"), (paper.url("/2"), "2025-02-28T10:00:00+05:30")]),
        "application/xml",
    )
    clock.advance(hours=1)
    found = read(source)
    assert {(type(item), item.id) for item in found} == {
        (Article, ids["खबर संख्या 1"]),
        (Unchanged, ids["खबर संख्या 2"]),
    }


def test_a_newer_lastmod_has_a_page_of_any_age_read_again(follow, paper, clock) -> None:
    archive(paper, 2)
    source = follow("/sitemap.xml")
    ids = {item.title: item.id for item in read(source)}
    clock.advance(days=1500)
    read(source)
    paper.asked_for()
    paper.publish("/1", story(1, "शिवपुर के पुल की लागत 90 करोड़ रुपये रही। पहले छपा आंकड़ा गलत था।"))
    pages = [(paper.url("/1"), "2029-04-09"), (paper.url("/2"), "2025-02-02")]
    paper.publish("/sitemap.xml", urlset(pages), "application/xml")
    clock.advance(hours=1)
    assert [(item.id, "90 करोड़" in item.text) for item in read(source)] == [(ids["खबर संख्या 1"], True)]
    assert paper.asked_for() == ["/sitemap.xml", "/1"]


def test_a_correction_in_the_archive_that_nobody_tells_of_is_seen_in_the_end(follow, paper, clock) -> None:
    archive(paper, 2)
    source = follow("/sitemap.xml")
    read(source)
    paper.publish("/1", story(1, "शिवपुर के पुल की लागत 90 करोड़ रुपये रही। पहले छपा आंकड़ा गलत था।"))
    found = []
    for _ in range(20):
        clock.advance(days=1)
        found += read(source)
    assert ["90 करोड़" in item.text for item in found if isinstance(item, Article)] == [True]


def test_pages_since_a_day_are_read_and_undated_ones_too(follow, paper, clock) -> None:
    archive(paper, 3)
    paper.publish("/undated", story(50))
    dated = [(paper.url(f"/{day}"), f"2025-02-{day:02}") for day in (1, 2, 3)]
    paper.publish("/sitemap.xml", urlset([*dated, (paper.url("/undated"), "")]), "application/xml")
    found = read(follow("/sitemap.xml", since=date(2025, 2, 2)))
    assert [item.title for item in found] == ["खबर संख्या 50", "खबर संख्या 3", "खबर संख्या 2"]


def test_a_page_that_turns_out_to_be_older_is_left_out(follow, paper, clock) -> None:
    head = '<meta property="article:published_time" content="2012-05-06T10:00:00+05:30">'
    paper.publish("/old", story_page("पुरानी खबर", STORIES[0], head))
    paper.publish("/sitemap.xml", urlset([(paper.url("/old"), "")]), "application/xml")
    [found] = read(follow("/sitemap.xml", since=date(2020, 1, 1)))
    assert (type(found), found.reason) == (Skipped, "it is of 2012-05-06, and so older than wanted")


def index_of_months(paper: Newspaper, months: dict[str, tuple[int, ...]], *, dated: bool = True) -> None:
    for month, numbers in months.items():
        for number in numbers:
            paper.publish(f"/{month}/{number}", story(number))
        pages = urlset((paper.url(f"/{month}/{number}"), "") for number in numbers)
        paper.publish(f"/{month}.xml.gz", gzip.compress(pages.encode(), mtime=0), "application/gzip")
    listed = [(paper.url(f"/{month}.xml.gz"), f"{month}-20" if dated else "") for month in months]
    paper.publish("/index.xml", sitemapindex(listed), "application/xml")


def test_the_sitemaps_of_an_index_are_read_newest_first_and_the_archive_as_there_is_room(
    follow, paper, clock
) -> None:
    index_of_months(paper, {"2024-11": (1, 2), "2025-01": (3, 4), "2024-12": (5, 6)})
    source = follow("/index.xml", pages_per_check=2)
    checks = []
    for _ in range(4):
        read(source)
        checks.append(paper.asked_for())
        clock.advance(hours=1)
    assert [[path for path in check if path.endswith(".gz")] for check in checks] == [
        ["/2025-01.xml.gz"],
        ["/2024-12.xml.gz"],
        ["/2024-11.xml.gz"],
        [],
    ]
    fetched = {path for check in checks for path in check if path.rpartition("/")[2].isdigit()}
    assert len(fetched) == 6


def test_a_sitemap_that_its_index_says_is_unchanged_is_not_asked_for(follow, paper, clock) -> None:
    index_of_months(paper, {"2025-01": (1, 2), "2025-02": (3,)})
    source = follow("/index.xml")
    read(source)
    paper.asked_for()
    paper.publish("/2025-02/9", story(9))
    paper.publish(
        "/2025-02.xml.gz", gzip.compress(urlset([(paper.url("/2025-02/9"), "")]).encode()), "application/gzip"
    )
    listed = [(paper.url("/2025-01.xml.gz"), "2025-01-20"), (paper.url("/2025-02.xml.gz"), "2025-03-01")]
    paper.publish("/index.xml", sitemapindex(listed), "application/xml")
    clock.advance(hours=1)
    assert [item.title for item in read(source)] == ["खबर संख्या 9"]
    assert paper.asked_for() == ["/index.xml", "/2025-02.xml.gz", "/2025-02/9"]


def test_sitemaps_of_which_nothing_is_said_are_asked_for_the_seldomer_the_longer_they_stay(
    follow, paper, clock
) -> None:
    index_of_months(paper, {"2025-01": (1,)}, dated=False)
    source = follow("/index.xml", recheck_days=0)
    asked = 0
    for _ in range(24 * 10):
        read(source)
        clock.advance(hours=1)
        asked += paper.asked_for().count("/2025-01.xml.gz")
    assert 10 <= asked <= 24


def test_a_circle_of_indexes_ends(follow, paper, clock) -> None:
    paper.publish("/index.xml", sitemapindex([(paper.url("/other.xml"), "")]), "application/xml")
    paper.publish("/other.xml", sitemapindex([(paper.url("/index.xml"), "")]), "application/xml")
    assert read(follow("/index.xml")) == []
    assert paper.asked_for() == ["/index.xml", "/other.xml"]


def test_a_broken_sitemap_of_an_index_does_not_keep_the_others(follow, paper, clock) -> None:
    index_of_months(paper, {"2025-01": (1,), "2025-02": (2,)})
    paper.publish("/2025-02.xml.gz", b"\x1f\x8b broken", "application/gzip")
    found = read(follow("/index.xml"))
    assert [item.title for item in found if isinstance(item, Article)] == ["खबर संख्या 1"]
    assert [item.name for item in found if isinstance(item, Skipped)] == [paper.url("/2025-02.xml.gz")]


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("status", [404, 410])
def test_a_sitemap_that_stays_missing_is_told_of_once_and_asked_for_ever_more_seldom(
    follow, paper, clock, status, dated
) -> None:
    index_of_months(paper, {"2025-01": (1,), "2025-02": (2,)}, dated=dated)
    paper.answer("/2025-02.xml.gz", status)
    source = follow("/index.xml", recheck_days=0)
    told, asked = [], []
    for _ in range(24 * 7):
        told += [item.name for item in read(source) if isinstance(item, Skipped)]
        asked.append(paper.asked_for().count("/2025-02.xml.gz"))
        clock.advance(hours=1)
    assert told == [paper.url("/2025-02.xml.gz")]
    assert [hour for hour, times in enumerate(asked) if times] == [0, 2, 6, 14, 30, 54, 78, 102, 126, 150]

    paper.publish("/2025-02.xml.gz", urlset([(paper.url("/2025-02/2"), "")]), "application/xml")
    clock.advance(days=1)
    assert [item.title for item in read(source)] == ["खबर संख्या 2"]
    paper.answer("/2025-02.xml.gz", status)
    paper.publish(
        "/index.xml", sitemapindex([(paper.url("/2025-02.xml.gz"), "2025-06-01")]), "application/xml"
    )
    clock.advance(days=1)
    assert [type(item) for item in read(source)] == [Skipped]


def test_a_host_in_trouble_is_not_asked_for_all_sitemaps(follow, paper, clock) -> None:
    index_of_months(paper, {"2025-01": (1,), "2025-02": (2,)})
    for month in ("01", "02"):
        paper.answer(f"/2025-{month}.xml.gz", 500)
    source = follow("/index.xml")
    with pytest.raises(Unreachable):
        read(source)
    assert paper.asked_for() == ["/index.xml", "/2025-02.xml.gz"]


def test_addresses_of_other_sites_are_left_out_and_counted(follow, paper, clock) -> None:
    archive(paper, 1)
    pages = [(paper.url("/1"), ""), ("https://other.example/x", ""), ("https://other.example/y", "")]
    paper.publish("/sitemap.xml", urlset(pages), "application/xml")
    found = read(follow("/sitemap.xml"))
    assert [type(item) for item in found] == [Skipped, Article]
    assert found[0].reason == "2 addresses of other sites are left out"


def test_an_address_that_is_none_does_not_cost_the_others_of_its_sitemap(follow, paper, clock) -> None:
    archive(paper, 1)
    pages = [("http://[halb/x", ""), ("http://xn--a/", ""), (paper.url("/1"), "")]
    paper.publish("/sitemap.xml", urlset(pages), "application/xml")
    assert [type(item) for item in read(follow("/sitemap.xml"))] == [Skipped, Article]


def test_html_in_place_of_a_sitemap_keeps_everything(follow, paper, clock) -> None:
    archive(paper, 2)
    source = follow("/sitemap.xml")
    read(source)
    paper.publish("/sitemap.xml", story(1))
    clock.advance(hours=1)
    with pytest.raises(SourceError, match="an HTML page, not a sitemap"):
        read(source)


def test_an_article_that_moved_to_an_address_which_is_listed_too_is_one(follow, paper, server, clock) -> None:
    paper.publish("/2", story(2))
    paper.publish("/sitemap.xml", urlset([(paper.url("/2"), "2025-02-28")]), "application/xml")
    source = follow("/sitemap.xml")
    [old] = read(source)
    paper.publish("/2-naya", story(2))
    server.pages["/2"] = moved(301, "/2-naya")
    paper.publish("/sitemap.xml", urlset([(paper.url("/2-naya"), "2025-03-01")]), "application/xml")
    clock.advance(hours=1)
    [new] = read(source)
    assert new.url == paper.url("/2-naya")
    clock.advance(days=1)
    gone = [item for item in read(source) if isinstance(item, Retracted)]
    assert gone == [Retracted(old.id, f"{paper.url('/2')}: it is at {new.url} now, with another article")]
