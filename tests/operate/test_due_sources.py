"""Which sources are read when: reloads of what is due, on a clock that a test puts forward."""

from datetime import datetime, timedelta

import pytest
from clocks import START, ManualClock

from bot.commands.options import reload_from
from bot.corpus.desk import Desk, Target
from bot.corpus.sources import Sources
from bot.settings import Settings
from knowledge.corpus.reload import reload
from knowledge.errors import GenerationError, RefusedGeneration, SourceError


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


def unheard(*_: object) -> None:
    pass


def read(settings: Settings, clock: ManualClock, *, due: bool = False) -> list[str]:
    """The folders that a reload reads."""
    with Sources.open(settings, clock) as sources:
        to_read = sources.to_read(sources.all(), due=due)
        report = reload(to_read, settings.data_dir, progress=unheard)
        sources.have_read(to_read, {failed.name: failed.reason for failed in report.failed})
    return [source.name.rpartition("/")[2] for source in to_read if source.whole]


def is_due(settings: Settings, clock: ManualClock) -> bool:
    return Desk(settings, clock).is_due()


def held_since(settings: Settings) -> datetime | None:
    with Sources.open(settings) as sources:
        return sources.wishes.wished("hold")


@pytest.fixture
def settings(newsroom) -> Settings:
    """Two folders, one of them read each two hours."""
    archive = newsroom.folder / "archive"
    archive.mkdir()
    (archive / "purana.txt").write_text(
        "पचास साल पहले इसी दिन सोनपुर में पहली रेलगाड़ी आई थी। स्टेशन पर मेला लग गया था।", "utf-8"
    )
    newsroom.config.write_text(
        'data_dir = "data"\n[corpus]\nsources = ["news/", {location = "archive", every_minutes = 120}]\n',
        "utf-8",
    )
    return newsroom.settings


def test_a_folder_is_due_when_its_minutes_are_over(settings, clock):
    assert is_due(settings, clock)
    assert read(settings, clock, due=True) == ["news", "archive"]
    clock.advance(minutes=9)
    assert not is_due(settings, clock)
    clock.advance(minutes=1)
    assert read(settings, clock, due=True) == ["news"]
    clock.advance(minutes=110)
    assert read(settings, clock, due=True) == ["news", "archive"]


def test_what_is_not_due_stays_as_it_is(newsroom, settings, clock):
    read(settings, clock)
    (newsroom.folder / "archive" / "purana.txt").unlink()
    (newsroom.news / "mela.md").unlink()
    clock.advance(minutes=15)
    read(settings, clock, due=True)
    with Sources.open(settings, clock) as sources:
        assert sources.wishes.article("purana.txt")
        assert sources.wishes.article("mela.md") is None


def test_a_clock_that_was_wrong_puts_nothing_off(settings, clock):
    clock.advance(days=400)
    read(settings, clock)
    clock.advance(days=-400)
    assert is_due(settings, clock)


def test_a_folder_that_fails_is_tried_again_later_and_later(newsroom, settings, clock):
    read(settings, clock)
    newsroom.news.rename(newsroom.folder / "elsewhere")
    clock.advance(minutes=10)
    for wait_minutes in (20, 40):
        read(settings, clock, due=True)
        with Sources.open(settings, clock) as sources:
            state = sources.memory.source(str(newsroom.news))
        assert "news" in state.error
        assert state.next_check_at == clock.now() + timedelta(minutes=wait_minutes)
        assert state.succeeded_at == START
        clock.advance(minutes=wait_minutes)
    (newsroom.folder / "elsewhere").rename(newsroom.news)
    read(settings, clock, due=True)
    with Sources.open(settings, clock) as sources:
        assert sources.memory.source(str(newsroom.news)).error is None


