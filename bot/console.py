"""What the commands print: answers, reports and tables, and progress bars on standard error."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from knowledge.articles import Answer, Article, Copy, Hit
from knowledge.sources.source import Skipped

if TYPE_CHECKING:
    from knowledge.corpus.duplicates import Duplicate
    from knowledge.corpus.reload import ReloadReport
    from knowledge.sources.source import Item
    from knowledge.sources.web.looking import Seen

_UNLIMITED = 10_000
_BARS_SHOWN = 12
_DUPLICATES_SHOWN = 10
"""The feed and the sitemap of one paper have most articles in common: nobody reads them all."""

NO_ANSWER = "No answer: the articles don't cover this question."
UNSURE = "This may not be quite what was asked:"
MEANT = "Did you mean: "
NEARBY = "Close to it, though without the answer:"


@contextmanager
def progress(*, in_lines: bool = False) -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar for each phase, on standard error where that is a terminal; told (phase, done, of).

    Where it is none, nothing, or with `in_lines` each phase's name as it begins.
    """
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    bars = Progress(*columns, console=console, disable=not console.is_terminal)
    tasks: dict[str, TaskID] = {}

    def tell(phase: str, done: int, total: int | None) -> None:
        if phase not in tasks:
            _end_open_phases(bars)
            if in_lines and not console.is_terminal:
                print(f"{phase} …", file=sys.stderr, flush=True)
            tasks[phase] = bars.add_task(phase, total=total)
        bars.update(tasks[phase], completed=done, total=total)

    with bars:
        yield tell


def _end_open_phases(bars: Progress) -> None:
    """What had no known end is at its end when the next phase begins, and the last ones alone are shown."""
    for task in bars.tasks:
        if task.total is None:
            bars.update(task.id, total=task.completed)
    for task in bars.tasks[: -_BARS_SHOWN + 1]:
        bars.update(task.id, visible=False)


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """The answer in the shape of `khabar ask --json`; offsets are code points into `text`.

    `passages` is empty for a refusal, `nearby` for an answer; `meant` is None unless a refusal has one.
    """
    return {
        "question": answer.question,
        "script": answer.script,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "unsure": answer.unsure,
        "generation": answer.generation,
        "took_ms": round(answer.took_ms, 3),
        "passages": [_hit_as_json(hit) for hit in answer.hits],
        "meant": answer.meant,
        "nearby": [_nearby_as_json(article) for article in answer.nearby],
    }


def _nearby_as_json(article: Article) -> dict[str, Any]:
    return {"article_id": article.id, "title": article.title, "url": article.url}


def _hit_as_json(hit: Hit) -> dict[str, Any]:
    article = hit.passage.article
    return {
        "article_id": article.id,
        "passage_id": hit.passage.id,
        "title": article.title,
        "url": article.url,
        "published": article.published and article.published.isoformat(),
        "publisher": article.publisher,
        "text": hit.passage.text,
        "score": hit.score,
        "highlights": [list(span) for span in hit.highlights],
        **({"copies": [_copy_as_json(copy) for copy in article.copies]} if article.copies else {}),
    }


def _copy_as_json(copy: Copy) -> dict[str, Any]:
    return {
        "article_id": copy.id,
        "title": copy.title,
        "url": copy.url,
        "published": copy.published and copy.published.isoformat(),
        "publisher": copy.publisher,
    }


def print_answer(answer: Answer) -> None:
    """The passages for a person: title, date and publisher, text with the matched words bold, link.

    Without an answer: that, with what may have been meant and the headlines of nearby articles.
    """
    if answer.hits:
        unsure = [Text(UNSURE)] if answer.unsure else []
        _print(Text("\n\n").join([*unsure, *(_hit_as_text(hit) for hit in answer.hits)]))
        return
    meant = [Text(MEANT).append(answer.meant, "bold")] if answer.meant else []
    nearby = [Text(NEARBY), *map(_headline_as_text, answer.nearby)] if answer.nearby else []
    _print(Text("\n").join([Text(NO_ANSWER), *meant, *nearby]))


def _headline_as_text(article: Article) -> Text:
    facts = article.title or article.id, _byline(article), article.url
    return Text("  " + " · ".join(filter(None, facts)))


def _byline(article: Article) -> str:
    published = article.published.isoformat() if article.published else None
    return " · ".join(filter(None, (published, article.publisher)))


