"""kill -9 at every step of a reload that follows a feed: no article is lost, none is there twice."""

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from newspaper import Newspaper, item, story
from newsroom import unheard
from publisher.following import follow
from raw_server import RawServer

from knowledge.corpus.shelf import Shelf
from knowledge.library import Library

Program = Callable[..., "subprocess.Popen[str]"]
TIMEOUT_S = 600
NEXT = timedelta(days=1)
QUESTION = "देवपुर के स्कूल में बच्चों ने क्या बनाया?"
BEFORE, AFTER = ["खबर संख्या 0", "खबर संख्या 1"], ["खबर संख्या 0", "खबर संख्या 1: सुधार", "खबर संख्या 2"]


@pytest.fixture
def paper() -> Iterator[Newspaper]:
    with RawServer() as server:
        yield Newspaper(server)


def bring_out(paper: Newspaper, titles: list[str]) -> None:
    for number, title in enumerate(titles):
        page = story(number).replace(f"<h1>खबर संख्या {number}</h1>", f"<h1>{title}</h1>")
        paper.publish(f"/{number}", page.replace(f"<title>खबर संख्या {number}<", f"<title>{title}<"))
    paper.feed(item(paper.url(f"/{number}"), title) for number, title in enumerate(titles))


def served(data_dir: Path) -> list[str]:
    generation = Shelf(data_dir).open_served()
    return sorted(generation.article(number).title for number in range(generation.articles))


def test_killed_at_every_step(paper: Newspaper, tmp_path: Path, program: Program) -> None:
    feed, before, work = paper.url("/feed.xml"), tmp_path / "data", tmp_path / "work"
    bring_out(paper, BEFORE)
    follow(feed, before, unheard, -NEXT)
    bring_out(paper, AFTER)
    process = program("dying_reload.py", before, work, feed)
    printed, complaints = process.communicate(timeout=TIMEOUT_S)
    assert (process.returncode, complaints) == (0, "")
    steps = dict(line.split(" ", 1) for line in printed.splitlines()[:-1])
    assert sum("socket.connect" in what for what in steps.values()) == 4
    assert {"reading", "indexing", "checking", "publishing"} <= set(
        re.findall(r"progress \('(\w+)'", printed)
    )
    for step, what in steps.items():
        published = "('publishing', 1" in what
        assert served(work / step) == (AFTER if published else BEFORE), what
        report = follow(feed, work / step, unheard, NEXT)
        assert report.failed == (), what
        assert served(work / step) == AFTER, what
    answer = Library.open(work / step).ask(QUESTION)
    assert answer.hits[0].passage.article.url == paper.url("/2")
