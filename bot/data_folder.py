"""The data folder: whether the bot can live in it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.questions import log
from knowledge.corpus.reload import STORE
from knowledge.corpus.remedies import THE_STORE
from knowledge.corpus.schema import MIGRATIONS
from knowledge.corpus.shelf import Shelf
from knowledge.corpus.soundness import check_file
from knowledge.errors import GenerationError, StoreError

_DATABASES = ((STORE, MIGRATIONS, THE_STORE), (log.FILE, log.MIGRATIONS, log.PURPOSE))


def free_bytes(folder: Path) -> int:
    """The room on the folder's disk, also where it is still to be made."""
    return shutil.disk_usage(_there(folder)).free


def faults_of(folder: Path, least_free_mb: int) -> Iterator[str]:
    """What is wrong with the folder, each fault with what to do: it can't be made or written, or is damaged.

    It leaves no trace. Where the folder is still to be made, the one that it will lie in is tried.
    """
    place = _there(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        what = "can't be written" if place == folder else f"can't be made, since {place} can't be written"
        yield f"{folder}: {what}: {error.strerror}; let the bot's user write it, or set another data_dir"
        return
    free_mb = free_bytes(folder) // 1_000_000
    if free_mb < least_free_mb:
        yield f"{folder}: {free_mb} MB are left on its disk, less than {least_free_mb} (alerts.disk_free_mb)"
    if place == folder:
        yield from _of_others(folder)
        yield from _damaged(folder)


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(each for each in (folder, *folder.absolute().parents) if each.exists())


def _of_others(folder: Path) -> Iterator[str]:
    """Files that another user left here, as after a command that root gave."""
    for entry in sorted(folder.iterdir()):
        if not os.access(entry, os.W_OK):
            yield f"{entry}: can't be written; give it to the bot's user (chown), who has to run all commands"


def _damaged(folder: Path) -> Iterator[str]:
    for name, migrations, purpose in _DATABASES:
        try:
            if (folder / name).exists():
                check_file(folder / name, migrations, purpose)
        except StoreError as error:
            yield str(error)
    shelf = Shelf(folder)
    try:
        if served := shelf.current():
            shelf.open(served)
    except GenerationError as error:
        yield f"{error}; run khabar reload"
