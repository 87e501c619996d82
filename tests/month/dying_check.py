"""A check that doesn't live to its end: `dying_check.py CLOCK SETTINGS WHAT COUNT`.

The process kills itself (SIGKILL) when it has done WHAT that often and is about to do it again: `asking` a
server, `writing` a file of a generation, or telling of a phase. If it comes to its end, it prints its report.
"""

import json
import os
import signal
import sys
from pathlib import Path

from month.following import SharedClock, check, settings_of

from bot.corpus.sources import Sources
from bot.settings import SourceSettings

WRITING = os.O_WRONLY | os.O_RDWR


class Death:
    """Comes when `what` has been done so often."""

    def __init__(self, what: str, count: int) -> None:
        self._what, self._left = what, count

    def told(self, phase: str, done: int, total: int | None) -> None:
        self._does(phase)

    def audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.connect":
            self._does("asking")
        elif event == "open" and isinstance(flags := arguments[2], int) and flags & WRITING:
            self._does("writing" if "generations" in str(arguments[0]) else "")

    def _does(self, what: str) -> None:
        self._left -= what == self._what
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main(clock: Path, given: Path, what: str, count: int) -> None:
    said = json.loads(given.read_text("utf-8"))
    sources = [SourceSettings.model_validate(source) for source in said["corpus"]["sources"]]
    settings = settings_of(Path(said["data_dir"]), sources)
    death = Death(what, count)
    sys.addaudithook(death.audit)
    with Sources.open(settings, SharedClock(clock)) as sources:
        print(check(sources, settings, death.told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
