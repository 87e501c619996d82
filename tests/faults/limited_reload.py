"""Reloads under a limit to the size of files: `limited_reload.py DATA_DIR LIMIT_BYTES`."""

import resource
import sys
from pathlib import Path

from newsroom import MANY, Newsroom, unheard

from knowledge.corpus.reload import reload
from knowledge.errors import KhabarError


def main(data_dir: Path, limit_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
    try:
        reload([Newsroom(MANY)], data_dir, progress=unheard)
    except KhabarError as error:
        print(error)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
