"""What a folder source gives, for its tests."""

from pathlib import Path

from knowledge.articles import Article
from knowledge.sources import FolderSource, Skipped

STORY = "शिवपुर में शनिवार को नया पुल खुल गया। पुल पर 84 करोड़ रुपये खर्च हुए।"


def read(folder: Path) -> list[Article | Skipped]:
    return list(FolderSource(folder).read())


def articles(folder: Path) -> list[Article]:
    return [item for item in read(folder) if isinstance(item, Article)]


def skipped(folder: Path) -> list[tuple[str, str]]:
    return [(item.name, item.reason) for item in read(folder) if isinstance(item, Skipped)]
