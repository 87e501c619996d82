"""Commands about the sources: `sources`, `add` and `remove`."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import console
from bot.commands.options import FAILED, Config, DataDir, Json, print_json, settings_of

if TYPE_CHECKING:
    from bot.corpus.desk import Target
    from bot.settings import Settings

app = typer.Typer()

READ_NEXT = "A running bot reads it within a minute; without one, run khabar reload."
GONE_NEXT = "A running bot lets go of it within a minute; without one, run khabar reload."


@app.command()
def sources(as_json: Json = False, config: Config = None, data_dir: DataDir = None) -> None:
    """Tell which sources are followed, and how their checks go."""
    rows = _rows(settings_of(config, data_dir))
    if as_json:
        print_json(rows)
    else:
        console.print_rows(rows)


@app.command()
def add(
    address: Annotated[str, typer.Argument(metavar="URL", help="A feed, a sitemap or a page.")],
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Follow one more address, or let an article in again that was removed."""
    from bot.corpus.desk import Desk

    seen = Desk(settings_of(config, data_dir)).add(address)
    print(f"{address}: {console.described(seen) if seen else 'this article is let in again'}. {READ_NEXT}")


@app.command()
def remove(
    name: Annotated[
        str, typer.Argument(metavar="NUMBER|URL|ID", help="A source, or an article by its address or id.")
    ],
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Drop a source that was added, or leave an article out for good; `khabar add` undoes it."""
    from bot.corpus.desk import Desk

    desk = Desk(settings_of(config, data_dir))
    target = desk.target(name)
    if target is None or target.kind == "settings":
        print(f"khabar: {_why_not(name, target)}", file=sys.stderr)
        raise typer.Exit(FAILED)
    desk.remove(target)
    print(f"{target.title}: {'dropped' if target.kind == 'added' else 'left out for good'}. {GONE_NEXT}")


def _why_not(name: str, target: "Target | None") -> str:
    if target is None:
        return f"{name}: neither a source nor an article; khabar sources lists the sources"
    return f"{target.title}: it is a source of the settings (corpus.sources); take it out there, then reload"


def _rows(settings: "Settings") -> list[dict[str, Any]]:
    from bot.corpus.sources import Sources

    with Sources.open(settings) as opened:
        states = [(source, opened.memory.source(source.location)) for source in opened.all()]
    return [
        {
            "number": number,
            "source": source.location,
            "kind": source.kind or state.kind or "folder",
            "last success": state.succeeded_at and console.minute(state.succeeded_at),
            "next check": state.next_check_at and console.minute(state.next_check_at),
            "error": state.error,
        }
        for number, (source, state) in enumerate(states, 1)
    ]
