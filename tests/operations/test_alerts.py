from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.settings import AlertSettings
from bot.watch.alerts import Alerts, wrong
from bot.watch.facts import Facts, ReloadFacts, SourceFacts

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
LIMITS = AlertSettings(source_failing_hours=24, disk_free_mb=500)
WELL = Facts(at=NOON, generation=None, disk_free_bytes=10**12)
HOUR = timedelta(hours=1)


def failing(location: str, since: datetime) -> SourceFacts:
    return SourceFacts(location, "feed", failing_since=since, error="404 Not Found")


def refused(at: datetime) -> ReloadFacts:
    return ReloadFacts(at, "refused", "the articles fell by 60 %")


@dataclass
class Chat:
    """What the operators' chat was told."""

    texts: list[str] = field(default_factory=list)
    is_reached: bool = True

    async def tell(self, text: str) -> bool:
        self.texts.append(text)
        return self.is_reached

    def new(self) -> list[str]:
        new, self.texts = self.texts, []
        return new


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def alerts(chat: Chat) -> Alerts:
    return Alerts(LIMITS, chat.tell)


def test_nothing_is_wrong_while_all_is_well():
    healthy = SourceFacts("https://a.example/feed", "feed", last_success=NOON - 30 * HOUR)
    published = ReloadFacts(NOON, "published", added=3)
    assert list(wrong(replace(WELL, sources=(healthy,), reloads=(published,)), LIMITS)) == []
    assert list(wrong(Facts(at=NOON, generation=None), LIMITS)) == [], "what isn't known isn't wrong"


@pytest.mark.parametrize(("hours", "is_wrong"), [(23.9, False), (24, True), (200, True)])
def test_a_source_may_fail_for_a_day(hours, is_wrong):
    facts = replace(WELL, sources=(failing("https://a.example/feed", NOON - hours * HOUR),))
    assert [alert.kind for alert in wrong(facts, LIMITS)] == ["source"] * is_wrong


@pytest.mark.parametrize(("free", "is_wrong"), [(500_000_000, False), (499_999_999, True), (0, True)])
def test_the_disk_may_fill_to_its_limit(free, is_wrong):
    assert [a.kind for a in wrong(replace(WELL, disk_free_bytes=free), LIMITS)] == ["disk"] * is_wrong


async def test_a_message_says_what_is_wrong(alerts, chat):
    sources = (failing("https://a.example/feed", NOON - 30 * HOUR), failing("/srv/news", NOON - 90 * HOUR))
    facts = replace(WELL, sources=sources, reloads=(refused(NOON),), disk_free_bytes=12_345_678)
    await alerts.check(facts)
    assert chat.new() == [
        "Sources that can't be read:\n"
        "• https://a.example/feed (since 2026-11-04 06:00 UTC): 404 Not Found\n"
        "• /srv/news (since 2026-11-01 18:00 UTC): 404 Not Found",
        "A reload was refused, the old articles go on answering: the articles fell by 60 %",
        "The disk of the data folder has 12 MB left, less than 500 MB (alerts.disk_free_mb)",
    ]


def died(at: datetime) -> ReloadFacts:
    return ReloadFacts(at, "died", "its process ended by signal 9")


async def test_reloads_that_die_are_told_with_how_many_did(alerts, chat):
    published = ReloadFacts(NOON - HOUR, "published", added=3)
    await alerts.check(replace(WELL, reloads=(died(NOON), published)))
    later = tuple(died(NOON + minutes * HOUR / 60) for minutes in (60, 40, 20, 0))
    for minutes in (20, 40, 60):
        at = NOON + minutes * HOUR / 60
        begun = tuple(each for each in later if each.finished <= at)
        await alerts.check(replace(WELL, at=at, reloads=(*begun, published)))
    await alerts.check(replace(WELL, at=NOON + 3 * HOUR, reloads=(published, *later)))
    assert chat.new() == [
        "A reload died, the old articles go on answering: its process ended by signal 9",
        "4 reloads in a row died, the old articles go on answering: its process ended by signal 9",
    ]


async def test_what_lasts_is_told_once_a_day(alerts, chat):
    facts = replace(WELL, disk_free_bytes=0)
    told = []
    for hour in range(72):
        await alerts.check(replace(facts, at=NOON + hour * HOUR))
        told += [hour for _ in chat.new()]
    assert told == [0, 24, 48]


async def test_news_of_a_kind_are_told_at_most_once_an_hour(alerts, chat):
    minutes = []
    for minute in range(0, 240, 10):
        now = NOON + timedelta(minutes=minute)
        await alerts.check(replace(WELL, at=now, reloads=(refused(now),)))
        minutes += [minute for _ in chat.new()]
    assert minutes == [0, 60, 120, 180]


async def test_kinds_dont_wait_for_each_other(alerts, chat):
    await alerts.check(replace(WELL, disk_free_bytes=0))
    await alerts.check(replace(WELL, at=NOON + timedelta(minutes=1), reloads=(refused(NOON),)))
    assert len(chat.new()) == 2


async def test_another_source_is_news_after_the_hour(alerts, chat):
    one = failing("https://a.example/feed", NOON - 30 * HOUR)
    other = failing("https://b.example/feed", NOON - 30 * HOUR)
    await alerts.check(replace(WELL, sources=(one,)))
    assert len(chat.new()) == 1
    await alerts.check(replace(WELL, at=NOON + HOUR / 2, sources=(one, other)))
    assert chat.new() == []
    await alerts.check(replace(WELL, at=NOON + HOUR, sources=(one, other)))
    assert "https://b.example/feed" in chat.new()[0]


async def test_a_refused_reload_is_told_once(alerts, chat):
    for hour in range(60):
        await alerts.check(replace(WELL, at=NOON + hour * HOUR, reloads=(refused(NOON),)))
    assert len(chat.new()) == 1


async def test_a_clock_that_was_set_back_puts_nothing_off(alerts, chat):
    await alerts.check(replace(WELL, at=NOON + 9_000 * HOUR, disk_free_bytes=0))
    chat.new()
    await alerts.check(replace(WELL, disk_free_bytes=0))
    assert len(chat.new()) == 1


async def test_what_was_over_and_comes_again_is_news(alerts, chat):
    told = []
    for hour, free in enumerate((0, 10**12, 0, 0, 10**12, 0)):
        await alerts.check(replace(WELL, at=NOON + hour * HOUR, disk_free_bytes=free))
        told += [hour for _ in chat.new()]
    assert told == [0, 2, 5]


async def test_what_couldnt_be_delivered_is_told_again_after_an_hour(alerts, chat):
    minutes = []
    for minute in range(0, 240, 10):
        chat.is_reached = minute >= 50
        await alerts.check(replace(WELL, at=NOON + timedelta(minutes=minute), reloads=(refused(NOON),)))
        minutes += [minute for _ in chat.new()]
    assert minutes == [0, 60]
