"""Commands that measure and train: `evaluate`, `benchmark` and `train-latin`."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import console
from bot.commands.options import Config, DataDir, Json, dictionary_of, print_json, settings_of

app = typer.Typer()


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
    settings = settings_of(config, data_dir)
    from knowledge.evaluation.evaluate import evaluate

    with console.progress() as progress:
        evaluation = evaluate(
            beir_dir,
            run_file=run_file,
            answers_file=answers_file,
            english_dictionary=dictionary_of(settings),
            progress=progress,
        )
    if as_json:
        print_json(dict(evaluation.measures))
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
    settings_of(config, data_dir)
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
    settings_of(config, data_dir)
    from knowledge.evaluation.benchmarks import BENCHMARKS

    if name is None:
        print("\n".join(BENCHMARKS))
        return
    if name not in BENCHMARKS:
        raise typer.BadParameter(f"{name!r} is not one of: {', '.join(BENCHMARKS)}", param_hint="NAME")
    with console.progress() as progress:
        rows = list(BENCHMARKS[name](progress))
    console.print_rows(rows)
