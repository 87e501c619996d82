from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import program
import pytest
import small_news

from bot.web.standin import StandIn, serve_standin
from knowledge.corpus.reload import STORE
from knowledge.corpus.wishes import Wishes


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder that serves the small news, and that the schedule leaves alone."""
    small_news.publish(tmp_path / "data")
    with Wishes.open(tmp_path / "data" / STORE) as wishes:
        wishes.wish("hold", datetime.now(UTC))
    return tmp_path / "data"


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with serve_standin(control_secret="wire") as standin:
        yield standin


@pytest.fixture
def run(data_dir: Path, tmp_path: Path) -> Callable[..., AbstractAsyncContextManager[program.Program]]:
    """Starts `khabar run` with these settings as environment variables."""
    return partial(program.khabar, "run", "--data-dir", str(data_dir), folder=tmp_path)
