"""The `khabar` command: results go to standard output, progress and logs to standard error.

Every command imports what it needs when it runs, so that `khabar --help` and `khabar ask` stay quick.
"""

import os
import sys
from collections.abc import Sequence

import typer

from bot.commands import corpus, measuring, questions, safekeeping, serving, sources
from bot.commands.options import FAILED
from knowledge.errors import KhabarError

WRONG_USAGE = 2

app = typer.Typer(
    name="khabar",
    help="Answers questions about Hindi news with the right passage and its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (serving, corpus, sources, questions, safekeeping, measuring):
    app.add_typer(commands.app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 failed, 2 wrong usage or settings."""
    # Before numpy is loaded: its threads wait for each other for longer than a word's products take.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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
