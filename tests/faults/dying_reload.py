"""A program whose reloads are killed: `dying_reload.py BEFORE WORK [FEED]` tries every step of a reload.

For step 0, 1, 2, ... it copies the data folder BEFORE to WORK/<step> and reloads it in a process that
kills itself (SIGKILL) just before its step-th touch of the file system or report of progress, until a
reload lives to its end. Each step is printed: its number and what would have come next. The articles are
those of a newsroom, or with FEED those of that feed, and requests are steps in place of files.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from newsroom import TODAY, Newsroom
from publisher.following import follow

from knowledge.corpus.reload import reload

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "shutil.rmtree"}


def changes_a_file(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & WRITING)
    return event in CHANGES


def fatal_at(last: int) -> Callable[[str], None]:
    """Call it at each step: the one numbered `last` is not survived."""
    step = -1

    def reached(what: str) -> None:
        nonlocal step
        step += 1
        if step == last:
            os.write(1, f"{step} {what}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


def reload_until(last: int, data_dir: Path, feed: str | None) -> None:
    reached = fatal_at(last)

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.connect" if feed else changes_a_file(event, arguments):
            reached(f"{event} {arguments[:2]}")

    def told(*progress: object) -> None:
        reached(f"progress {progress}")

    sys.addaudithook(audit)
    if feed:
        follow(feed, data_dir, told)
    else:
        reload([Newsroom(TODAY)], data_dir, progress=told)


def survives(last: int, data_dir: Path, feed: str | None) -> bool:
    child = os.fork()
    if child == 0:
        try:
            reload_until(last, data_dir, feed)
        except BaseException as error:
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return False
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"the reload that was to be killed at step {last} failed")
    return True


def main(before: Path, work: Path, feed: str | None = None) -> None:
    step = 0
    while not survives(step, Path(shutil.copytree(before, work / str(step))), feed):
        step += 1
    print("survived", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
