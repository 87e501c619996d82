from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import small_news

from bot.questions.log import FILE, Asked, QuestionsLog
from bot.settings import CorpusSettings, Settings, SourceSettings
from bot.watch.facts import SourceFacts
from bot.watch.gathering import Gathering
from knowledge.corpus.reload import STORE
from knowledge.corpus.schema import database
from knowledge.corpus.web_memory import SqliteWebMemory
from knowledge.library import Library
from knowledge.sources.web.memory import SourceState

FEED = "https://news.example.com/feed"
NEW_FEED = "https://chaupal.example/feed"
NEWS = small_news.NEWSROOM.name


def asked(question: str, time: datetime, library: Library, took_ms: float) -> Asked:
    answer = library.ask(question)
    return Asked(
        time, question, answer.script, answer.answered, answer.unsure, answer.confidence, (), took_ms,
        answer.generation, "somebody", "private",
    )  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return small_news.library(tmp_path)


@pytest.fixture
def gathering(library: Library, tmp_path: Path) -> Gathering:
    sources = tuple(SourceSettings(location=location) for location in (NEWS, FEED, NEW_FEED))
    settings = Settings(data_dir=tmp_path, corpus=CorpusSettings(sources=sources))
    now = datetime.now(UTC)
    return Gathering(settings, library, lambda: now, since=now - timedelta(hours=3))


def test_what_is_served_and_how_it_came(gathering, library, tmp_path):
    facts = gathering.state()
    assert facts.generation is not None
    assert (facts.generation.id, facts.generation.articles) == (library.generation, 4)
    assert facts.generation.built is not None
    assert timedelta(0) <= facts.at - facts.generation.built < timedelta(minutes=10)
    assert facts.last_reload is not None
    assert (facts.last_reload.result, facts.last_reload.summary) == ("published", "4 added")
    small_news.publish(tmp_path, small_news.ALL[:3])
    assert [reload.summary for reload in gathering.state().reloads] == ["1 removed", "4 added"]


def test_sources_with_their_checks(gathering, tmp_path):
    success = gathering.now() - timedelta(hours=30)
    later = gathering.now() + timedelta(hours=2)
    with database(tmp_path / STORE) as connection:
        memory = SqliteWebMemory(connection)
        failing = SourceState("feed", succeeded_at=success, next_check_at=later, failures=4, error="503")
        memory.remember_source(FEED, failing)
        memory.remember_source(NEW_FEED, SourceState(failures=1, error="404"))
    news, feed, new_feed = gathering.everything().sources
    assert (news.kind, news.articles, sum(day.articles for day in news.days)) == ("folder", 4, 4)
    millisecond = timedelta(milliseconds=1)
    assert feed.failing_since is not None
    assert abs(feed.failing_since - success) < millisecond
    assert (feed.kind, feed.error, feed.articles) == ("feed", "503", 0)
    assert new_feed == SourceFacts(NEW_FEED, "web", 0, failing_since=gathering.since, error="404")


def test_what_people_asked(gathering, library, tmp_path):
    assert gathering.everything().latency is None, "nobody has asked yet"
    assert not (tmp_path / FILE).exists()
    metro = ("सूरजपुर में मेट्रो कब चलेगी?", "मेट्रो सूरजपुर में कब आएगी?")
    with QuestionsLog.open(tmp_path / FILE) as log:
        log.add(asked("चंपा नदी का पुल कितने दिन बंद रहेगा?", gathering.now(), library, took_ms=2.0))
        for number, question in enumerate(metro, 1):
            log.add(asked(question, gathering.now() - timedelta(days=number), library, took_ms=number * 4.0))
        log.add(asked("पुराना सवाल क्या था?", gathering.now() - timedelta(days=40), library, took_ms=1.0))
    facts = gathering.everything()
    assert sum(each.questions for each in facts.questions) == 3, "of the last 30 days"
    assert [each.outcome for each in facts.questions] == ["unanswered", "unanswered", "answered"]
    assert facts.topics[0].questions == 2
    assert "मेट्रो" in facts.topics[0].words
    assert facts.latency is not None
    assert (facts.latency.p50_ms, facts.latency.p95_ms, facts.latency.questions) == (2.0, 8.0, 4)
