"""Whether a file of SQLite is whole, told without writing to it."""

from collections.abc import Sequence
from pathlib import Path

from knowledge.corpus.remedies import THE_STORE, Purpose, damaged
from knowledge.corpus.schema import MIGRATIONS, only_read, refuse_newer, version_of
from knowledge.errors import StoreError


def check_file(
    path: Path, migrations: Sequence[Sequence[str]] = MIGRATIONS, purpose: Purpose = THE_STORE
) -> None:
    """Pass silently when the file at `path` is whole, all of which is read, and isn't of a newer Khabar.

    Raises:
        StoreError: it is damaged, can't be read, or has taken more steps than these.
    """
    written_at = _written_at(path)
    try:
        _check(path, migrations, purpose)
    except StoreError:
        if _written_at(path) == written_at:
            raise
        check_file(path, migrations, purpose)  # what was read may be one half of before, one of after


def _check(path: Path, migrations: Sequence[Sequence[str]], purpose: Purpose) -> None:
    with only_read(path, purpose) as connection:
        refuse_newer(version_of(connection), path, migrations, purpose)
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise StoreError(f"{path}: {found.splitlines()[-1]}: {damaged(purpose)}")


def _written_at(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.exists() else None
