"""What the errors of SQLite mean to the operator of a data folder."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import StoreError


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a file `holds`, and what is `remaking` it where it is missing, for whoever finds it damaged."""

    holds: str
    remaking: str


THE_STORE = Purpose(
    "the articles, the sources that were added and what was removed; the web doesn't give all of that again",
    "khabar reload makes it anew of what the sources still offer",
)

_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_REMEDIES = {
    sqlite3.SQLITE_ERROR: "if an earlier Khabar wrote it, khabar reload brings it up to date",
    sqlite3.SQLITE_FULL: "no space left on its device: make room and try again",
    sqlite3.SQLITE_READONLY: "make the file and its folder writable",
    sqlite3.SQLITE_CANTOPEN: "make sure that its folder exists and can be written",
    sqlite3.SQLITE_BUSY: "another process is writing to it: try again later",
}


@contextmanager
def explained(path: Path, purpose: Purpose) -> Iterator[None]:
    """Turn the errors of SQLite into one that names the file at `path` and what to do.

    Raises:
        StoreError: SQLite failed at something inside the `with`.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise  # not SQLite's doing but a wrong call
        remedy = _REMEDIES.get(code & 0xFF, "make room on its disk, or see whether the disk is in order")
        told = damaged(purpose) if code & 0xFF in _DAMAGED else remedy
        raise StoreError(f"{path}: {error}: {told}") from error


def damaged(purpose: Purpose) -> str:
    """What to do with a damaged file, and what is lost with it."""
    return (
        f"it is damaged, and holds {purpose.holds}. Put a backup back (khabar restore); without one, move the"
        f" file aside, with its -wal and -shm; {purpose.remaking}"
    )
