from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import small_news

from knowledge.library import Library

NOW = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return (self.time - NOW).total_seconds()

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that serves the small news."""
    folder = tmp_path_factory.mktemp("served")
    small_news.publish(folder)
    return folder


@pytest.fixture(scope="session")
def library(data_dir: Path) -> Library:
    return Library.open(data_dir)
