"""A source folder that vanishes, before or while it is read: nothing changes, and the error names it."""

import shutil
from pathlib import Path

import pytest
from newsroom import MANGOES, TODAY, YESTERDAY, Newsroom, unheard

from knowledge.corpus.reload import reload
from knowledge.corpus.shelf import Shelf
from knowledge.corpus.store import Store
from knowledge.errors import SourceError
from knowledge.sources import source_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for article in TODAY:
        (folder / article.id).write_text(f"---\ntitle: {article.title}\n---\n{article.text}\n", "utf-8")
    return folder


def assert_as_before(data_dir: Path) -> None:
    assert Shelf(data_dir).open_served().articles == len(YESTERDAY)
    with Store.open(data_dir / "store.sqlite3") as store:
        assert len(store.articles()) == len(YESTERDAY)
        assert [line.result for line in store.history()] == ["failed", "published"]


def test_a_folder_is_read_while_it_is_there(data_dir: Path, folder: Path) -> None:
    reload([source_at(str(folder))], data_dir, progress=unheard)
    assert Shelf(data_dir).open_served().articles == len(TODAY)


def test_a_folder_that_is_gone(data_dir: Path, folder: Path) -> None:
    source = source_at(str(folder))
    shutil.rmtree(folder)
    with pytest.raises(SourceError, match=str(folder)):
        reload([source], data_dir, progress=unheard)
    assert_as_before(data_dir)


def test_a_folder_that_is_gone_keeps_its_articles_while_others_are_read(data_dir: Path, folder: Path) -> None:
    source = source_at(str(folder))
    reload([source], data_dir, progress=unheard)
    shutil.rmtree(folder)
    report = reload([Newsroom((MANGOES,)), source], data_dir, progress=unheard)
    assert (report.added, report.removed) == (1, 0)
    assert [(failed.name, str(folder) in failed.reason) for failed in report.failed] == [(source.name, True)]
    assert Shelf(data_dir).open_served().articles == len(TODAY) + 1


def test_a_folder_that_vanishes_while_it_is_read(data_dir: Path, folder: Path) -> None:
    def vanish(phase: str, done: int, total: int | None) -> None:
        if (phase, done) == ("reading", 2):
            shutil.rmtree(folder)

    with pytest.raises(SourceError, match=f"{folder}: .*vanished"):
        reload([source_at(str(folder))], data_dir, progress=vanish)
    assert_as_before(data_dir)


def test_a_folder_that_is_empty_since_its_disk_is_not_mounted(data_dir: Path, folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    with pytest.raises(SourceError, match=f"{folder}: nothing to publish"):
        reload([source_at(str(folder))], data_dir, progress=unheard)
    assert_as_before(data_dir)
