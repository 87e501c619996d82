import errno
import gzip
import io
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from newsroom import BRIDGE, CHESS, RAIN, Newsroom, unheard
from pydantic import SecretStr

from bot.backup import SETTINGS, BackupError, backup, explained
from bot.configuration import load
from bot.errors import AlreadyRunning
from bot.instance import only_instance
from bot.restoring import restore
from bot.settings import CorpusSettings, Settings, SourceSettings, TelegramSettings
from knowledge.corpus.reload import STORE, reload
from knowledge.corpus.store import Store
from knowledge.errors import NoGeneration
from knowledge.library import Library

TOKEN = "123456:THIS-IS-NOT-SAVED"
QUESTION = "पुल की लंबाई कितनी है?"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    reload([Newsroom((BRIDGE, CHESS))], tmp_path / "data", progress=unheard)
    with closing(sqlite3.connect(tmp_path / "data" / "questions.sqlite3")) as questions:
        questions.execute("CREATE TABLE asked (text TEXT)")
        questions.execute("INSERT INTO asked VALUES (?)", (QUESTION,))
        questions.commit()
    return Settings(
        data_dir=tmp_path / "data",
        telegram=TelegramSettings(token=SecretStr(TOKEN), operators=(7, 8)),
        corpus=CorpusSettings(
            sources=(
                SourceSettings(location="/var/news"),
                SourceSettings(location="https://news.example/feed", kind="feed", every_minutes=5),
            )
        ),
    )


def test_a_new_folder_answers_as_the_old_one_did(settings: Settings, tmp_path: Path) -> None:
    before = Library.open(settings.data_dir).ask(QUESTION)
    backup(settings, tmp_path / "khabar.tar.gz")

    generation = restore(tmp_path / "khabar.tar.gz", tmp_path / "new")

    library = Library.open(tmp_path / "new")
    assert library.generation == generation
    assert before.answered
    assert [hit.passage for hit in library.ask(QUESTION).hits] == [hit.passage for hit in before.hits]
    with Store.open(tmp_path / "new" / STORE) as store:
        assert {article.id for article in store.articles()} == {BRIDGE.id, CHESS.id}
    with closing(sqlite3.connect(tmp_path / "new" / "questions.sqlite3")) as questions:
        assert questions.execute("SELECT text FROM asked").fetchall() == [(QUESTION,)]


def test_only_its_owner_reads_what_people_asked(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "khabar.tar.gz")

    assert (tmp_path / "khabar.tar.gz").stat().st_mode & 0o777 == 0o600


def test_the_settings_are_kept_without_secrets(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "khabar.tar.gz")
    restore(tmp_path / "khabar.tar.gz", tmp_path / "new")

    kept = load(tmp_path / "new" / SETTINGS)

    assert kept.corpus == settings.corpus
    assert kept.telegram.operators == (7, 8)
    assert kept.telegram.token is None
    with tarfile.open(tmp_path / "khabar.tar.gz") as archive:
        files = [archive.extractfile(member) for member in archive if member.isfile()]
        assert len(files) > 5
        assert not any(TOKEN.encode() in file.read() for file in files if file)


def test_what_came_after_the_backup_is_gone_once_it_is_restored(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "khabar.tar.gz")
    reload([Newsroom((BRIDGE, CHESS, RAIN))], settings.data_dir, progress=unheard)

    restore(tmp_path / "khabar.tar.gz", settings.data_dir, force=True)

    assert Library.open(settings.data_dir).articles == 2
    report = reload([Newsroom((BRIDGE, CHESS, RAIN))], settings.data_dir, progress=unheard)
    assert report.added == 1
    assert Library.open(settings.data_dir).articles == 3


def test_a_backup_is_taken_while_the_store_is_being_written(settings: Settings, tmp_path: Path) -> None:
    with Store.open(settings.data_dir / STORE) as store, store.transaction():
        backup(settings, tmp_path / "khabar.tar.gz")

    restore(tmp_path / "khabar.tar.gz", tmp_path / "new")
    assert Library.open(tmp_path / "new").articles == 2


def test_nothing_is_restored_under_a_running_bot(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "khabar.tar.gz")
    with only_instance(settings.data_dir), pytest.raises(AlreadyRunning):
        restore(tmp_path / "khabar.tar.gz", settings.data_dir, force=True)


def test_there_is_nothing_to_save_before_anything_is_published(tmp_path: Path) -> None:
    with pytest.raises(NoGeneration):
        backup(Settings(data_dir=tmp_path / "empty"), tmp_path / "khabar.tar.gz")
    assert not (tmp_path / "khabar.tar.gz").exists()


def test_a_folder_that_isnt_there_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"^/.*/gone: there is no such folder$"):
        backup(settings, tmp_path / "gone" / "khabar.tar.gz")


def test_a_damaged_store_is_named(settings: Settings, tmp_path: Path) -> None:
    (settings.data_dir / STORE).write_bytes(b"no database at all, but a text" * 99)
    with pytest.raises(BackupError, match=r"data/store\.sqlite3 can't be copied: file is not a database"):
        backup(settings, tmp_path / "khabar.tar.gz")
    assert not (tmp_path / "khabar.tar.gz").exists()


def test_what_has_no_room_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(BackupError, match=f"^{tmp_path}/data: No space left on device$"),
        explained(tmp_path / "khabar.tar.gz", tmp_path / "data"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")


def damaged(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def another_text(file: Path) -> None:
    file.write_text("यह कोई बैकअप नहीं है", "utf-8")


def leads_outside(file: Path) -> None:
    with tarfile.open(file, "w:gz") as archive:
        member = tarfile.TarInfo("../outside")
        member.size = 4
        archive.addfile(member, io.BytesIO(b"evil"))


def test_a_damaged_byte_is_noticed_wherever_it_is(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "khabar.tar.gz"
    backup(settings, file)
    whole = gzip.decompress(file.read_bytes())
    served = Library.open(settings.data_dir).generation
    for place in range(64, len(whole), len(whole) // 40):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        # with the checksum of the whole backup, so that nothing but it tells
        file.write_bytes(gzip.compress(changed)[:-8] + gzip.compress(whole)[-8:])
        with pytest.raises(BackupError, match=r"khabar\.tar\.gz"):
            restore(file, settings.data_dir, force=True)
    assert Library.open(settings.data_dir).generation == served


@pytest.mark.parametrize("spoil", [damaged, cut, another_text, leads_outside])
def test_what_is_no_whole_backup_changes_nothing(settings: Settings, tmp_path: Path, spoil) -> None:
    file = tmp_path / "khabar.tar.gz"
    backup(settings, file)
    spoil(file)
    served = Library.open(settings.data_dir).generation

    with pytest.raises(BackupError, match=r"khabar\.tar\.gz"):
        restore(file, settings.data_dir, force=True)

    assert Library.open(settings.data_dir).generation == served
    assert not [path for path in settings.data_dir.iterdir() if path.name.startswith(".restoring")]
    assert not (tmp_path / "outside").exists()
