"""What operators are told: pure functions from facts to messages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageLimit

from bot.corpus.desk import Target
from bot.corpus.reloading import Outcome
from bot.messages.catalogue import Catalogue
from bot.messages.render import Content
from bot.messages.text import Marked, clean_line, cut, size_utf16
from bot.questions.topics import Topic
from bot.watch.facts import Facts, ReloadFacts, ReloadProgress, SourceFacts
from knowledge.sources.web.looking import Seen

REMOVE = "operate-remove"
"""The data of the button that removes what the message names in bold: an address may be longer than data."""
ROLL_BACK = "operate-rollback:"
"""The data of the button that rolls back, before the generation that is served when it is shown."""

_BAR = 12
_REASONS = 5
_MOST_REASON_UTF16 = 300
_MOST_WORDS_UTF16, _MOST_EXAMPLE_UTF16 = 80, 140
"""Of a topic, of which a message has to hold fifteen."""


def text(content: str) -> Content:
    """A message of plain text, cut to what Telegram takes."""
    return Content(cut(Marked(content), MessageLimit.MAX_TEXT_LENGTH).text)


def progress(now: ReloadProgress, texts: Catalogue) -> Content:
    """How far a reload is: the phase, and a bar where its end is known."""
    phase = getattr(texts.operate, now.phase, now.phase)
    if not now.total:
        return text(f"{phase} … {now.done:,}" if now.done else f"{phase} …")
    share = min(1.0, now.done / now.total)
    full = round(share * _BAR)
    return text(f"{phase}\n{'▓' * full}{'░' * (_BAR - full)} {share:.0%} ({now.done:,} / {now.total:,})")


def outcome(ended: Outcome, texts: Catalogue) -> Content:
    """How a reload ended, and what it did."""
    said = texts.operate
    if ended.report is not None:
        return text("\n".join(_report(ended.report, texts)))
    match ended.result:
        case "nothing":
            return text(said.nothing_due)
        case "busy":
            return text(said.busy)
        case "refused":
            return text(said.refused.format(reason=_short(ended.error)))
        case _:
            return text(said.failed.format(reason=_short(ended.error)))


def _report(report: Mapping[str, Any], texts: Catalogue) -> Iterator[str]:
    said = texts.operate
    yield (said.published if report["published"] else said.unchanged).format(generation=report["generation"])
    yield said.counts.format(**{name: report[name] for name in ("added", "changed", "removed", "unchanged")})
    skipped = report["skipped"]
    if skipped["count"]:
        yield said.skipped.format(count=skipped["count"])
        yield from (
            f"• {_short(each['name'])}: {_short(each['reason'])}" for each in skipped["first"][:_REASONS]
        )
    if report["failed"]:
        yield said.sources_failed
        yield from (f"• {_short(each['reason'])}" for each in report["failed"])


def status(facts: Facts, texts: Catalogue) -> Content:
    """What answers, where it comes from, and how the last reload went."""
    said, lines = texts.operate, []
    if now := facts.generation:
        lines.append(said.generation.format(generation=now.id, articles=now.articles, passages=now.passages))
    if facts.held_since:
        lines.append(said.held)
    if last := facts.last_reload:
        result = getattr(said, f"result_{last.result}")
        line = said.last_reload.format(when=_moment(last.finished, texts), result=result)
        lines.append(": ".join(filter(None, (line, _details(last, texts)))))
    return text("\n".join([*lines, "", *_sources(facts.sources, texts)]))


def _details(ended: ReloadFacts, texts: Catalogue) -> str:
    """What went wrong, or else what changed; nothing where nothing did."""
    said = texts.operate
    counts = (said.new, ended.added), (said.changed, ended.changed), (said.gone, ended.removed)
    changes = ", ".join(text.format(count=count) for text, count in counts if count)
    return _short(ended.reason) or changes


def sources(facts: Facts, texts: Catalogue) -> list[Content]:
    """The sources by number, and how their checks go, in as many messages as that takes."""
    return [text(page) for page in _pages(_sources(facts.sources, texts))]


def _sources(sources: Sequence[SourceFacts], texts: Catalogue) -> Iterator[str]:
    said = texts.operate
    for number, each in enumerate(sources, 1):
        yield said.source.format(
            number=number,
            location=each.location,
            kind=getattr(said, each.kind),
            articles=each.articles or 0,
            read=_moment(each.last_success, texts),
            next=_moment(each.next_check, texts),
        )
        if each.error:
            yield said.source_failed.format(error=_short(each.error))


def topics(wanted: Sequence[Topic], texts: Catalogue) -> Content:
    """What was asked in vain, the most wanted first, each with a question as an example."""
    if not wanted:
        return text(texts.operate.nothing_wanted)
    lines = []
    for number, topic in enumerate(wanted, 1):
        words = _short(" ".join(topic.words), _MOST_WORDS_UTF16)
        lines.append(
            texts.operate.topic.format(
                number=number, words=words, questions=topic.questions, persons=topic.persons
            )
        )
        lines += [f"   {_short(example, _MOST_EXAMPLE_UTF16)}" for example in topic.examples[:1]]
    return text("\n".join(lines))


def added(address: str, seen: Seen, texts: Catalogue) -> Content:
    """What is at an address that is followed from now on."""
    kind = getattr(texts.operate, seen.kind)
    title = f"“{clean_line(seen.title)}”" if seen.title else ""
    return text(
        texts.operate.added.format(address=address, kind=kind, entries=seen.entries, title=title).rstrip()
    )


def rollback_question(generation: str, texts: Catalogue) -> Content:
    """Asks whether to go back from this generation."""
    button = InlineKeyboardButton(texts.operate.rollback_yes, callback_data=ROLL_BACK + generation)
    question = texts.operate.rollback_question.format(generation=generation)
    return Content(question, keyboard=InlineKeyboardMarkup.from_button(button))


def removal_question(target: Target, texts: Catalogue) -> Content:
    """Asks whether to remove it; its name is bold."""
    said = texts.operate
    question = said.remove_article if target.kind == "article" else said.remove_source
    title = f"{_short(target.title)}\n" if target.title != target.name else ""
    message = Marked(f"{question}\n\n{title}") + Marked(target.name).styled(MessageEntity.BOLD)
    button = InlineKeyboardButton(said.remove_yes, callback_data=REMOVE)
    return Content(message.text, message.entities(), InlineKeyboardMarkup.from_button(button))


def _pages(lines: Iterable[str]) -> Iterator[str]:
    page = ""
    for line in lines:
        longer = f"{page}\n{line}" if page else line
        if page and size_utf16(longer) > MessageLimit.MAX_TEXT_LENGTH:
            yield page
            longer = line
        page = longer
    yield page


def _moment(moment: datetime | None, texts: Catalogue) -> str:
    """The machine's local time."""
    if moment is None:
        return texts.operate.never
    local = moment.astimezone()
    return f"{texts.date(local.date())}, {local:%H:%M}"


def _short(text: str, limit_utf16: int = _MOST_REASON_UTF16) -> str:
    return cut(Marked(clean_line(text)), limit_utf16).text
