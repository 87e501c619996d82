"""Writing settings files, and reading what they lead to."""

from pathlib import Path

import pytest

from bot.configuration import SettingsError, load
from bot.settings import Settings

TOKEN = "123456:" + "a" * 35


def locations(settings: Settings) -> list[str]:
    return [source.location for source in settings.corpus.sources]


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def refused(config: Path | None = None) -> str:
    with pytest.raises(SettingsError) as error:
        load(config)
    return str(error.value)
