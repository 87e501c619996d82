"""A program whose restores are killed: `dying_restore.py BACKUP BEFORE WORK` tries every step of a restore.

For step 0, 1, 2, ... it copies the data folder BEFORE to WORK/<step> and restores BACKUP there in a process
that kills itself (SIGKILL) just before its step-th touch of the file system, until one lives to its end.
For each step it prints how many articles are served, then how many are served and stored once the bot has
started.
"""

import os
import shutil
import sys
from pathlib import Path

from dying_reload import changes_a_file, fatal_at

from bot.restoring import restore, undo_interrupted
from knowledge.corpus.reload import STORE
from knowledge.corpus.shelf import Shelf
from knowledge.corpus.store import Store


def restore_until(last: int, backup: Path, data_dir: Path) -> None:
    reached = fatal_at(last)

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.link" or changes_a_file(event, arguments):
            reached(f"{event} {arguments[:2]}")

    sys.addaudithook(audit)
    restore(backup, data_dir, force=True)


def survives(last: int, backup: Path, data_dir: Path) -> bool:
    child = os.fork()
    if child == 0:
        try:
            restore_until(last, backup, data_dir)
        except BaseException as error:
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status):
        sys.exit(f"the restore that was to be killed at step {last} failed")
    return not os.WIFSIGNALED(status)


def main(backup: Path, before: Path, work: Path) -> None:
    step, alive = 0, False
    while not alive:
        data_dir = Path(shutil.copytree(before, work / str(step)))
        alive = survives(step, backup, data_dir)
        served = Shelf(data_dir).open_served().articles
        undo_interrupted(data_dir)
        with Store.open(data_dir / STORE) as store:
            print("state", served, Shelf(data_dir).open_served().articles, len(store.articles()), flush=True)
        step += 1


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
