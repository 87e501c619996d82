"""Follows a feed on a small file system that is all but full: `cramped_following.py DATA_DIR FEED`.

Reads it once, prints "read" and waits for a line. Then it leaves ever more room until a reload succeeds,
and prints a JSON line for each try; and one for a try when the file system may only be read.
"""

import json
import subprocess
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path
from shutil import disk_usage

from newsroom import unheard
from publisher.following import follow

from knowledge.corpus.shelf import Shelf
from knowledge.errors import KhabarError

STEP_BYTES = 32768
NEXT = timedelta(days=1)


def tried(data_dir: Path, feed: str) -> dict[str, object]:
    try:
        report = follow(feed, data_dir, unheard, NEXT)
        outcome = {"error": None, "message": "", "failed": [failed.reason for failed in report.failed]}
    except KhabarError as error:
        outcome = {"error": type(error).__name__, "message": str(error)}
    generation = Shelf(data_dir).open_served()
    titles = sorted(generation.article(number).title for number in range(generation.articles))
    return outcome | {"served": titles}


def main(data_dir: Path, feed: str) -> None:
    follow(feed, data_dir, unheard)
    print("read", flush=True)
    sys.stdin.readline()
    filler = data_dir.parent / "filler"
    for room_bytes in count(0, STEP_BYTES):
        filler.write_bytes(bytes(max(0, disk_usage(data_dir).free - room_bytes)))
        outcome = tried(data_dir, feed)
        filler.unlink()
        print(json.dumps(outcome))
        if outcome["error"] is None:
            break
    subprocess.run(["mount", "-o", "remount,ro", str(data_dir.parent)], check=True)
    print(json.dumps(tried(data_dir, feed)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
