"""The `khabar` command with its subcommands.

Every command imports what it needs when it runs, so that `khabar --help` and `khabar ask` stay quick.
"""

from typing import Annotated

import typer

from bot.commands import checking, corpus, measuring, questions, safekeeping, serving, sources

app = typer.Typer(
    name="khabar",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (serving, corpus, checking, sources, questions, safekeeping, measuring):
    app.add_typer(commands.app)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"khabar {version('khabar')}")
        raise typer.Exit


@app.callback()
def khabar(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version and exit."),
    ] = False,
) -> None:
    """Answers questions about Hindi news with the right passage and its source."""
