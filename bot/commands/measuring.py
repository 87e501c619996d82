"""Commands that measure and train: `evaluate`, `benchmark` and `train-latin`."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import console
from bot.commands.options import Config, Json, NoConfig, NoDataDir, dictionary_of, print_json, settings_of

app = typer.Typer()
benchmarks = typer.Typer(invoke_without_command=True)
app.add_typer(benchmarks, name="benchmark")


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
    data_dir: NoDataDir = None,
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
    config: NoConfig = None,
    data_dir: NoDataDir = None,
) -> None:
    """Train the model that reads Hindi in Latin letters."""
    settings_of(config, data_dir)
    from knowledge.evaluation.latin import train_latin

    with console.progress() as progress:
        train_latin(lexicons, output, partial(progress, "training"), without or [])
    print(f"Wrote {output}.")


@benchmarks.callback()
def benchmark(context: typer.Context, config: NoConfig = None, data_dir: NoDataDir = None) -> None:
    """Measure speed, memory or the quality of answers against peers; without a name, list what there is."""
    settings_of(config, data_dir)
    if context.invoked_subcommand is None:
        print("\n".join(each.name or "" for each in benchmarks.registered_commands))


@benchmarks.command("ranking")
def ranking(config: NoConfig = None, data_dir: NoDataDir = None) -> None:
    """The embedded engine beside rank-bm25: speed, memory, and whether they rank alike."""
    _benchmark("ranking", config, data_dir)


@benchmarks.command("reload")
def reload(config: NoConfig = None, data_dir: NoDataDir = None) -> None:
    """A reload after few changes beside a whole build, and questions asked meanwhile."""
    _benchmark("reload", config, data_dir)


def _benchmark(name: str, config: Path | None, data_dir: Path | None) -> None:
    settings_of(config, data_dir)
    from knowledge.evaluation.benchmarks import BENCHMARKS

    with console.progress(in_lines=True) as progress:
        rows = list(BENCHMARKS[name](progress))
    console.print_rows(rows)


@benchmarks.command("quality")
def quality(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER", help="BEIR folders, or folders that hold some side by side."),
    ],
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw the figures there, as PNG.")
    ] = None,
    config: Config = None,
    data_dir: NoDataDir = None,
) -> None:
    """Answers beside those of peers, and without one of Khabar's features at a time."""
    settings = settings_of(config, data_dir)
    from knowledge.evaluation.benchmarks.quality import measure_quality
    from knowledge.evaluation.benchmarks.tables import ablation_rows, confidence_rows, system_rows
    from knowledge.evaluation.peers import optional

    if plot and not optional("matplotlib"):
        raise typer.BadParameter("needs matplotlib: pip install matplotlib", param_hint="--plot")
    dictionary = dictionary_of(settings)
    with console.progress(in_lines=True) as progress:
        measured = measure_quality(folders, dictionary, progress)
    for rows in (system_rows(measured), ablation_rows(measured), confidence_rows(measured)):
        console.print_rows(rows)
    print(f"English dictionary: {dictionary or 'none beside the shipped lexicon'}")
    if plot:
        from knowledge.evaluation.benchmarks.plot import write_plot

        write_plot(measured, plot)
        print(f"Wrote {plot}.")
