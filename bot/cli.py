"""The `khabar` command: results go to standard output, progress and logs to standard error."""

import os
import sys
from collections.abc import Sequence

from bot import hangups
from knowledge.errors import KhabarError

FAILED = 1
WRONG_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 failed, 2 wrong usage or settings."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["run"]:
        hangups.hold()  # before all else is even imported, which takes its time
    # Before numpy is loaded: its threads wait for each other for longer than a word's products take.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.commands.khabar import app

    try:
        app(arguments)
    except KhabarError as error:
        print(f"khabar: {error}", file=sys.stderr)
        sys.exit(_exit_code(error))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"khabar: {place}{error.strerror or error}", file=sys.stderr)
        sys.exit(FAILED)


def _exit_code(error: KhabarError) -> int:
    from bot.configuration import SettingsError

    return WRONG_USAGE if isinstance(error, SettingsError) else FAILED
