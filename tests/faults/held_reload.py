"""A reload that stops: `held_reload.py DATA_DIR PHASE DONE` prints "held" there and waits for a line."""

import sys
from pathlib import Path

from newsroom import TODAY, Newsroom

from knowledge.corpus.reload import reload


def main(data_dir: Path, phase: str, done: int) -> None:
    def hold(reached: str, so_far: int, total: int | None) -> None:
        if (reached, so_far) == (phase, done):
            print("held", flush=True)
            sys.stdin.readline()

    print(reload([Newsroom(TODAY)], data_dir, progress=hold).generation)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
