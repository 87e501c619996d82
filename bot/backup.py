"""Backup: the databases, the served generation and the settings, in one compressed file.

settings.toml          the settings in force, without secrets
store.sqlite3          the articles, the state of the sources, the history of reloads
questions.sqlite3      the questions log
generation/...         the served generation
"""

import errno
import gzip
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from pydantic import BaseModel, SecretStr

from bot.settings import Settings
from knowledge.corpus.generation import verified_manifest
from knowledge.corpus.reload import STORE
from knowledge.corpus.shelf import Shelf
from knowledge.errors import CorruptGeneration, KhabarError

SETTINGS = "settings.toml"
DATABASES = (STORE, "questions.sqlite3")
GENERATION = "generation"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
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
    if not file.parent.is_dir():
        raise BackupError(f"{file.parent}: there is no such folder")
    with (
        explained(file, file.parent),
        tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder,
    ):
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
        try:
            source.backup(target)
        except sqlite3.Error as error:
            raise BackupError(f"{database} can't be copied: {error}") from error
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


@contextmanager
def explained(file: Path, folder: Path) -> Iterator[None]:
    """Turn whatever goes wrong with a backup into an error that names it, or what has no room for it.

    Args:
        file: the backup.
        folder: what is written to.

    Raises:
        BackupError: something did.
    """
    try:
        yield
    except BackupError as error:
        raise BackupError(f"{file}: {error}") from None
    except (tarfile.TarError, *_DAMAGED, sqlite3.Error, CorruptGeneration) as error:
        raise BackupError(f"{file}: not a backup of Khabar, or damaged: {error}") from error
    except OSError as error:
        place = folder if error.errno in _NO_ROOM else error.filename or file
        raise BackupError(f"{place}: {error.strerror or error}") from error
