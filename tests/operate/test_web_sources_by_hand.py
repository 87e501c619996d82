"""Sources on the web that operators add and remove, on a newspaper's real server."""

import asyncio
import json
from collections.abc import Iterator, Mapping

import pytest
from newspaper import Newspaper, item, story
from raw_server import RawServer
from standin_client import PATIENCE_S, Json, Person
from typer.testing import CliRunner

from bot.commands.khabar import app
from bot.messages import catalogue

SAID = catalogue.load().hindi.operate


@pytest.fixture
def paper(newsroom) -> Iterator[Newspaper]:
    """A newspaper with a feed of three stories, which may be fetched from at any pace."""
    newsroom.config.write_text(
        newsroom.config.read_text("utf-8") + '[fetching]\ndelay_s = 0\nallowed_hosts = ["127.0.0.1"]\n',
        "utf-8",
    )
    with RawServer() as server:
        paper = Newspaper(server)
        for number in range(3):
            paper.publish(f"/khabar/{number}", story(number))
        paper.feed(item(paper.url(f"/khabar/{number}"), f"खबर संख्या {number}") for number in range(3))
        yield paper


def khabar(newsroom, *arguments: str) -> tuple[int, str]:
    """The exit code of a command, and what it printed."""
    ran = CliRunner().invoke(app, [*arguments, "--config", str(newsroom.config)])
    if ran.exception and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return ran.exit_code, ran.output


async def asked(person: Person, text: str, beginning: str) -> Json:
    """The reply that begins so; the message with the progress of a reload may come before."""
    reply = await person.ask(text)
    while not reply["text"].startswith(beginning):
        reply = await person.next_reply()
    return reply


async def reported(desk, person: Person) -> Mapping[str, int]:
    """What the reload did that follows what was just replied."""
    await person.next_reply()  # its progress: it has begun
    async with asyncio.timeout(PATIENCE_S):
        return (await desk.runner.ended()).report


async def test_a_feed_is_added_read_and_listed_in_telegram(paper, desk):
    feed = paper.url("/feed.xml")
    async with desk.operator() as radha:
        added = (await radha.ask(f"/add {feed}"))["text"]
        assert added == SAID.added.format(address=feed, kind=SAID.feed, entries=3, title="“नमूना फ़ीड”")
        assert paper.asked_for()[0] == "/feed.xml"
        report = await reported(desk, radha)
        assert (report["added"], report["unchanged"]) == (3, 6)
        listed = (await asked(radha, "/sources", "1. "))["text"]
        begin, _, _ = SAID.source.partition("{read}")
        assert begin.format(number=2, location=feed, kind=SAID.feed, articles=3) in listed
        await asked(radha, f"/add {feed}", SAID.trouble.format(reason=f"{feed}: it is followed already"))


async def test_a_feed_that_was_added_is_dropped_in_telegram(paper, desk):
    page = paper.url("/khabar/1")
    async with desk.operator() as radha:
        await radha.ask(f"/add {page}")
        assert (await reported(desk, radha))["added"] == 1
        question = await asked(radha, "/remove 2", SAID.remove_source)
        await radha.press(question, SAID.remove_yes)
        assert (await radha.next_reply())["text"] == SAID.source_removed.format(name=page)
        assert (await reported(desk, radha))["removed"] == 1
        assert page not in (await asked(radha, "/sources", "1. "))["text"]


def test_check_tells_what_is_at_an_address_and_writes_nothing(newsroom, paper):
    config = newsroom.config.read_text("utf-8")
    newsroom.config.write_text(config.replace('["news"]', f'["{paper.url("/feed.xml")}"]'), "utf-8")
    code, printed = khabar(newsroom, "check")
    assert code == 0
    assert f"{paper.url('/feed.xml')}: a feed “नमूना फ़ीड”, 3 entries" in printed
    assert paper.asked_for() == ["/feed.xml"]
    assert not newsroom.settings.data_dir.exists()


def test_check_tells_of_an_address_that_is_no_source(newsroom, paper):
    config = newsroom.config.read_text("utf-8")
    newsroom.config.write_text(config.replace('["news"]', f'["{paper.url("/none.xml")}", "news"]'), "utf-8")
    code, printed = khabar(newsroom, "check")
    assert code == 1
    assert "answered 404" in printed
    assert "news: 6 articles" in printed


