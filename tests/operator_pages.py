"""The operators' pages over real HTTP, showing facts that a test can change."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx
from starlette.applications import Starlette

from bot.questions.log import DayCount
from bot.questions.topics import Topic
from bot.watch.facts import (
    DayArticles,
    Facts,
    GenerationFacts,
    LatencyFacts,
    ReloadFacts,
    ReloadProgress,
    ReloadResult,
    SourceFacts,
)
from bot.watch.hearing import Hearing
from bot.watch.metrics import Metrics
from bot.web.operations import health
from bot.web.operations.access import Access, Attempts
from bot.web.operations.dashboard import Dashboard
from bot.web.server import running, server_of, theme
from knowledge.errors import KhabarError

TOKEN = "sampadak-ka-raaz-2026"
NOW = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
TODAY = NOW.astimezone().date()  # days are those of the machine
GENERATION = GenerationFacts(
    "20261105T093000.000Z-a1b2", built=NOW - timedelta(hours=2, minutes=30), articles=12_480, passages=58_113
)


@dataclass
class Clock:
    """Seconds that pass only when a test lets them."""

    seconds: float = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Reloading:
    """Reloads that a test carries out by hand."""

    now: ReloadProgress | None = None
    started: list[bool] = field(default_factory=list)

    def start(self, *, force: bool) -> bool:
        if self.now:
            return False
        self.started.append(force)
        self.now = ReloadProgress("reading")
        return True

    def progress(self) -> ReloadProgress | None:
        return self.now


@dataclass
class Operations:
    """The running pages, and all that they show."""

    origin: str
    http: httpx.AsyncClient
    clock: Clock
    hearing: Hearing
    metrics: Metrics
    reloading: Reloading
    facts: Facts
    trouble: KhabarError | None = None
    meanwhile: Callable[[], None] = lambda: None
    """What happens when the facts have been read."""

    def now(self) -> Facts:
        if self.trouble:
            raise self.trouble
        facts = self.facts
        self.meanwhile()
        return facts

    def end_reload(self, result: ReloadResult, summary: str) -> None:
        """Ends the reload that runs, just now."""
        ended = ReloadFacts(datetime.now(UTC), result, summary)
        self.facts = replace(self.facts, reloads=(ended, *self.facts.reloads))
        self.reloading.now = None

    async def log_in(self) -> httpx.Response:
        return await self.http.post("/operate/login", data={"token": TOKEN})


def busy_facts() -> Facts:
    """A newsroom in full swing: five sources, one of them failing; a month of questions."""
    chance = random.Random(7)
    days = [TODAY - timedelta(days=ago) for ago in range(30)]
    shares = (("devanagari", 60), ("latin", 38), ("mixed", 9), ("other", 3))
    questions = tuple(
        DayCount(day, script, outcome, max(0, int(chance.gauss(share * weight, share / 5))))
        for day in days
        for script, share in shares
        for outcome, weight in (("answered", 0.7), ("unsure", 0.1), ("unanswered", 0.2))
    )
    return Facts(
        at=NOW,
        generation=GENERATION,
        sources=(
            _source("https://samachar.example/rss/all.xml", "feed", chance, 4_120, minutes=15),
            _source("https://samachar.example/sitemap.xml", "sitemap", chance, 7_930, minutes=60),
            SourceFacts(
                "https://chaupal.example/feed",
                "feed",
                articles=310,
                last_success=NOW - timedelta(hours=31),
                next_check=NOW + timedelta(hours=4),
                failing_since=NOW - timedelta(hours=30),
                error="https://chaupal.example/feed: the server answers 503 Service Unavailable",
            ),
            _source("https://samachar.example/chunav/2026", "page", chance, 1, minutes=60),
            _source("/srv/news/archive", "folder", chance, 119, minutes=10),
        ),
        questions=questions,
        topics=(
            Topic(("बोर्ड", "परीक्षा", "तारीख"), 41, 30, ("दसवीं की बोर्ड परीक्षा की तारीख कब आएगी?",), NOW),
            Topic(("पेट्रोल", "दाम"), 28, 21, ("aaj petrol ka daam kya hai",), NOW),
            Topic(("मेला", "बस"), 12, 9, ("मेले के लिए बसें कहाँ से चलेंगी?",), NOW),
            Topic(("जल", "कर"), 7, 5, ("जल कर कैसे जमा करें?",), NOW),
        ),
        latency=LatencyFacts(3.42, 11.8, 1_000),
        disk_free_bytes=52_300_000_000,
    )


def _source(location: str, kind: str, chance: random.Random, articles: int, minutes: int) -> SourceFacts:
    days = tuple(
        DayArticles(TODAY - timedelta(days=ago), max(0, int(chance.gauss(articles / 60, articles / 90))))
        for ago in range(30)
    )
    return SourceFacts(
        location,
        kind,
        articles,
        last_success=NOW - timedelta(minutes=minutes / 3),
        next_check=NOW + timedelta(minutes=minutes * 2 / 3),
        days=days,
    )


@asynccontextmanager
async def operator_pages() -> AsyncIterator[Operations]:
    """The pages, served as long as the context lasts."""
    clock, metrics, reloading = Clock(), Metrics(), Reloading()
    hearing = Hearing(clock, metrics.failed)
    shown = Operations("", httpx.AsyncClient(), clock, hearing, metrics, reloading, busy_facts())
    metrics.show(shown.now, lambda: hearing.silent_s)
    dashboard = Dashboard(Access(TOKEN, clock), Attempts(clock), shown.now, reloading)

    def generation() -> str | None:
        return shown.facts.generation.id if shown.facts.generation else None

    routes = [*health.routes(generation, hearing, metrics), *dashboard.routes(), theme()]
    async with (
        running(server_of(Starlette(routes=routes)), "127.0.0.1", 0) as origin,
        httpx.AsyncClient(base_url=origin, trust_env=False, timeout=60) as http,
    ):
        shown.origin, shown.http = origin, http
        yield shown
