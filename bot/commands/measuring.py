"""Commands that measure and train: `evaluate`, `benchmark` and `train-latin`."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import console
from bot.commands.options import Config, DataDir, Json, dictionary_of, print_json, settings_of

QUALITY = "quality"

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
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FOLDER]...", help="For quality: BEIR folders, or folders that hold some side by side."
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="For quality: draw the figures there, as PNG."),
    ] = None,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Measure speed, memory or the quality of answers against peers in the same run."""
    settings = settings_of(config, data_dir)
    from knowledge.evaluation.benchmarks import BENCHMARKS

    if name is None:
        print("\n".join((*BENCHMARKS, QUALITY)))
        return
    if name == QUALITY:
        _benchmark_quality(folders or [], plot, dictionary_of(settings))
        return
    if name not in BENCHMARKS:
        names = ", ".join((*BENCHMARKS, QUALITY))
        raise typer.BadParameter(f"{name!r} is not one of: {names}", param_hint="NAME")
    if folders or plot:
        raise typer.BadParameter(f"{name} takes neither folders nor --plot", param_hint="FOLDER")
    with console.progress() as progress:
        rows = list(BENCHMARKS[name](progress))
    console.print_rows(rows)


def _benchmark_quality(folders: Sequence[Path], plot: Path | None, english_dictionary: Path | None) -> None:
    from knowledge.evaluation.benchmarks.quality import measure_quality
    from knowledge.evaluation.benchmarks.tables import ablation_rows, confidence_rows, system_rows
    from knowledge.evaluation.peers import optional

    if not folders:
        raise typer.BadParameter(f"{QUALITY} needs a folder with evaluation sets", param_hint="FOLDER")
    if plot and not optional("matplotlib"):
        raise typer.BadParameter("needs matplotlib: pip install matplotlib", param_hint="--plot")
    with console.progress() as progress:
        quality = measure_quality(folders, english_dictionary, progress)
    for rows in (system_rows(quality), ablation_rows(quality), confidence_rows(quality)):
        console.print_rows(rows)
    print(f"English dictionary: {english_dictionary or 'none beside the shipped lexicon'}")
    if plot:
        from knowledge.evaluation.benchmarks.plot import write_plot

        write_plot(quality, plot)
        print(f"Wrote {plot}.")
