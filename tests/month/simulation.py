"""The month as it is lived through: a check every four hours, some of them killed, questions every day."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from month.expecting import address, readable, settled
from month.following import SharedClock, check, settings_of
from newsroom import unheard
from publisher.month import BEGIN, DAY, HOUR, PAPERS, QUIET_AFTER, moment
from publisher.server import PaperServer
from publisher.texts import story

from bot.corpus.sources import Sources
from bot.settings import Settings, SourceSettings
from knowledge.articles import Answer, Article
from knowledge.corpus.generation import Generation
from knowledge.corpus.shelf import Shelf
from knowledge.library import Library

HERE = Path(__file__).parent
TIMEOUT_S = 600

EVERY = 4 * HOUR
MINUTES = 230
"""How often a source is checked: at each of these times."""

END = QUIET_AFTER + 3 * DAY

KILLED = {
    moment(1, 8): ("asking", 3),
    moment(3, 4): ("reading", 2),
    moment(7, 8): ("indexing", 1),
    moment(10, 16): ("writing", 25),
    moment(13, 4): ("checking", 0),
    moment(16, 8): ("publishing", 0),
    moment(19, 4): ("publishing", 1),
    moment(24, 16): ("asking", 9),
}
"""At which check the process is killed: as it does what, after it has done that how often."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is served at a moment; by article its passages' ids, by their texts."""

    at: datetime
    generation: str
    articles: tuple[Article, ...]
    passages: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a piece that came out the day before, where that is, and what it says."""

    place: str
    words: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Killing:
    """A process that was to be killed: when it ran, at what, and how it ended."""

    begin: datetime
    end: datetime
    what: str
    code: int


@dataclass
class Month:
    """The papers, and how it went."""

    servers: list[PaperServer]
    clock: SharedClock
    settings: Settings
    days: list[Snapshot] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    killings: list[Killing] = field(default_factory=list)

    def live(self) -> None:
        """From the first day to the end."""
        library: Library | None = None
        for day in range((END - BEGIN) // DAY):
            with Sources.open(self.settings, self.clock) as sources:
                while self.clock.now() < moment(day + 1):
                    self._look(sources)
            library = library or Library.open(self.settings.data_dir)
            library.refresh()
            self._ask(library, day)
            self.days.append(snapshot(self.clock.now(), Shelf(self.settings.data_dir).open_served()))

    def _look(self, sources: Sources) -> None:
        begin = self.clock.now()
        for server in self.servers:
            server.keep_hours()
        if begin in KILLED:
            self._die(begin, *KILLED[begin])
        check(sources, self.settings, unheard)
        self.clock.put(begin + ((self.clock.now() - begin) // EVERY + 1) * EVERY)

    def _die(self, begin: datetime, what: str, count: int) -> None:
        said = self.settings.model_dump(mode="json", include={"data_dir", "corpus"})
        given = self.settings.data_dir.parent / "settings.json"
        given.write_text(json.dumps(said), "utf-8")
        process = subprocess.run(
            [sys.executable, HERE / "dying_check.py", self.clock.path, given, what, str(count)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (HERE.parents[1], HERE.parent)))},
            timeout=TIMEOUT_S,
        )
        self.killings.append(Killing(begin, self.clock.now(), what, process.returncode))
        self.clock.sleep(60)

    def _ask(self, library: Library, day: int) -> None:
        """About what came out the day before, and has stayed as it was."""
        now = self.clock.now()
        due = settled(self.servers, now, DAY)
        for server, piece in readable(self.servers):
            place = address(server, piece.versions[0])
            if moment(day - 1) <= piece.out_at < moment(day) and place in due:
                told = story(piece.story)
                self.asked.append(Asked(place, told.answer, library.ask(told.question)))


def snapshot(at: datetime, generation: Generation) -> Snapshot:
    passages: dict[str, dict[str, str]] = defaultdict(dict)
    for number in range(generation.passages):
        passage = generation.passage(number)
        passages[passage.article.id][passage.text] = passage.id
    articles = tuple(map(generation.article, range(generation.articles)))
    return Snapshot(at, generation.id, articles, passages)


@contextmanager
def month(folder: Path) -> Iterator[Month]:
    """The papers are out, and their readers ready, in an empty folder."""
    clock = SharedClock(folder / "clock", BEGIN)
    with ExitStack() as running:
        servers = [running.enter_context(PaperServer(paper=paper, now=clock.now)) for paper in PAPERS]
        prabhat, janpath, lokvani, gram = (server.base for server in servers)
        followed = (
            (f"{prabhat}/rss.xml", "feed"),
            (f"{prabhat}/sitemap.xml", "sitemap"),
            (f"{janpath}/atom.xml", None),
            (f"{lokvani}/feed.json", None),
            (f"{gram}/news.xml", "sitemap"),
        )
        sources = [
            SourceSettings(location=location, kind=kind, every_minutes=MINUTES, pages_per_check=40)
            for location, kind in followed
        ]
        yield Month(servers, clock, settings_of(folder / "data", sources))
