"""A month of following four papers: nothing lost, nothing twice, nobody asked too often."""

import signal
from collections import Counter
from collections.abc import Iterable
from itertools import product
from urllib.parse import unquote

import pytest
from month import expecting
from month.simulation import END, KILLED, Month, month
from publisher.month import HOUR

from knowledge.articles import Article

LAG = 42 * HOUR
"""A day until a page is looked at again, and the time that a server was out of order."""

LISTINGS = ("/rss.xml", "/sitemap.xml", "/atom.xml", "/feed.json", "/news.xml")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Month:
    with month(tmp_path_factory.mktemp("month")) as lived:
        lived.live()
    return lived


def words(articles: Iterable[Article]) -> expecting.Serving:
    return {unquote(article.url): (article.title, article.text) for article in articles}


def test_in_the_end_exactly_what_the_papers_have_is_served(lived: Month) -> None:
    expected = expecting.expected(lived.servers, END)
    served = lived.days[-1].articles
    assert Counter(place for article in served for place in expecting.places(article)) == Counter([*expected])
    assert {
        unquote(article.url): (article.title, article.text) for article in served
    }.items() <= expected.items()
    assert len(expected) > 450


def test_what_came_out_in_several_places_is_served_once_with_all_of_them(lived: Month) -> None:
    served = lived.days[-1].articles
    groups = {frozenset(expecting.places(article)) for article in served if article.copies}
    assert groups == expecting.copies_of_each_other(lived.servers, END)
    assert len(groups) > 10
    for article in served:
        assert all(article.published <= copy.published for copy in article.copies)


def test_on_every_day_what_is_old_enough_is_served_as_it_is_and_nothing_else(lived: Month) -> None:
    for day in lived.days:
        served = words(day.articles)
        places = Counter(place for article in day.articles for place in expecting.places(article))
        must = expecting.settled(lived.servers, day.at, LAG)
        may = expecting.possible(lived.servers, day.at, LAG)
        assert max(places.values()) == 1
        assert must.keys() <= places.keys()
        assert {place: must[place] for place in must.keys() & served.keys()}.items() <= served.items()
        assert {(place, *words) for place, words in served.items()} <= may
        assert places.keys() <= {place for place, *_ in may}


def test_no_request_breaks_robots_txt_or_the_pace(lived: Month) -> None:
    for server in lived.servers:
        assert len(server.visits) > 300
        assert expecting.broken_rules(server.visits) == []


def test_nobody_is_asked_before_the_time_that_was_asked_for(lived: Month) -> None:
    assert sum(visit.status == 429 for server in lived.servers for visit in server.visits) >= 2
    for server in lived.servers:
        assert expecting.too_soon(server.visits) == []


def test_every_poll_of_an_unchanged_listing_names_its_version_and_costs_no_body(lived: Month) -> None:
    unchanged = 0
    for server, path in product(lived.servers, LISTINGS):
        for held, poll in expecting.polls(server.visits, path):
            if any(held.at <= killing.end and killing.begin <= poll.at for killing in lived.killings):
                continue  # whoever was killed may have forgotten
            headers, version = poll.asked.headers, (poll.etag, poll.last_modified)
            said = (headers.get("if-none-match"), headers.get("if-modified-since"))
            assert said == (held.etag, held.last_modified)
            assert poll.status == (304 if said == version else 200)
            unchanged += said == version
    assert unchanged > 400


def test_articles_and_unchanged_passages_keep_their_ids(lived: Month) -> None:
    kept = changed = 0
    for before, after in zip(lived.days, lived.days[1:], strict=False):
        now = {unquote(article.url): article for article in after.articles}
        for article in before.articles:
            later = now.get(unquote(article.url))
            if later is None:
                continue
            assert later.id == article.id
            old, new = before.passages[article.id], after.passages[later.id]
            assert all(new[text] == old[text] for text in old.keys() & new.keys())
            if old != new:
                changed += 1
                kept += bool(old.keys() & new.keys())
    assert changed > 20
    assert kept > 20


def test_what_came_out_yesterday_answers_questions_today(lived: Month) -> None:
    assert len(lived.asked) > 150
    for asked in lived.asked:
        assert asked.answer.answered, asked.answer.question
        passage = asked.answer.hits[0].passage
        assert asked.words in passage.text
        assert asked.place in expecting.places(passage.article)


def test_the_processes_that_were_to_be_killed_were_killed(lived: Month) -> None:
    assert [killing.code for killing in lived.killings] == [-signal.SIGKILL] * len(KILLED)


def test_the_month_had_what_it_should(lived: Month) -> None:
    """Every kind of thing that befalls a paper has befallen one of these."""
    statuses = Counter(visit.status for server in lived.servers for visit in server.visits)
    assert {200, 301, 304, 404, 410, 429, 500} <= statuses.keys()
