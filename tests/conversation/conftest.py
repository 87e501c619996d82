from collections.abc import AsyncIterator

import pytest
import small_news
from bot_in_loop import running

from bot.web.standin import StandIn, serve_standin
from knowledge.library import Library


@pytest.fixture(autouse=True)
def _durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns of a change to come even where nothing reads the old form."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return small_news.library(tmp_path_factory.mktemp("served"))


@pytest.fixture
async def telegram(library: Library) -> AsyncIterator[StandIn]:
    """The stand-in, with the bot running against it."""
    async with serve_standin() as standin, running(library, standin):
        yield standin
