"""The `khabar` command: results go to standard output, progress and logs to standard error.

Every command imports what it needs when it runs, so that `khabar --help` and `khabar ask` stay quick.
"""

import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import console
from knowledge.errors import CorruptGeneration, KhabarError, NoGeneration, SourceError

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.corpus.reload import ReloadReport
    from knowledge.library import Library

FAILED, WRONG_USAGE = 1, 2

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
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

app = typer.Typer(
    name="khabar",
    help="Answers questions about Hindi news with the right passage and its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 failed, 2 wrong usage or settings."""
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


@app.command()
def run(config: Config = None, data_dir: DataDir = None) -> None:
    """Start the bot: on Telegram with a token, else with a chat page to try it in."""
    from bot.app import run

    settings = _settings(config, data_dir)
    run(settings, _library(settings))


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
    settings = _settings(config, data_dir)
    console.print_reload(_reload(source or settings.corpus.sources, settings.data_dir))


@app.command()
def ask(
    question: Annotated[
        str, typer.Argument(help="What you would like to know, in Hindi (in any letters) or English.")
    ],
    limit: Annotated[int, typer.Option("-k", min=1, max=100, help="At most this many passages.")] = 5,
    as_json: Json = False,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Answer one question."""
    question = question.encode("utf-8", "replace").decode()  # bytes that are no UTF-8 arrive as surrogates
    answer = _library(_settings(config, data_dir)).ask(question, limit)
    if as_json:
        _print_json(console.answer_as_json(answer))
    else:
        console.print_answer(answer)


@app.command()
def status(as_json: Json = False, config: Config = None, data_dir: DataDir = None) -> None:
    """Tell what is served, and what rollback could go back to."""
    settings = _settings(config, data_dir)
    facts = _status(settings)
    if as_json:
        _print_json(facts)
    else:
        console.print_status(facts)


@app.command()
def rollback(config: Config = None, data_dir: DataDir = None) -> None:
    """Serve the generation before the current one again."""
    from knowledge.corpus.shelf import Shelf

    print(f"Now serving generation {Shelf(_settings(config, data_dir).data_dir).rollback()}.")


@app.command()
def check(config: Config = None, data_dir: DataDir = None) -> None:
    """Show the settings in force, secrets masked, and try to read every source."""
    from bot.configuration import listed, place_of, read_layers

    settings = _settings(config, data_dir)
    layers = read_layers(config, data_dir)
    console.print_settings(
        [(".".join(map(str, key)), value, place_of(key, layers).place) for key, value in listed(settings)]
    )
    readable = [_readable(location) for location in settings.corpus.sources]
    if not all(readable):
        raise typer.Exit(FAILED)


@app.command()
def evaluate(
    beir_dir: Annotated[
        Path, typer.Argument(help="A folder with corpus.jsonl, queries.jsonl and qrels/test.tsv.")
    ],
    run_file: Annotated[
        Path | None,
        typer.Option("--run-file", metavar="FILE", help="Write the rankings there, in TREC format."),
    ] = None,
    answers_file: Annotated[
        Path | None,
        typer.Option("--answers-file", metavar="FILE", help="Write the replies there, as JSON lines."),
    ] = None,
    as_json: Json = False,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Measure the answers to a BEIR folder's questions."""
    settings = _settings(config, data_dir)
    from knowledge.evaluation.evaluate import evaluate

    with console.progress() as progress:
        evaluation = evaluate(
            beir_dir,
            run_file=run_file,
            answers_file=answers_file,
            english_dictionary=_dictionary(settings),
            progress=progress,
        )
    if as_json:
        _print_json(dict(evaluation.measures))
    else:
        console.print_facts(evaluation.measures)


@app.command()
def train_latin(
    lexicons: Annotated[
        list[Path], typer.Argument(help="Lexicons in the form of the Dakshina dataset: word, Latin, count.")
    ],
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help="Write the parameters there.")],
    without: Annotated[
        list[Path] | None, typer.Option("--without", metavar="FILE", help="Leave out this lexicon's words.")
    ] = None,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Train the model that reads Hindi in Latin letters."""
    _settings(config, data_dir)
    from knowledge.evaluation.latin import train_latin

    with console.progress() as progress:
        train_latin(lexicons, output, partial(progress, "training"), without or [])
    print(f"Wrote {output}.")


@app.command()
def benchmark(
    name: Annotated[str | None, typer.Argument(help="Which one; without a name, they are listed.")] = None,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Measure speed and memory against a peer in the same run."""
    _settings(config, data_dir)
    from knowledge.evaluation.benchmarks import BENCHMARKS

    if name is None:
        print("\n".join(BENCHMARKS))
        return
    if name not in BENCHMARKS:
        raise typer.BadParameter(f"{name!r} is not one of: {', '.join(BENCHMARKS)}", param_hint="NAME")
    with console.progress() as progress:
        rows = list(BENCHMARKS[name](progress))
    console.print_rows(rows)


def _settings(config: Path | None, data_dir: Path | None) -> "Settings":
    from bot.configuration import load

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    return load(config, data_dir=data_dir)


def _dictionary(settings: "Settings") -> Path | None:
    """The English dictionary of the settings, or else the one that Debian installs."""
    from knowledge.language.freedict import find_dictionary

    return settings.english_dictionary or find_dictionary()


def _library(settings: "Settings") -> "Library":
    """What is served; when nothing can be, the settings' sources are read first."""
    from knowledge.library import Library

    try:
        return Library.open(settings.data_dir, settings.ranking.engine, _dictionary(settings))
    except NoGeneration:
        print(f"Nothing is served from {settings.data_dir} yet: reading the sources first.", file=sys.stderr)
    except CorruptGeneration:  # all of them, as after an upgrade that changed their format
        print(f"Nothing in {settings.data_dir} can be served: reading the sources again.", file=sys.stderr)
    _reload(settings.corpus.sources, settings.data_dir)
    return Library.open(settings.data_dir, settings.ranking.engine, _dictionary(settings))


def _reload(locations: Sequence[str], data_dir: Path) -> "ReloadReport":
    from knowledge.corpus.reload import reload
    from knowledge.sources import source_at

    sources = [source_at(location) for location in locations]
    with console.progress() as progress:
        return reload(sources, data_dir, progress=progress)


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


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))
