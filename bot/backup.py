"""Backup and restore: the databases, the served generation and the settings, in one compressed file.

settings.toml          the settings in force, without secrets
store.sqlite3          the articles, the state of the sources, the history of reloads
questions.sqlite3      the questions log
generation/...         the served generation
"""

import gzip
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, SecretStr

from bot.instance import only_instance
from bot.settings import Settings
from knowledge.corpus.generation import verified_manifest
from knowledge.corpus.reload import LOCK, STORE, locked
from knowledge.corpus.shelf import Shelf
from knowledge.errors import CorruptGeneration, KhabarError

SETTINGS = "settings.toml"
DATABASES = (STORE, "questions.sqlite3")
GENERATION = "generation"
PIECE_BYTES = 1 << 20
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)
TRIES = 3
"""A reload may delete the generation that is being copied, once it has published another two."""


class BackupError(KhabarError):
    """A backup can't be written, or what should be restored is none."""


def backup(settings: Settings, file: Path) -> None:
    """Write everything that makes up `settings.data_dir` into `file`; safe while the bot runs and reloads.

    The file appears whole or not at all.

    Raises:
        NoGeneration: nothing was published yet.
        BackupError: a file can't be read or written, or a database is damaged.
    """
    with _explained(file), tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        part = Path(folder, "backup")
        part.touch(0o600)  # it holds what people asked
        with tarfile.open(part, "w:gz", compresslevel=1) as archive:
            written = Path(folder, SETTINGS)
            written.write_text(as_toml(settings), "utf-8")
            archive.add(written, SETTINGS)
            for name in DATABASES:
                if (settings.data_dir / name).exists():
                    archive.add(_copied(settings.data_dir / name, Path(folder, name)), name)
            archive.add(_served(Shelf(settings.data_dir), Path(folder)), GENERATION)
        part.replace(file)


def restore(file: Path, data_dir: Path) -> str:
    """The id of the generation that `data_dir` serves again, as it was when `file` was written.

    Everything is unpacked and checked beside what is there before anything is replaced. The settings
    are not put in force: they come to lie in the data folder as `settings.toml`.

    Raises:
        BackupError: `file` is no backup, or damaged.
        AlreadyRunning, ReloadInProgress: a bot or a reload is at work in `data_dir`.
    """
    with only_instance(data_dir), locked(data_dir / LOCK), _explained(file):
        shelf = Shelf(data_dir)
        with tempfile.TemporaryDirectory(dir=data_dir, prefix=".restoring-") as folder:
            _unpack(file, Path(folder))
            building = shelf.new_folder()
            Path(folder, GENERATION).replace(building)
            for name in (*DATABASES, SETTINGS):
                if Path(folder, name).exists():
                    _replace(Path(folder, name), data_dir / name)
        return shelf.publish(building)


def as_toml(settings: Settings) -> str:
    """The settings as a settings file, without the secrets and without what has no value."""
    top = {name: value for name, value in settings if not isinstance(value, BaseModel)}
    lines = list(_lines(top))
    for name, section in settings:
        if isinstance(section, BaseModel):
            lines += ["", f"[{name}]", *_lines(dict(section))]
    return "\n".join(lines) + "\n"


def _lines(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        if value is not None and not isinstance(value, SecretStr):
            yield f"{name} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, BaseModel):
        return f"{{{', '.join(_lines(dict(value)))}}}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(
        value if isinstance(value, bool | int | float | str) else str(value), ensure_ascii=False
    )


def _copied(database: Path, copy: Path) -> Path:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _served(shelf: Shelf, folder: Path) -> Path:
    for _ in range(TRIES):
        copy = Path(tempfile.mkdtemp(dir=folder))
        try:
            shutil.copytree(shelf.open_served().folder, copy, dirs_exist_ok=True)
            verified_manifest(copy)
        except (CorruptGeneration, shutil.Error):
            continue
        return copy
    raise BackupError(
        "the served generation can't be read whole; run khabar reload, then khabar backup again"
    )


def _unpack(file: Path, folder: Path) -> None:
    """The backup's files in `folder`, each found to be whole."""
    Path(folder, GENERATION).mkdir()
    with gzip.open(file) as packed, tarfile.open(fileobj=packed) as archive:
        for member in archive:
            source = archive.extractfile(member) if member.isfile() else None
            if source is not None:
                with source, Path(folder, _place(member.name)).open("wb") as target:
                    shutil.copyfileobj(source, target)
        while packed.read(PIECE_BYTES):  # to the end, where the checksum of all of it stands
            pass
    verified_manifest(Path(folder, GENERATION))
    for name in DATABASES:
        if Path(folder, name).exists():
            with closing(sqlite3.connect(Path(folder, name))) as database:
                found = database.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise BackupError(f"{name} in it is damaged: {found}")


def _place(name: str) -> PurePosixPath:
    """The name of a file in a backup, which can't lead anywhere else."""
    place = PurePosixPath(name)
    inside = len(place.parts) == 2 and place.parts[0] == GENERATION and place.parts[1] not in {"..", "/"}
    if not inside and name not in (*DATABASES, SETTINGS):
        raise BackupError(f"it holds {name!r}, which no backup of Khabar does")
    return place


def _replace(new: Path, old: Path) -> None:
    """Put `new` in the place of `old`, whose write-ahead log would else be played into it."""
    for log in ("-wal", "-shm"):
        old.with_name(old.name + log).unlink(missing_ok=True)
    new.replace(old)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except BackupError as error:
        raise BackupError(f"{file}: {error}") from None
    except (tarfile.TarError, *_DAMAGED, sqlite3.Error, CorruptGeneration) as error:
        raise BackupError(f"{file}: not a backup of Khabar, or damaged: {error}") from error
    except OSError as error:
        raise BackupError(f"{error.filename or file}: {error.strerror or error}") from error
