"""Restore: a backup in the place of what a data folder holds, which is kept aside until all is in place.

<data_dir>/.restoring-.../    what the backup holds, being unpacked and checked
<data_dir>/before-restore/    what is being replaced; where it still stands later, the restore was interrupted
"""

import gzip
import logging
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

from bot.backup import DATABASES, GENERATION, SETTINGS, BackupError, explained
from bot.instance import LOCK_FILE, only_instance
from bot.questions import log
from knowledge.corpus.disk import sync
from knowledge.corpus.generation import verified_manifest
from knowledge.corpus.reload import LOCK, STORE, locked
from knowledge.corpus.schema import MIGRATIONS
from knowledge.corpus.shelf import POINTER, Shelf
from knowledge.errors import CorruptGeneration, NoGeneration, OutdatedGeneration

_log = logging.getLogger(__name__)

ASIDE = "before-restore"
_UNPACKING = ".restoring-"
_STEPS = {STORE: len(MIGRATIONS), log.FILE: len(log.MIGRATIONS)}
_LOGS = ("-wal", "-shm")
_REPLACED = (*(name + log for name in DATABASES for log in (*_LOGS, "")), SETTINGS, POINTER)
"""A database's log before the database: it would else be played into the one that takes its place."""
_PIECE_BYTES = 1 << 20
_NAMED = 5


def restore(file: Path, data_dir: Path, *, force: bool = False) -> str | None:
    """The id of the generation that `data_dir` serves again, as it was when `file` was written.

    None where another version of Khabar built it: all else is in place, and a reload builds it anew.

    Everything is unpacked and checked beside what is there before anything is replaced. What is replaced
    is kept until all is in place: whatever goes wrong, it is put back. The settings are not put in force:
    they come to lie in the data folder as `settings.toml`.

    Args:
        file: what `backup` wrote.
        data_dir: made when absent.
        force: replace what is there; without it, the folder must be empty.

    Raises:
        BackupError: `file` is no backup, or damaged, or of a newer Khabar, or the folder isn't empty.
        AlreadyRunning, ReloadInProgress: a bot or a reload is at work in `data_dir`.
    """
    if not file.exists():
        raise BackupError(f"{file}: there is no such file")
    if not force:
        _refuse_to_replace(data_dir)
    with only_instance(data_dir), locked(data_dir / LOCK), explained(file, data_dir):
        _undo(data_dir)
        with tempfile.TemporaryDirectory(dir=data_dir, prefix=_UNPACKING) as folder:
            _unpack(file, Path(folder))
            is_readable = _is_readable(Path(folder, GENERATION))
            generation = _put_in_place(Path(folder), data_dir)
        return generation if is_readable else None


def undo_interrupted(data_dir: Path) -> None:
    """Puts back what a restore was replacing when it was killed; before anything else is written there.

    Raises:
        ReloadInProgress: a restore is still at work, or a reload.
    """
    if (data_dir / ASIDE).exists():
        with locked(data_dir / LOCK):
            _undo(data_dir)


def _undo(data_dir: Path) -> None:
    _put_back(data_dir)
    for abandoned in data_dir.glob(f"{_UNPACKING}*"):
        shutil.rmtree(abandoned, ignore_errors=True)  # as one of root's; it is in nobody's way


def _refuse_to_replace(data_dir: Path) -> None:
    own = (LOCK_FILE, LOCK)
    found = sorted(each.name for each in data_dir.iterdir()) if data_dir.exists() else []
    found = [name for name in found if name not in own and not name.startswith(_UNPACKING)]
    if found:
        more = ", …" if len(found) > _NAMED else ""
        raise BackupError(
            f"{data_dir}: there is something already: {_served(data_dir)}{', '.join(found[:_NAMED])}{more}."
            " Add --force to replace it, or restore to another folder with --data-dir"
        )


def _served(data_dir: Path) -> str:
    try:
        served = Shelf(data_dir).open_served()
    except NoGeneration:
        return ""
    except CorruptGeneration:
        return "generations that can't be read, "
    built = f"{served.built_at.astimezone():%Y-%m-%d %H:%M}"
    return f"generation {served.id} (built {built}, articles: {served.articles:,}), "


