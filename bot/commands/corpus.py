"""Commands about the articles: `reload`, `status`, `rollback` and `check`."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import console
from bot.commands.options import FAILED, Config, DataDir, Json, print_json, reload_from, settings_of
from knowledge.errors import SourceError

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer()


@app.command()
def reload(
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="PATH_OR_URL", help="Instead of the settings' sources; repeatable."),
    ] = None,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Read the articles again and serve them; running bots pick them up by themselves."""
    settings = settings_of(config, data_dir)
    console.print_reload(
        reload_from(source or [source.location for source in settings.corpus.sources], settings.data_dir)
    )


@app.command()
def status(as_json: Json = False, config: Config = None, data_dir: DataDir = None) -> None:
    """Tell what is served, and what rollback could go back to."""
    settings = settings_of(config, data_dir)
    facts = _status(settings)
    if as_json:
        print_json(facts)
    else:
        console.print_status(facts)


@app.command()
def rollback(config: Config = None, data_dir: DataDir = None) -> None:
    """Serve the generation before the current one again."""
    from knowledge.corpus.shelf import Shelf

    print(f"Now serving generation {Shelf(settings_of(config, data_dir).data_dir).rollback()}.")


@app.command()
def check(config: Config = None, data_dir: DataDir = None) -> None:
    """Show the settings in force, secrets masked, and try to read every source."""
    from bot.configuration import listed, place_of, read_layers

    settings = settings_of(config, data_dir)
    layers = read_layers(config, data_dir)
    console.print_settings(
        [(".".join(map(str, key)), value, place_of(key, layers).place) for key, value in listed(settings)]
    )
    readable = [_readable(source.location) for source in settings.corpus.sources]
    if not all(readable):
        raise typer.Exit(FAILED)


def _status(settings: "Settings") -> dict[str, Any]:
    from knowledge.corpus.shelf import Shelf

    shelf = Shelf(settings.data_dir)
    served = shelf.open_served() if shelf.current() else None
    return {
        "data_dir": str(settings.data_dir),
        "engine": settings.ranking.engine,
        "generation": served and served.id,
        "built_at": served and served.built_at.isoformat(),
        "articles": served.articles if served else 0,
        "passages": served.passages if served else 0,
        "kept": shelf.ids(),
        "last_reload": _last_reload(settings.data_dir),
    }


def _last_reload(data_dir: Path) -> dict[str, Any] | None:
    from knowledge.corpus.reload import STORE
    from knowledge.corpus.store import Store

    if not (data_dir / STORE).exists():
        return None
    with Store.open(data_dir / STORE) as store:
        return next((asdict(line) | {"started": line.started.isoformat()} for line in store.history(1)), None)


def _readable(location: str) -> bool:
    """Whether the source can be read; prints what it holds, or why not."""
    from knowledge.sources import source_at

    try:
        console.print_source(location, list(source_at(location).read()))
    except SourceError as error:
        print(f"khabar: {error}", file=sys.stderr)
        return False
    return True