def test_an_address_is_added_listed_and_removed_on_the_command_line(newsroom, paper):
    newsroom.publish()
    feed = paper.url("/feed.xml")
    code, printed = khabar(newsroom, "add", feed)
    assert (code, printed.startswith(f"{feed}: a feed “नमूना फ़ीड”, 3 entries. ")) == (0, True)
    assert khabar(newsroom, "reload", "--due")[0] == 0
    folder, followed = json.loads(khabar(newsroom, "sources", "--json")[1])
    assert (folder["number"], folder["kind"], followed["number"]) == (1, "folder", 2)
    assert (followed["source"], followed["kind"], followed["error"]) == (feed, "feed", None)
    assert json.loads(khabar(newsroom, "status", "--json")[1])["articles"] == 9
    assert khabar(newsroom, "remove", "2")[0] == 0
    refused = khabar(newsroom, "reload", "--due", "--progress", "json")[1].splitlines()[-1]
    assert json.loads(refused)["result"] == "refused", "a third of all articles would be gone"
    assert khabar(newsroom, "reload", "--force")[0] == 0
    assert json.loads(khabar(newsroom, "status", "--json")[1])["articles"] == 6


def test_a_source_given_by_hand_may_be_an_address(newsroom, paper):
    code, printed = khabar(newsroom, "reload", "--source", paper.url("/feed.xml"))
    assert code == 0
    assert "3 added" in printed


def test_what_fails_is_named_and_the_exit_is_1_though_the_rest_is_served(newsroom, paper):
    config = newsroom.config.read_text("utf-8")
    newsroom.config.write_text(config.replace('["news"]', f'["news", "{paper.url("/none.xml")}"]'), "utf-8")
    code, printed = khabar(newsroom, "reload")
    assert code == 1
    assert "6 added" in printed
    assert f"Failed: 1\n  {paper.url('/none.xml')} answered 404" in printed


@pytest.mark.parametrize("name", ["1", "9", "nobody"])
def test_what_cant_be_removed_is_told(newsroom, name):
    newsroom.publish()
    code, printed = khabar(newsroom, "remove", name)
    assert code == 1
    assert "corpus.sources" in printed if name == "1" else "neither a source nor an article" in printed


def articles_served(newsroom) -> int:
    return json.loads(khabar(newsroom, "status", "--json")[1])["articles"]


def test_other_sources_wait_while_one_is_read_by_hand(newsroom, paper):
    newsroom.publish()
    khabar(newsroom, "add", paper.url("/feed.xml"))
    khabar(newsroom, "reload")
    assert articles_served(newsroom) == 9
    assert khabar(newsroom, "reload", "--source", str(newsroom.news), "--force")[0] == 0
    assert articles_served(newsroom) == 6
    assert khabar(newsroom, "reload")[0] == 0
    assert articles_served(newsroom) == 9


def test_a_source_that_is_taken_out_of_the_settings_by_mistake_is_whole_when_it_is_back(newsroom, paper):
    config = newsroom.config.read_text("utf-8")
    written = config.replace('["news"]', f'["news", "{paper.url("/feed.xml")}"]')
    newsroom.config.write_text(written, "utf-8")
    newsroom.publish()
    assert articles_served(newsroom) == 9
    newsroom.config.write_text(config, "utf-8")
    assert khabar(newsroom, "reload", "--progress", "json")[0] == 1, "a third of all would be gone"
    paper.feed([])  # what it listed before is long out of the feed
    newsroom.config.write_text(written, "utf-8")
    assert khabar(newsroom, "reload")[0] == 0
    assert articles_served(newsroom) == 9


def test_a_source_that_was_let_go_is_read_anew_when_it_is_back(newsroom, paper):
    config = newsroom.config.read_text("utf-8")
    written = config.replace('["news"]', f'["news", "{paper.url("/feed.xml")}"]')
    newsroom.config.write_text(written, "utf-8")
    newsroom.publish()
    newsroom.config.write_text(config, "utf-8")
    assert khabar(newsroom, "reload", "--force")[0] == 0
    assert articles_served(newsroom) == 6
    newsroom.config.write_text(written, "utf-8")
    assert khabar(newsroom, "reload")[0] == 0
    assert articles_served(newsroom) == 9
