"""Reloads on a disk that is all but full: `cramped_reload.py DATA_DIR`, on a small file system of its own.

Leaves ever more room until a reload succeeds, and prints a JSON line for each try.
"""

import json
import sys
from itertools import count
from pathlib import Path
from shutil import disk_usage

from newsroom import MANY, YESTERDAY, Newsroom, unheard

from knowledge.corpus.reload import reload
from knowledge.corpus.shelf import Shelf
from knowledge.errors import KhabarError

STEP_BYTES = 16384


def try_with(room_bytes: int, data_dir: Path) -> dict[str, object]:
    filler = data_dir.parent / "filler"
    filler.write_bytes(bytes(max(0, disk_usage(data_dir).free - room_bytes)))
    try:
        report = reload([Newsroom(MANY)], data_dir, progress=unheard)
        outcome = {"error": None, "message": "", "generation": report.generation}
    except KhabarError as error:
        outcome = {"error": type(error).__name__, "message": str(error), "generation": None}
    folders = sorted(folder.name for folder in (data_dir / "generations").iterdir())
    opened = Shelf(data_dir).open_served().id
    filler.unlink()
    return outcome | {"folders": folders, "served": opened}


def main(data_dir: Path) -> None:
    reload([Newsroom(YESTERDAY)], data_dir, progress=unheard)
    for room_bytes in count(0, STEP_BYTES):
        tried = try_with(room_bytes, data_dir)
        print(json.dumps(tried))
        if tried["error"] is None:
            break


if __name__ == "__main__":
    main(Path(sys.argv[1]))