def test_after_a_rollback_only_an_operators_reload_goes_forward(newsroom, settings):
    clock = ManualClock(START)
    reload_from(settings, unheard)
    newsroom.write("metro.md", "सूरजपुर में मेट्रो रेल अगले साल मार्च में चलेगी।")
    last = reload_from(settings, unheard)
    desk = Desk(settings, clock)
    assert desk.roll_back() != last.generation
    assert held_since(settings) == START
    clock.advance(days=2)
    assert not desk.is_due()
    assert reload_from(settings, unheard, due=True) is None
    assert desk.served() != last.generation
    reload_from(settings, unheard)
    assert held_since(settings) is None


def test_a_reload_that_runs_during_a_rollback_does_not_undo_it(newsroom, settings):
    first = reload_from(settings, unheard)
    newsroom.write("metro.md", "सूरजपुर में मेट्रो रेल अगले साल मार्च में चलेगी।")
    reload_from(settings, unheard)
    newsroom.write("metro.md", "सूरजपुर में मेट्रो रेल अगले साल अप्रैल में चलेगी।")
    desk = Desk(settings, ManualClock(START))

    def roll_back(phase: str, done: int, _: int | None) -> None:
        if (phase, done) == ("checking", 0):
            assert desk.roll_back() == first.generation

    with pytest.raises(RefusedGeneration, match="rolled back meanwhile"):
        reload_from(settings, roll_back)
    assert desk.served() == first.generation
    assert not desk.is_due()
    assert reload_from(settings, unheard).published
    assert held_since(settings) is None


def test_without_a_generation_before_nothing_is_held(settings, clock):
    reload_from(settings, unheard)
    desk = Desk(settings, clock)
    with pytest.raises(GenerationError):
        desk.roll_back()
    assert held_since(settings) is None


def test_what_was_wished_during_a_reload_is_done_by_the_next(settings, clock):
    with Sources.open(settings, clock) as sources:
        wishes = sources.wishes
        wishes.wish("reload", clock.now())
        before = wishes.open_wishes()
        clock.advance(seconds=1)
        wishes.wish("reload", clock.now())
        wishes.fulfil(before)
        assert wishes.wished("reload") == clock.now()
        wishes.fulfil(wishes.open_wishes())
        assert wishes.wished("reload") is None


def test_a_ban_is_on_the_id_and_on_the_address(newsroom, settings, clock):
    reload_from(settings, unheard)
    desk = Desk(settings, clock)
    assert desk.target("https://news.example/kuan/?utm_source=app") == Target("article", "kuan.md", "kuan")
    desk.remove(desk.target("kuan.md"))
    assert desk.is_due()
    assert reload_from(settings, unheard, due=True).removed == 1
    newsroom.write("kuan.md", "गाँव रामपुर का कुआँ अब सत्तर फुट गहरा है। पानी मीठा निकला है और लोग ख़ुश हैं।")
    assert reload_from(settings, unheard).added == 0
    assert desk.add("https://news.example/kuan") is None
    assert reload_from(settings, unheard, due=True).added == 1


def test_numbers_go_by_the_list_and_sources_of_the_settings_are_told_apart(newsroom, settings, clock):
    desk = Desk(settings, clock)
    with Sources.open(settings, clock) as sources:
        sources.wishes.add("https://news.example/feed", "feed", clock.now())
        assert [each.location for each in sources.all()] == [
            str(newsroom.news), str(newsroom.folder / "archive"), "https://news.example/feed"
        ]  # fmt: skip
    assert desk.target("2").kind == "settings"
    assert desk.target("3") == Target("added", "https://news.example/feed", "https://news.example/feed")
    assert desk.target("0") is desk.target("4") is desk.target("nothing") is None
    desk.remove(desk.target("3"))
    assert desk.target("https://news.example/feed") is None


def test_the_only_folder_is_told_of_when_it_fails(newsroom):
    settings = newsroom.settings
    reload_from(settings, unheard)
    newsroom.news.rename(newsroom.folder / "elsewhere")
    with pytest.raises(SourceError):
        reload_from(settings, unheard)
    with Sources.open(settings) as sources:
        state = sources.memory.source(str(newsroom.news))
    assert (state.failures, "can't read the folder" in (state.error or "")) == (1, True)
