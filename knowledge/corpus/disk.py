"""The disk under a data folder: what its errors mean to the operator, and how to wait for it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import GenerationError


@contextmanager
def disk_errors_explained(folder: Path) -> Iterator[None]:
    """Turn the operating system's errors into one that names the path and what to do."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or _short_write(error, folder)
        raise GenerationError(
            f"{error.filename or folder}: {reason}; make room or make it writable, and run khabar reload"
            " again; what is served stays"
        ) from error


def sync(path: Path) -> None:
    """Wait until the file, or the folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _short_write(error: OSError, folder: Path) -> str:
    """What numpy means by an error without a number, which it raises when a disk is full."""
    return f"written in part ({error}), with {shutil.disk_usage(folder).free:,} bytes left on the device"
