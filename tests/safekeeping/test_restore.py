"""What `khabar restore` finds, says and leaves behind."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from newsroom import BRIDGE, CHESS, RAIN, Newsroom, unheard

from bot.backup import BackupError, backup
from bot.cli import main
from bot.restoring import restore
from bot.settings import Settings
from knowledge.corpus.reload import STORE, reload
from knowledge.corpus.store import Store
from knowledge.library import Library

OWN = {"current", "generations", "store.sqlite3", "settings.toml", "bot.lock", "reload.lock"}


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A backup of two articles."""
    reload([Newsroom((BRIDGE, CHESS))], tmp_path / "saved", progress=unheard)
    backup(Settings(data_dir=tmp_path / "saved"), tmp_path / "khabar.tar.gz")
    return tmp_path / "khabar.tar.gz"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder of one article, with a log of questions."""
    reload([Newsroom((RAIN,))], tmp_path / "data", progress=unheard)
    with closing(sqlite3.connect(tmp_path / "data" / "questions.sqlite3")) as questions:
        questions.execute("CREATE TABLE asked (text TEXT)")
    return tmp_path / "data"


def stored(data_dir: Path) -> int:
    with Store.open(data_dir / STORE) as store:
        return len(store.articles())


def test_what_is_there_is_named_and_not_replaced_without_force(saved: Path, data_dir: Path) -> None:
    before = sorted(data_dir.rglob("*"))
    generation = re.escape(Library.open(data_dir).generation)
    found = (
        rf"generation {generation} \(built \d{{4}}-\d\d-\d\d \d\d:\d\d, articles: 1\), "
        r"current, generations, questions\.sqlite3, store\.sqlite3\. Add --force"
    )
    with pytest.raises(BackupError, match=f"data: there is something already: {found}"):
        restore(saved, data_dir)
    assert sorted(data_dir.rglob("*")) == before
    assert (Library.open(data_dir).articles, stored(data_dir)) == (1, 1)


def test_what_isnt_khabars_is_not_replaced_either(saved: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for number in range(7):
        (home / f"chitthi-{number}.txt").write_text("प्रिय मीरा", "utf-8")
    with pytest.raises(BackupError, match=r"home: .*: chitthi-0\.txt, .*chitthi-4\.txt, …\. Add --force"):
        restore(saved, home)
    assert len(list(home.iterdir())) == 7


def test_with_force_all_of_it_is_replaced_and_nothing_else_is_left(saved: Path, data_dir: Path) -> None:
    restore(saved, data_dir, force=True)
    assert (Library.open(data_dir).articles, stored(data_dir)) == (2, 2)
    assert {path.name for path in data_dir.iterdir()} - {"questions.sqlite3"} == OWN


def test_a_damaged_store_is_replaced(saved: Path, data_dir: Path) -> None:
    for name in (STORE, f"{STORE}-wal"):
        (data_dir / name).write_bytes(b"no database at all, but a text")
    restore(saved, data_dir, force=True)
    assert (Library.open(data_dir).articles, stored(data_dir)) == (2, 2)


def test_where_it_cant_be_put_in_place_everything_is_as_before(saved: Path, data_dir: Path) -> None:
    (data_dir / "settings.toml-wal").mkdir()  # it comes last, and is no file that could be deleted
    with pytest.raises(BackupError, match=r"settings\.toml-wal: Is a directory"):
        restore(saved, data_dir, force=True)
    assert (Library.open(data_dir).articles, stored(data_dir)) == (1, 1)
    assert not (data_dir / "before-restore").exists()


def test_a_file_that_isnt_there_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"none\.tar\.gz: there is no such file"):
        restore(tmp_path / "none.tar.gz", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_command_refuses_and_with_force_says_what_is_served(
    saved: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["restore", str(saved), "--data-dir", str(data_dir)])
    assert refused.value.code == 1
    assert "Add --force" in capsys.readouterr().err
    with pytest.raises(SystemExit) as restored:
        main(["restore", str(saved), "--data-dir", str(data_dir), "--force"])
    assert restored.value.code == 0
    assert f"Serving generation {Library.open(data_dir).generation}. " in capsys.readouterr().out
