"""Commands that keep everything safe: `backup` and `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import Config, DataDir, settings_of

app = typer.Typer()

_TO_BE_BUILT = "The articles are back; another version of Khabar built their index: run khabar reload."


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Written anew, such as khabar-2026-04-07.tar.gz.")],
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Save articles, served index, questions log and settings (without secrets) in one file."""
    from bot.backup import backup

    backup(settings_of(config, data_dir), file)
    print(f"Wrote {file} ({file.stat().st_size / 1e6:,.1f} MB).")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What khabar backup wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what the data folder holds.")] = False,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Serve again what a backup holds; the bot must not be running."""
    from bot.backup import SETTINGS
    from bot.restoring import restore

    folder = settings_of(config, data_dir).data_dir
    generation = restore(file, folder, force=force)
    served = f"Serving generation {generation}." if generation else _TO_BE_BUILT
    print(f"{served} The settings of then are in {folder / SETTINGS}.")
