"""What `khabar restore` finds, says and leaves behind."""

import io
import json
import os
import re
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom import BRIDGE, CHESS, RAIN, Newsroom, unheard

from bot.backup import BackupError, backup
from bot.cli import main
from bot.corpus.sources import Sources
from bot.restoring import restore, undo_interrupted
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


def rewritten(backup: Path, change: Callable[[tarfile.TarInfo, bytes], bytes | None]) -> None:
    """The backup again, each file of it with what `change` makes of its head and its content."""
    with tarfile.open(backup) as archive:
        members = [(each, archive.extractfile(each)) for each in archive]
        contents = [(each, file.read()) for each, file in members if file]
    with tarfile.open(backup, "w:gz") as archive:
        for member, content in contents:
            changed = change(member, content)
            member.size = len(changed or b"")
            archive.addfile(member, io.BytesIO(changed or b""))


def of_another_version(member: tarfile.TarInfo, content: bytes) -> bytes:
    if not member.name.endswith("manifest.json"):
        return content
    manifest = json.loads(content)
    return json.dumps(manifest | {"format": manifest["format"] - 1}).encode()


def test_an_index_of_another_version_is_built_anew_from_the_articles(
    saved: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewritten(saved, of_another_version)
    with pytest.raises(SystemExit) as restored:
        main(["restore", str(saved), "--data-dir", str(data_dir), "--force"])
    assert restored.value.code == 0
    assert "another version of Khabar built their index: run khabar reload" in capsys.readouterr().out
    assert stored(data_dir) == 2
    reload([Newsroom((BRIDGE, CHESS))], data_dir, progress=unheard)
    assert Library.open(data_dir).articles == 2


def as_a_link(member: tarfile.TarInfo, content: bytes) -> bytes | None:
    if member.name != STORE:
        return content
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return None


def as_a_device(member: tarfile.TarInfo, content: bytes) -> bytes | None:
    if member.name != STORE:
        return content
    member.type, member.devmajor, member.devminor = tarfile.CHRTYPE, 1, 5
    return None


def with_a_nul(member: tarfile.TarInfo, content: bytes) -> bytes:
    if member.name == STORE:
        member.pax_headers = {"path": "generation/a\0b"}
    return content


def of_a_newer_khabar(member: tarfile.TarInfo, content: bytes) -> bytes:
    if member.name != STORE:
        return content
    with closing(sqlite3.connect(":memory:")) as newer:
        newer.execute("PRAGMA user_version = 999")
        newer.execute("CREATE TABLE articles (id TEXT)")
        return newer.serialize()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (as_a_link, "store.sqlite3 in it is no file"),
        (as_a_device, "store.sqlite3 in it is no file"),
        (with_a_nul, r"it holds 'generation/a\\x00b', which no backup of Khabar does"),
        (of_a_newer_khabar, "store.sqlite3 in it was written by a newer Khabar: upgrade Khabar first"),
    ],
)
def test_what_no_backup_holds_is_refused_and_named(
    saved: Path,
    data_dir: Path,
    change: Callable[[tarfile.TarInfo, bytes], bytes | None],
    fault: str,
) -> None:
    rewritten(saved, change)
    with pytest.raises(BackupError, match=rf"khabar\.tar\.gz: {fault}"):
        restore(saved, data_dir, force=True)
    assert (Library.open(data_dir).articles, stored(data_dir)) == (1, 1)


def test_the_generations_may_lie_on_another_disk(saved: Path, data_dir: Path) -> None:
    memory = Path("/dev") / "shm"
    if not memory.is_dir() or memory.stat().st_dev == data_dir.stat().st_dev:
        pytest.skip("there is no second file system to try")
    with tempfile.TemporaryDirectory(dir=memory) as elsewhere:
        Path(elsewhere, "generations").symlink_to(data_dir / "generations")
        apart = Path(elsewhere)
        for name in ("current", STORE):
            (apart / name).write_bytes((data_dir / name).read_bytes())
        restore(saved, apart, force=True)
        assert (Library.open(apart).articles, stored(apart)) == (2, 2)


def killed_half_way(data_dir: Path) -> None:
    """What a restore leaves that was killed when the store was in place and the index wasn't."""
    aside, abandoned = data_dir / "before-restore", data_dir / ".restoring-killed"
    aside.mkdir()
    abandoned.mkdir()
    (abandoned / STORE).write_bytes((data_dir / STORE).read_bytes())
    for name in ("current", STORE):
        os.link(data_dir / name, aside / name)
    (abandoned / STORE).replace(data_dir / STORE)


def test_what_is_written_after_a_killed_restore_isnt_undone_with_it(data_dir: Path) -> None:
    killed_half_way(data_dir)
    with Sources.open(Settings(data_dir=data_dir)) as sources:
        sources.wishes.add("https://news.example/feed", "feed", datetime.now(UTC))

    undo_interrupted(data_dir)  # as the bot does when it starts

    with Sources.open(Settings(data_dir=data_dir)) as sources:
        assert sources.wishes.sources() == [("https://news.example/feed", "feed")]
    assert not {path.name for path in data_dir.iterdir()} & {"before-restore", ".restoring-killed"}
