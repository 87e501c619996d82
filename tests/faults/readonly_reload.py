"""Reloads a data folder that can't be written: `readonly_reload.py DATA_DIR`, on a file system of its own."""

import json
import subprocess
import sys
from pathlib import Path

from newsroom import TODAY, YESTERDAY, Newsroom, unheard

from knowledge.corpus.reload import reload
from knowledge.corpus.shelf import Shelf
from knowledge.errors import KhabarError


def main(data_dir: Path) -> None:
    before = reload([Newsroom(YESTERDAY)], data_dir, progress=unheard).generation
    subprocess.run(["mount", "-o", "remount,ro", str(data_dir.parent)], check=True)
    errors = []
    for target in (data_dir, data_dir.parent / "new"):
        try:
            reload([Newsroom(TODAY)], target, progress=unheard)
        except KhabarError as error:
            errors.append(str(error))
    print(json.dumps({"before": before, "served": Shelf(data_dir).open_served().id, "errors": errors}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
