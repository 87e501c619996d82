from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clocks import ManualClock
from newspaper import Newspaper, item, story
from plain_memory import PlainMemory
from raw_server import RawServer

from knowledge.corpus.schema import database
from knowledge.corpus.web_memory import SqliteWebMemory
from knowledge.sources.web.fetcher import Fetcher
from knowledge.sources.web.memory import WebMemory
from knowledge.sources.web.options import FollowOptions
from knowledge.sources.web.web_source import WebSource

Follow = Callable[..., WebSource]


@pytest.fixture
def paper(server: RawServer) -> Newspaper:
    return Newspaper(server)


@pytest.fixture(params=["plain", "sqlite"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WebMemory]:
    """Both memories must do: whatever is followed is followed with each."""
    if request.param == "plain":
        yield PlainMemory()
        return
    with database(tmp_path / "store.sqlite3") as connection:
        yield SqliteWebMemory(connection)


@pytest.fixture
def follow(paper: Newspaper, memory: WebMemory, fetcher: Fetcher, clock: ManualClock) -> Follow:
    """A source on the newspaper's server: the path, the kind, and options."""

    def make(path: str = "/feed.xml", kind: str | None = None, **options) -> WebSource:
        return WebSource(paper.url(path), kind, FollowOptions(**options), memory, fetcher, clock)

    return make


@pytest.fixture
def two_stories(paper: Newspaper) -> Newspaper:
    paper.publish("/a", story(1))
    paper.publish("/b", story(2))
    paper.feed([item("/a", "एक", guid="g1"), item("/b", "दो", guid="g2")])
    return paper
