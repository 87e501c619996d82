"""What the dashboard's templates show, made of facts: pure functions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.questions.log import DayCount
from bot.watch.facts import Facts, ReloadFacts, ReloadProgress, SourceFacts
from bot.web.operations import charts
from bot.web.operations.charts import Box, Chart, Series

DAYS = 30
_VOTES = (("good", "👍"), ("bad", "👎"))
_OUTCOMES = (("answered", "answered"), ("unsure", "unsure"), ("unanswered", "unanswered"))
_SCRIPTS = (
    ("devanagari", "Devanagari"),
    ("latin", "Latin letters"),
    ("mixed", "mixed"),
    ("other", "other"),
)


@dataclass(frozen=True, slots=True)
class QuestionChart:
    """A chart of the questions, its legend and its figures as a table, which tells of the votes, too."""

    id: str
    title: str
    days: tuple[date, ...]
    series: tuple[Series, ...]
    chart: Chart
    votes: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source, with its recent days drawn."""

    facts: SourceFacts
    bars: tuple[Box, ...]
    recent: int


def questions_a_day(questions: Sequence[DayCount], today: date) -> tuple[QuestionChart, ...]:
    """The last 30 days' questions by outcome and by script."""
    days = tuple(today - timedelta(days=ago) for ago in reversed(range(DAYS)))
    outcomes = Counter[tuple[date, str]]()
    scripts = Counter[tuple[date, str]]()
    votes = Counter[tuple[date, str]]()
    for each in questions:
        outcomes[each.day, each.outcome] += each.questions
        scripts[each.day, each.script] += each.questions
        votes[each.day, "good"] += each.good
        votes[each.day, "bad"] += each.bad
    by_outcome = _series(days, outcomes, _OUTCOMES)
    by_script = _series(days, scripts, _SCRIPTS)
    voted, drawn = _series(days, votes, _VOTES), charts.stacked(days, by_outcome)
    return (
        QuestionChart("outcome", "By outcome", days, by_outcome, drawn, voted),
        QuestionChart("script", "By script", days, by_script, charts.stacked(days, by_script)),
    )


def source(facts: SourceFacts, today: date) -> SourceView:
    """A source with the articles of its last 30 days."""
    found = {each.day: each.articles for each in facts.days}
    values = [found.get(today - timedelta(days=ago), 0) for ago in reversed(range(DAYS))]
    return SourceView(facts, charts.spark(values), sum(values))


def page(facts: Facts) -> dict[str, Any]:
    """The names that the page's template uses."""
    today = facts.at.astimezone().date()  # days are the machine's, as in the log of questions
    by_outcome, by_script = questions_a_day(facts.questions, today)
    *answered, unanswered = (each.total for each in by_outcome.series)
    asked = sum(answered) + unanswered
    return {
        "facts": facts,
        "charts": (by_outcome, by_script),
        "asked": asked,
        "answered_percent": round(100 * sum(answered) / asked) if asked else None,
        "sources": [source(each, today) for each in facts.sources],
        "failing": sum(each.failing_since is not None for each in facts.sources),
        "most_wanted": max((topic.persons for topic in facts.topics), default=1),
    }


def reload_state(progress: ReloadProgress | None, last: ReloadFacts | None, now: datetime) -> dict[str, Any]:
    """The state of the reload as the page shows and polls it; `share` is None while nobody knows."""
    state: dict[str, Any] = {"running": progress is not None, "share": None, "text": "", "result": None}
    if progress:
        total = progress.total
        of_total = f" of {total:,}" if total else ""
        counted = f": {progress.done:,}{of_total}" if progress.done or total else ""
        share = min(1.0, progress.done / total) if total else None
        return state | {"share": share, "text": f"{progress.phase}{counted}"}
    if last:
        return state | {"result": last.result, "text": f"{ago(last.finished, now)}: {last.summary}"}
    return state


def ago(moment: datetime, now: datetime) -> str:
    """A moment as people say it, before or after `now`.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 5, 12, tzinfo=UTC)
    >>> ago(noon - timedelta(minutes=5), noon), ago(noon + timedelta(hours=3), noon), ago(noon, noon)
    ('5 min ago', 'in 3 h', 'just now')
    """
    seconds = (now - moment).total_seconds()
    size = abs(seconds)
    if size < 60:
        return "just now" if seconds >= 0 else "in a moment"
    if size < 3600:
        text = f"{size // 60:.0f} min"
    elif size < 48 * 3600:
        text = f"{size // 3600:.0f} h"
    else:
        text = f"{size // 86400:.0f} days"
    return f"{text} ago" if seconds > 0 else f"in {text}"


def bytes_of(size: int) -> str:
    """A size in the unit that fits.

    >>> bytes_of(734_000_000), bytes_of(52_300_000_000)
    ('734 MB', '52.3 GB')
    """
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.0f} MB"


def _series(
    days: Sequence[date], counted: Counter[tuple[date, str]], names: Sequence[tuple[str, str]]
) -> tuple[Series, ...]:
    return tuple(Series(name, style, tuple(counted[day, style] for day in days)) for style, name in names)
