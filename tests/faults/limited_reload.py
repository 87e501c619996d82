"""Reloads under a limit to files from a phase on: `limited_reload.py DATA_DIR LIMIT_BYTES PHASE`."""

import resource
import sys
from pathlib import Path

from newsroom import MANY, Newsroom

from knowledge.corpus.reload import reload
from knowledge.errors import KhabarError


def main(data_dir: Path, limit_bytes: int, phase: str) -> None:
    def limit(reached: str, done: int = 0, total: int | None = None) -> None:
        if reached == phase:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    limit("start")
    try:
        reload([Newsroom(MANY)], data_dir, progress=limit)
    except KhabarError as error:
        print(error)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
