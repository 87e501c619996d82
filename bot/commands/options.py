"""What the commands share: their options, the settings, and what is served."""

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import console
from knowledge.errors import CorruptGeneration, NoGeneration, RefusedGeneration, SourceError

if TYPE_CHECKING:
    from bot.corpus.sources import Sources
    from bot.settings import Settings
    from knowledge.corpus.generation import Generation
    from knowledge.corpus.reload import Guard, Progress, ReloadReport
    from knowledge.corpus.wishes import Wishes
    from knowledge.golden import GoldenGuard
    from knowledge.library import Library
    from knowledge.sources.source import Source

FAILED = 1

Config = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="The settings file (default: khabar.toml, where it stands)."
    ),
]
DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", metavar="DIR", help="The folder of the index (default: .khabar)."),
]
NoDataDir = Annotated[Path | None, typer.Option("--data-dir", metavar="DIR", hidden=True)]
"""Taken by the commands that have no use for it, so that scripts may give every command the same options."""

NoConfig = Annotated[Path | None, typer.Option("--config", metavar="FILE", hidden=True)]
"""Likewise."""

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_of(config: Path | None, data_dir: Path | None) -> "Settings":
    """The settings in force; warnings and errors are logged from here on."""
    from bot.configuration import load

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    return load(config, data_dir=data_dir)


def dictionary_of(settings: "Settings") -> Path | None:
    """The English dictionary of the settings, or else the one that Debian installs."""
    from knowledge.language.freedict import find_dictionary

    return settings.english_dictionary or find_dictionary()


def open_library(settings: "Settings") -> "Library":
    """What is served; when nothing can be, the settings' sources are read first."""
    from knowledge.library import Library

    try:
        return Library.open(settings.data_dir, settings.ranking.engine, dictionary_of(settings))
    except NoGeneration:
        print(f"Nothing is served from {settings.data_dir} yet: reading the sources first.", file=sys.stderr)
    except CorruptGeneration:  # all of them, as after an upgrade that changed their format
        print(f"Nothing in {settings.data_dir} can be served: reading the sources again.", file=sys.stderr)
    with console.progress() as progress:
        reload_from(settings, progress)
    return Library.open(settings.data_dir, settings.ranking.engine, dictionary_of(settings))


def reload_from(
    settings: "Settings",
    progress: "Progress",
    locations: Sequence[str] = (),
    *,
    due: bool = False,
    force: bool = False,
) -> "ReloadReport | None":
    """What a reload did; None when `due` and nothing is.

    Args:
        settings: say which sources there are, and what a new generation must fulfil.
        progress: told the phase, how much of it is done, and of how much.
        locations: the sources to read instead of those of the settings and the added ones.
        due: read only the sources whose time has come.
        force: publish though much is gone.
    """
    from bot.corpus.sources import Sources

    with Sources.open(settings) as sources:
        if due and not sources.is_due():
            return None
        chosen = [sources.at(location) for location in locations] or sources.all()
        wishes = sources.wishes.open_wishes()  # a reload by hand ends the wait after a rollback, too
        report = _reload(sources.to_read(chosen, due=due), sources, settings, progress, force=force)
        sources.wishes.fulfil(wishes)
    return report


def _reload(
    chosen: "Sequence[Source]", sources: "Sources", settings: "Settings", progress: "Progress", *, force: bool
) -> "ReloadReport":
    """What a reload of the chosen sources did; which of them failed is remembered in any case."""
    from bot.corpus.sources import publishers_of
    from knowledge.corpus.reload import Conditions, reload

    guards = golden_guard(settings), _unless_rolled_back(sources.wishes)
    conditions = Conditions(
        guards=[guard for guard in guards if guard],
        largest_fall=settings.reload.largest_fall,
        force=force,
        resting=[source.location for source in sources.all()],
    )
    try:
        report = reload(
            chosen, settings.data_dir, conditions, publishers=publishers_of(sources), progress=progress
        )
    except SourceError as error:  # all have failed
        sources.have_read(chosen, {source.name: str(error) for source in chosen})
        raise
    sources.have_read(chosen, {failed.name: failed.reason for failed in report.failed})
    return report


def golden_guard(settings: "Settings") -> "GoldenGuard | None":
    """The golden questions of the settings, asked as the bot answers; None where there are none."""
    if not settings.reload.golden:
        return None
    from knowledge.golden import GoldenGuard, GoldenQuestion
    from knowledge.language.lexicons import read_lexicons
    from knowledge.language.query import QuestionAnalyser

    golden = [GoldenQuestion(each.question, each.article) for each in settings.reload.golden]
    return GoldenGuard(golden, QuestionAnalyser(read_lexicons(dictionary_of(settings))))


def _unless_rolled_back(wishes: "Wishes") -> "Guard":
    """Refuses what was begun before an operator rolled back: publishing it would undo that unseen."""
    held = wishes.wished("hold")

    def guard(generation: "Generation") -> None:
        if wishes.wished("hold") != held:
            raise RefusedGeneration(
                "an operator rolled back meanwhile; run khabar reload to go forward again"
            )

    return guard


def print_json(value: object) -> None:
    """Print one line of JSON."""
    print(json.dumps(value, ensure_ascii=False))
