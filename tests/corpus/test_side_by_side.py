"""Sources of different hosts are read side by side, and it makes no difference to what is served."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from newsroom import BRIDGE, CHESS, LIBRARY, MANGOES, RAIN, YESTERDAY, Newsroom, unheard
from raw_server import PATIENCE_S
from reloads import counts, reloaded, served, titles_of

from knowledge.articles import Article
from knowledge.corpus.reload import reload
from knowledge.corpus.shelf import Shelf
from knowledge.errors import SourceError
from knowledge.sources.floor import Floor
from knowledge.sources.source import Item, Retracted, Skipped


@dataclass
class Distant:
    """Gives `items` when its host has answered: at once, or when `after` is set; then it sets `done`."""

    name: str
    items: tuple[Item | Exception, ...] = ()
    host: str = ""
    after: threading.Event | None = None
    done: threading.Event = field(default_factory=threading.Event)
    log: list[str] = field(default_factory=list)
    whole: bool = False

    def __post_init__(self) -> None:
        self.host = self.host or self.name

    def read(self) -> Iterator[Item]:
        return self.read_beside(Floor())

    def read_beside(self, floor: Floor) -> Iterator[Item]:
        self.log.append(f"{self.name} asks")
        with floor.left():
            assert self.after is None or self.after.wait(PATIENCE_S), "nobody else was read meanwhile"
        for item in self.items:
            if isinstance(item, Exception):
                self._end()
                raise item
            yield item
        self._end()

    def _end(self) -> None:
        self.log.append(f"{self.name} is done")
        self.done.set()


def in_turn(first: Distant, second: Distant) -> None:
    """Has the first be done before the second begins, in whatever order they are given to a reload."""
    second.after = first.done


def articles(data_dir: Path) -> list[Article]:
    generation = Shelf(data_dir).open_served()
    return list(map(generation.article, range(generation.articles)))


def test_a_slow_host_holds_up_no_other(tmp_path: Path) -> None:
    slow, quick = Distant("slow", (BRIDGE,)), Distant("quick", (CHESS,))
    in_turn(quick, slow)
    assert counts(reloaded(tmp_path, slow, quick)) == (True, 2, 0, 0, 0)
    assert served(tmp_path) == titles_of((BRIDGE, CHESS))


@pytest.mark.parametrize("backwards", [False, True])
def test_what_comes_of_it_is_the_same_in_whatever_order_they_are_done(
    tmp_path: Path, backwards: bool, caplog: pytest.LogCaptureFixture
) -> None:
    web = "https://sonpur.example/pul"
    bridge = replace(BRIDGE, url=web)
    one, other = [replace(bridge, title=title, text=f"{BRIDGE.text} {title}") for title in ("सुधार", "शुद्धि")]
    reloaded(tmp_path, Distant("one", (bridge,)), Distant("other", (bridge, MANGOES)))
    first = Distant("one", (Skipped("a", "1"), CHESS, one, Skipped("b", "2")))
    second = Distant("other", (Skipped("c", "3"), Retracted(MANGOES.id, "404"), LIBRARY, other))
    third = Distant("third", (RAIN, SourceError("third: 500")))
    order = [first, second, third][:: -1 if backwards else 1]
    in_turn(order[0], order[1])
    in_turn(order[1], order[2])
    report = reloaded(tmp_path, first, second, third)
    assert counts(report) == (True, 3, 1, 1, 0)
    assert [skipped.name for skipped in report.skipped] == ["a", "b", "c"]
    assert [failed.name for failed in report.failed] == ["third"]
    assert "third: 500; what it gave before stays" in caplog.text
    assert [duplicate.reason for duplicate in report.duplicates] == ["the same address"]
    assert articles(tmp_path) == sorted([CHESS, LIBRARY, RAIN, one], key=lambda article: article.id)
    reloaded(tmp_path, Distant("other"), Distant("one"), Distant("third"))
    assert other in articles(tmp_path)


def test_two_sources_of_one_host_are_read_one_after_the_other(tmp_path: Path) -> None:
    log: list[str] = []
    feed = Distant("feed", (BRIDGE,), "sonpur.example", log=log)
    sitemap = Distant("sitemap", (CHESS,), "sonpur.example", log=log)
    other = Distant("other", (LIBRARY,))
    in_turn(other, feed)
    assert reloaded(tmp_path, feed, sitemap, other).added == 3
    assert log == ["feed asks", "feed is done", "sitemap asks", "sitemap is done"]


def test_progress_counts_the_articles_of_all(tmp_path: Path) -> None:
    told: list[int] = []

    def tell(phase: str, done: int, total: int | None) -> None:
        if phase == "reading":
            told.append(done)

    sources = [Distant(f"{number}", (article,)) for number, article in enumerate(YESTERDAY)]
    reload([Newsroom((RAIN,)), *sources], tmp_path, progress=tell)
    assert told == sorted(told)
    assert told[-1] == len(YESTERDAY) + 1


@dataclass
class Endless(Distant):
    """Gives articles for as long as it is listened to."""

    def read_beside(self, floor: Floor) -> Iterator[Item]:
        while True:
            with floor.left():
                self.done.set()
            yield CHESS


def test_what_is_no_fault_of_a_source_ends_the_others_too(tmp_path: Path) -> None:
    endless, broken = Endless("endless"), Distant("broken", (MemoryError("no room"),))
    in_turn(endless, broken)
    with pytest.raises(MemoryError, match="no room"):
        reload([endless, broken], tmp_path, progress=unheard)


def test_when_all_fail_each_says_why(tmp_path: Path) -> None:
    sources = [Distant(name, (SourceError(f"{name}: 500"),)) for name in ("one", "other")]
    in_turn(sources[1], sources[0])
    with pytest.raises(SourceError, match="one: 500; other: 500"):
        reloaded(tmp_path, *sources)
