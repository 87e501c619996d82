"""The command that tries everything before it is needed: `check`."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from bot import console
from bot.commands.options import FAILED, Config, DataDir, golden_guard, settings_of
from knowledge.errors import KhabarError, NoGeneration, SourceError

if TYPE_CHECKING:
    from bot.settings import FetchingSettings, Settings, SourceSettings

app = typer.Typer()


@app.command()
def check(config: Config = None, data_dir: DataDir = None) -> None:
    """Show the settings in force, secrets masked; try sources, data folder and golden questions."""
    from bot.configuration import listed, place_of, read_layers

    settings = settings_of(config, data_dir)
    layers = read_layers(config, data_dir)
    console.print_settings(
        [(".".join(map(str, key)), value, place_of(key, layers).place) for key, value in listed(settings)]
    )
    faults = 0
    for fault in _faults(settings):
        faults += 1
        print(f"khabar: {fault}", file=sys.stderr)
    if faults:
        raise typer.Exit(FAILED)


def _faults(settings: "Settings") -> Iterator[str]:
    """What is wrong; prints what is found to be well."""
    for source in settings.corpus.sources:
        yield from _of_source(source, settings.fetching)
    yield from _of_data_dir(settings)
    yield from _of_golden(settings)


def _of_source(source: "SourceSettings", fetching: "FetchingSettings") -> Iterator[str]:
    from bot.corpus.sources import is_web, look_at
    from knowledge.sources import source_at

    try:
        if is_web(source):
            console.print_seen(source.location, look_at(source, fetching))
        else:
            console.print_source(source.location, source_at(source.location, source.kind).read())
    except SourceError as error:
        yield str(error)


def _of_data_dir(settings: "Settings") -> Iterator[str]:
    from bot.data_folder import faults_of, free_bytes

    faults = list(faults_of(settings.data_dir, settings.alerts.disk_free_mb))
    yield from faults
    if not faults:
        state = "can be written" if settings.data_dir.exists() else "will be made"
        print(f"{settings.data_dir}: {state}, {free_bytes(settings.data_dir) / 1e9:,.1f} GB free")


def _of_golden(settings: "Settings") -> Iterator[str]:
    from knowledge.corpus.shelf import Shelf

    guard = golden_guard(settings)
    if guard is None:
        return
    try:
        generation = Shelf(settings.data_dir).open_served()
    except NoGeneration:
        print(f"reload.golden: {len(guard.questions)} questions, and nothing is served yet to try them on")
    except KhabarError:
        return  # the fault of the data folder, which is told
    else:
        misses = guard.misses(generation)
        found = len(guard.questions) - len(misses)
        print(f"reload.golden: {found} of {len(guard.questions)} find their article in {generation.id}")
        yield from map(str, misses)
