"""Commands about the articles: `reload`, `status` and `rollback`."""

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import console
from bot.commands.options import FAILED, Config, DataDir, Json, print_json, reload_from, settings_of
from knowledge.errors import StoreError

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer()


class ProgressForm(StrEnum):
    """How `reload` tells how far it is."""

    BAR = "bar"
    JSON = "json"


@app.command()
def reload(
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="PATH_OR_URL", help="Instead of all the sources; repeatable."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Publish though much is gone (reload.largest_fall).")
    ] = False,
    due: Annotated[bool, typer.Option("--due", help="Read only the sources whose time has come.")] = False,
    progress: Annotated[
        ProgressForm, typer.Option("--progress", help="Bars for people, or lines of JSON for a program.")
    ] = ProgressForm.BAR,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Read the articles again and serve them; running bots pick them up by themselves.

    Exits with 1 when a source couldn't be read, though the others are served.
    """
    settings = settings_of(config, data_dir)
    if progress is ProgressForm.JSON:
        from bot.commands.telling import tell_reload

        done = tell_reload(lambda tell: reload_from(settings, tell, source or (), due=due, force=force))
    else:
        done = _reload_with_bars(settings, source or [], due=due, force=force)
    if not done:
        raise typer.Exit(FAILED)


def _reload_with_bars(settings: "Settings", sources: list[str], *, due: bool, force: bool) -> bool:
    with console.progress() as tell:
        report = reload_from(settings, tell, sources, due=due, force=force)
    if report is None:
        print("No source is due.")
        return True
    console.print_reload(report)
    return not report.failed


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
    """Serve the generation before the current one again, until somebody reloads; the schedule waits."""
    from bot.corpus.desk import Desk

    print(f"Now serving generation {Desk(settings_of(config, data_dir)).roll_back()}.")


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
        "copies": served.copies if served else 0,
        "passages": served.passages if served else 0,
        "kept": shelf.ids(),
        **_reading(settings.data_dir),
    }


def _reading(data_dir: Path) -> dict[str, Any]:
    """How the last reload went, and since when the schedule waits after a rollback, as far as is known."""
    from knowledge.corpus.reload import STORE
    from knowledge.corpus.schema import only_read
    from knowledge.corpus.store import Store
    from knowledge.corpus.wishes import Wishes

    known: dict[str, Any] = {"last_reload": None, "held_since": None}
    if not (data_dir / STORE).exists():
        return known
    try:
        with only_read(data_dir / STORE) as connection:
            last, held_since = Store(connection).history(1), Wishes(connection).wished("hold")
    except StoreError as error:  # what is served is worth telling all the same
        print(f"khabar: the last reload isn't known: {error}", file=sys.stderr)
        return known
    lines = (asdict(line) | {"started": line.started.isoformat()} for line in last)
    return {"last_reload": next(lines, None), "held_since": held_since and held_since.isoformat()}
