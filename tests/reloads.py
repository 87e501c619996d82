"""Reloads of a newsroom's sources, and what is served afterwards."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from newsroom import unheard

from knowledge.articles import Article
from knowledge.corpus.generation import Generation
from knowledge.corpus.reload import ReloadReport, reload
from knowledge.corpus.shelf import Shelf
from knowledge.corpus.store import Reload, Store
from knowledge.sources.source import Source


def reloaded(data_dir: Path, *sources: Source) -> ReloadReport:
    return reload(sources, data_dir, progress=unheard)


@contextmanager
def held_back(data_dir: Path) -> Iterator[None]:
    """Whoever reloads meanwhile waits, for some seconds, before the store is written."""
    with closing(sqlite3.connect(data_dir / "store.sqlite3", timeout=60, isolation_level=None)) as store:
        store.execute("BEGIN IMMEDIATE")
        yield


def of_an_earlier_version(generation: Path) -> None:
    """Makes the generation in this folder one that an earlier version of Khabar wrote."""
    manifest = generation / "manifest.json"
    manifest.write_text(re.sub(r'"format": \d+', '"format": 1', manifest.read_text("utf-8")), "utf-8")


def counts(report: ReloadReport) -> tuple[bool, int, int, int, int]:
    return report.published, report.added, report.changed, report.removed, report.unchanged


def titles(generation: Generation) -> list[str]:
    return sorted(generation.article(number).title for number in range(generation.articles))


def served(data_dir: Path) -> list[str]:
    return titles(Shelf(data_dir).open_served())


def titles_of(articles: tuple[Article, ...]) -> list[str]:
    return sorted(article.title for article in articles)


def history(data_dir: Path) -> list[Reload]:
    with Store.open(data_dir / "store.sqlite3") as store:
        return store.history()


def files(data_dir: Path) -> list[str]:
    return sorted(path.name for path in data_dir.iterdir()) + sorted(
        path.name for path in (data_dir / "generations").iterdir()
    )
