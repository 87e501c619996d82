"""One bot for each data folder: two with the same token would take each other's messages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import AlreadyRunning

LOCK_FILE = "bot.lock"


@contextmanager
def only_instance(data_dir: Path) -> Iterator[None]:
    """Holds `data_dir`'s lock as long as the block runs; the lock ends with the process, however it ends.

    Raises:
        AlreadyRunning: another process holds it; the message names the file and the process.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    file = data_dir / LOCK_FILE
    lock = FileLock(file, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        holder = file.read_text("utf-8") or "(unknown)"
        raise AlreadyRunning(
            f"{file} is held by process {holder}: a bot already runs with this data folder. "
            "Stop it, or give this one its own folder with --data-dir"
        ) from None
    try:
        file.write_text(str(os.getpid()), "utf-8")
        yield
    finally:
        lock.release()