def _unpack(file: Path, folder: Path) -> None:
    """The backup's files in `folder`, each found to be whole, and on the disk."""
    Path(folder, GENERATION).mkdir()
    with gzip.open(file) as packed, tarfile.open(fileobj=packed) as archive:
        for member in archive:
            if not member.isdir():
                _extract(archive, member, folder)
        while packed.read(_PIECE_BYTES):  # to the end, where the checksum of all of it stands
            pass
    for name in _unpacked(folder):
        if name in DATABASES:
            _check(Path(folder, name))
        sync(folder / name)


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    place = folder / _place(member.name)
    source = archive.extractfile(member) if member.isfile() else None
    if source is None:  # what a link or a device stands for isn't in the backup
        raise BackupError(f"{member.name} in it is no file")
    with source, place.open("wb") as target:
        shutil.copyfileobj(source, target)


def _place(name: str) -> PurePosixPath:
    """The name of a file in a backup, which can't lead anywhere else."""
    place = PurePosixPath(name)
    inside = len(place.parts) == 2 and place.parts[0] == GENERATION and place.parts[1] not in {"..", "/"}
    if "\0" in name or (not inside and name not in (*DATABASES, SETTINGS)):
        raise BackupError(f"it holds {name!r}, which no backup of Khabar does")
    return place


def _check(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        steps = connection.execute("PRAGMA user_version").fetchone()[0]
    if found != "ok":
        raise BackupError(f"{database.name} in it is damaged: {found}")
    if steps > _STEPS[database.name]:
        raise BackupError(f"{database.name} in it was written by a newer Khabar: upgrade Khabar first")


def _is_readable(generation: Path) -> bool:
    """Whether this version of Khabar can serve the generation, or must build it anew.

    Raises:
        CorruptGeneration: it could, but the generation isn't whole.
    """
    try:
        verified_manifest(generation)
    except OutdatedGeneration:
        return False
    return True


def _unpacked(folder: Path) -> Iterator[str]:
    yield from (name for name in (*DATABASES, SETTINGS) if Path(folder, name).exists())


def _put_in_place(folder: Path, data_dir: Path) -> str:
    shelf = Shelf(data_dir)
    building = shelf.new_folder()
    building.rmdir()
    shutil.move(Path(folder, GENERATION), building)  # maybe to another disk
    _set_aside(data_dir, folder)
    try:
        for name in _unpacked(folder):
            for log in _LOGS:
                (data_dir / f"{name}{log}").unlink(missing_ok=True)
            Path(folder, name).replace(data_dir / name)
        generation = shelf.publish(building)  # last: until then the old one is served
    except BaseException:
        _put_back(data_dir)
        raise
    _let_go(data_dir, folder)
    return generation


def _set_aside(data_dir: Path, folder: Path) -> None:
    """What is to be replaced stands under `ASIDE` as well, all of it at once."""
    aside = folder / ASIDE
    aside.mkdir()
    for name in _REPLACED:
        if (data_dir / name).exists():
            _double(data_dir / name, aside / name)
    sync(aside)
    aside.rename(data_dir / ASIDE)
    sync(data_dir)


def _put_back(data_dir: Path) -> None:
    """Undoes a restore that didn't come to its end; any number of times, until it is undone."""
    aside = data_dir / ASIDE
    if not aside.exists():
        return
    for name in _REPLACED:
        if (aside / name).exists():
            again = data_dir / f"{name}.again"
            again.unlink(missing_ok=True)
            _double(aside / name, again)
            again.replace(data_dir / name)
        else:
            (data_dir / name).unlink(missing_ok=True)
    sync(data_dir)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=_UNPACKING) as folder:
        _let_go(data_dir, Path(folder))
    _log.warning("%s: a restore was interrupted; what was there before is back", data_dir)


def _let_go(data_dir: Path, folder: Path) -> None:
    """What is aside is of no use any more; it goes all at once, into a folder that is deleted next."""
    (data_dir / ASIDE).rename(folder / ASIDE)
    sync(data_dir)


def _double(file: Path, other: Path) -> None:
    """The same content under another name, without a copy where the file system can."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copy2(file, other)
        sync(other)
