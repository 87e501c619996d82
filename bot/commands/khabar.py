"""The `khabar` command with its subcommands.

Every command imports what it needs when it runs, so that `khabar --help` and `khabar ask` stay quick.
"""

import typer

from bot.commands import checking, corpus, measuring, questions, safekeeping, serving, sources

app = typer.Typer(
    name="khabar",
    help="Answers questions about Hindi news with the right passage and its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (serving, corpus, checking, sources, questions, safekeeping, measuring):
    app.add_typer(commands.app)
