"""The command about what was asked: `questions`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import console
from bot.commands.options import Config, DataDir, Json, dictionary_of, print_json, settings_of

if TYPE_CHECKING:
    from bot.questions.log import DayCount, Disliked, QuestionsLog
    from bot.questions.topics import Topic
    from bot.settings import Settings

app = typer.Typer()

_COLUMNS = ("answered", "unsure", "unanswered", "👍", "👎")


@app.command()
def questions(
    only_unanswered: Annotated[
        bool, typer.Option("--unanswered", help="What was asked in vain, by topic, the most wanted first.")
    ] = False,
    only_disliked: Annotated[
        bool,
        typer.Option("--disliked", help="What was answered to people's dislike, the most disliked first."),
    ] = False,
    days: Annotated[int, typer.Option("--days", min=1, metavar="N", help="How far to look back.")] = 30,
    as_json: Json = False,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Tell how many questions were asked and how it went, or what was answered badly or not at all."""
    if only_unanswered and only_disliked:
        raise typer.BadParameter("can't be combined with --unanswered", param_hint="--disliked")
    settings = settings_of(config, data_dir)
    since = datetime.now(UTC) - timedelta(days=days)
    if only_unanswered:
        _tell_topics(_topics(settings, since), days, as_json)
    elif only_disliked:
        _tell_disliked(_disliked(settings, since), days, as_json)
    else:
        _tell_counts(_counts(settings, since), days, as_json)


def _counts(settings: "Settings", since: datetime) -> "list[DayCount]":
    with _log(settings) as log:
        return log.counts(since) if log else []


def _disliked(settings: "Settings", since: datetime) -> "list[Disliked]":
    with _log(settings) as log:
        return log.disliked(since) if log else []


def _topics(settings: "Settings", since: datetime) -> "list[Topic]":
    from bot.questions.topics import unanswered
    from knowledge.library import Library

    with _log(settings) as log:
        if log is None:
            return []
        library = Library.open(settings.data_dir, english_dictionary=dictionary_of(settings))
        return unanswered(log, library, since)


@contextmanager
def _log(settings: "Settings") -> "Iterator[QuestionsLog | None]":
    """The log of questions, None where nothing was asked yet."""
    from bot.questions.log import FILE, QuestionsLog

    path = settings.data_dir / FILE
    if not path.exists():
        yield None
        return
    with QuestionsLog.open(path) as log:
        yield log


def _tell_counts(counts: "list[DayCount]", days: int, as_json: bool) -> None:
    if as_json:
        print_json([asdict(count) | {"day": count.day.isoformat()} for count in counts])
    elif counts:
        console.print_rows(_rows(counts))
    else:
        print(f"No question was kept in the last {days} days.")


def _rows(counts: "Iterable[DayCount]") -> Iterator[dict[str, object]]:
    """A row a day and script."""
    table: dict[tuple[date, str], dict[str, int]] = {}
    for count in counts:
        row = table.setdefault((count.day, count.script), dict.fromkeys(_COLUMNS, 0))
        row[count.outcome] = count.questions
        row["👍"] += count.good
        row["👎"] += count.bad
    for (day, script), row in table.items():
        yield {"day": day, "script": script, **row}


def _tell_topics(topics: "list[Topic]", days: int, as_json: bool) -> None:
    if as_json:
        print_json([asdict(topic) | {"last": topic.last.isoformat()} for topic in topics])
    elif topics:
        console.print_rows(map(_row, topics))
    else:
        print(f"No question was left unanswered in the last {days} days, as far as questions were kept.")


def _row(topic: "Topic") -> dict[str, Any]:
    return {
        "topic": " ".join(topic.words),
        "people": topic.persons,
        "questions": topic.questions,
        "last": _minute(topic.last),
        "for example": topic.examples[0],
    }


def _tell_disliked(disliked: "list[Disliked]", days: int, as_json: bool) -> None:
    if as_json:
        print_json([asdict(each) | {"last": each.last.isoformat()} for each in disliked])
    elif disliked:
        console.print_rows(map(_disliked_row, disliked))
    else:
        print(f"No answer was disliked in the last {days} days, as far as questions were kept.")


def _disliked_row(disliked: "Disliked") -> dict[str, Any]:
    return {
        "question": disliked.question,
        "👎": disliked.bad,
        "👍": disliked.good,
        "last": _minute(disliked.last),
        "passages": disliked.passages,
    }


def _minute(moment: datetime) -> str:
    """In the machine's time zone."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