def _hit_as_text(hit: Hit) -> Text:
    article = hit.passage.article
    text = Text(hit.passage.text)
    for start, end in hit.highlights:
        text.stylize("bold", start, end)
    lines = (
        Text(article.title, "bold cyan"),
        Text(_byline(article), "dim"),
        text,
        Text(article.url or "", "blue"),
        *(Text(f"also: {copy.url or copy.publisher or copy.id}", "dim") for copy in article.copies),
    )
    return Text("\n").join(line for line in lines if line)


def print_reload(report: "ReloadReport") -> None:
    """What a reload changed, and what it left out and why."""
    served = "now served" if report.published else "still served: nothing had changed"
    counts = ", ".join(
        f"{getattr(report, name):,} {name}" for name in ("added", "changed", "removed", "unchanged")
    )
    _print(Text(f"Generation {report.generation} is {served}.\nArticles: {counts} ({report.took_s:.1f} s)."))
    _print_left_out("Failed", [each.reason for each in report.failed])
    _print_left_out("Skipped", [f"{each.name}: {each.reason}" for each in report.skipped])
    _print_left_out("Duplicates", [_duplicate(each) for each in report.duplicates], _DUPLICATES_SHOWN)


def _duplicate(each: "Duplicate") -> str:
    """As people know it, with what it is the same as, unless that goes without saying."""
    known_as = f"{each.place} “{each.title}”" if each.title else each.place
    of = "" if each.of == each.name or each.place != each.name else f": {each.of}"
    return f"{known_as}: {each.reason}{of}"


def print_source(location: str, items: "Iterable[Item]") -> None:
    """How much a source holds, and what of it can't be used."""
    items = list(items)
    skipped = [item for item in items if isinstance(item, Skipped)]
    _print(Text(f"{location}: {len(items) - len(skipped)} articles"))
    _print_left_out("Skipped", [f"{each.name}: {each.reason}" for each in skipped])


def print_seen(location: str, seen: "Seen") -> None:
    """What is at an address."""
    _print(Text(f"{location}: {described(seen)}"))


def described(seen: "Seen") -> str:
    """What is at an address, in a few words: `a feed “दैनिक नमूना”, 20 entries`."""
    title = f" “{seen.title}”" if seen.title else ""
    return f"a {seen.kind}{title}" + ("" if seen.kind == "page" else f", {seen.entries} entries")


def _print_left_out(heading: str, items: Sequence[str], most: int | None = None) -> None:
    if items:
        rest = [f"… and {len(items) - most:,} more"] if most and len(items) > most else []
        _print(Text("\n  ".join([f"{heading}: {len(items)}", *items[:most], *rest])))


def print_status(status: Mapping[str, Any]) -> None:
    """What is served, what is kept, how the last reload went, and whether the schedule waits."""
    built, last, held = status["built_at"], status["last_reload"], status["held_since"]
    shown = {
        "articles": f"{status['articles']:,}{_copies(status['copies'])}",
        "passages": f"{status['passages']:,}",
        "built_at": built and _minute(built),
        "last_reload": last and f"{_minute(last['started'])} {last['result']} {last['reason']}".rstrip(),
        "held_since": held and f"{_minute(held)}, by a rollback; khabar reload goes forward again",
    }
    print_facts(
        {
            name: value
            for name, value in ({**status, **shown}).items()
            if name != "copies" and (name != "held_since" or value)
        }
    )


def _copies(count: int) -> str:
    if not count:
        return ""
    return f" ({count:,} more are copies of others)" if count > 1 else " (1 more is a copy of another)"


def _minute(moment: str) -> str:
    return minute(datetime.fromisoformat(moment))


def minute(moment: datetime) -> str:
    """The machine's local time, such as `2026-04-07 18:30`."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def print_facts(facts: Mapping[str, object]) -> None:
    """One fact a line."""
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        table.add_row(Text(name.replace("_", " ")), Text(_shown(value)))
    _print(table)


def print_settings(settings: Iterable[tuple[str, object, str]]) -> None:
    """Each setting with its value and the place that set it."""
    print_rows({"setting": name, "value": value, "set in": place} for name, value, place in settings)


def print_rows(rows: Iterable[Mapping[str, object]]) -> None:
    """A table; the keys of the first row are its head."""
    rows = list(rows)
    table = Table(*rows[0] if rows else (), box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row.values()))
    _print(table)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None else str(value)


def _print(renderable: Text | Table) -> None:
    """Fitted to the terminal; whole lines where the output goes to a file or another program."""
    console = Console()
    if not console.is_terminal:
        console.width = _UNLIMITED
    console.print(renderable)
