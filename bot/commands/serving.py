"""Commands that answer: `run` and `ask`."""

from typing import Annotated

import typer

from bot import console
from bot.commands.options import Config, DataDir, Json, open_library, print_json, settings_of

app = typer.Typer()


@app.command()
def run(config: Config = None, data_dir: DataDir = None) -> None:
    """Start the bot: on Telegram with a token, else with a chat page to try it in."""
    from bot.app import run

    settings = settings_of(config, data_dir)
    run(settings, open_library(settings), config)


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
    answer = open_library(settings_of(config, data_dir)).ask(question, limit)
    if as_json:
        print_json(console.answer_as_json(answer))
    else:
        console.print_answer(answer)
