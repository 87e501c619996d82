"""What a message looks like: pure functions from an answer to Telegram's text, entities and buttons.

    where it is unsure: a line that says so
    title, bold
    the best sentence, where the folded quote would hide it
    the passage, an expandable quote: what matches the question bold, the best sentence underlined
    source: publisher and date
    where else it came out
    [ button: the source, opened at the passage ]
    [ a button for each of the others ]
    [ 👍 ] [ 👎 ]

and where there is no answer:

    the kind sentence
    "did you mean", the suggested question bold       or: a label, headlines that have no address
    [ button: asks it ]                               [ a button for each headline that has one ]

Entities are given explicitly instead of markup, so nothing in an article can be read as markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
)
from telegram.constants import MessageLimit

from bot.messages import voting
from bot.messages.catalogue import Catalogue
from bot.messages.link import is_web_address, to_passage
from bot.messages.text import Mark, Marked, clean, clean_line, cut, joined, size_utf16
from knowledge.articles import Answer, Article, Copy, Hit

_MOST_TITLE_UTF16 = 256
_MOST_LEAD_UTF16 = 600
_MOST_SOURCE_UTF16 = 256
_MOST_HEADLINE_UTF16 = 64
"""On a button, of which phones show about 40 characters in a line, and not all a second one."""

_MOST_COPIES = 3

_MOST_HIGHLIGHTS = 40
"""In the quote, and again in the lead: with the other marks that stays under Telegram's 100 entities."""

_FOLD_CHARACTERS = 100
"""A folded quote shows three lines, on a phone about 40 Devanagari characters each."""


ASK_MEANT = "ask-meant"
"""The data of the button below a suggested question. The question itself is read from the message:
Hindi soon fills the 64 bytes that a button carries, and the message outlives the program."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_BEST = MessageEntity.UNDERLINE


@dataclass(frozen=True, slots=True)
class Content:
    """What Telegram is to show: a text, its entities, its buttons, and what it may preview."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None
    preview: LinkPreviewOptions = NO_PREVIEW


def answer(found: Answer, texts: Catalogue, kept_as: str | None = None) -> Content:
    """The message for an answer: its best passage with the source, and buttons to vote on it.

    `kept_as` is the id of the question in the log; without it there is nothing to vote on.
    Without an answer: the kind sentence, with the question that may have been meant, which is the nearer
    way to an answer, or else with the headlines of nearby articles. It shows nothing of what they say.
    """
    if found.hits:
        shown = passage(found.hits[0], texts, unsure=found.unsure)
        return replace(shown, keyboard=voting.offered(shown.keyboard, kept_as)) if kept_as else shown
    if found.meant:
        return _suggestion(found.meant, texts)
    return _headlines(found.nearby, texts) if found.nearby else Content(texts.no_answer)


def _suggestion(question: str, texts: Catalogue) -> Content:
    bold = Marked(clean_line(question)).styled(MessageEntity.BOLD)
    message = Marked(f"{texts.no_answer}\n\n{texts.meant}\n") + bold
    button = InlineKeyboardButton(texts.yes_meant, callback_data=ASK_MEANT)
    return Content(message.text, message.entities(), InlineKeyboardMarkup.from_button(button))


def _headlines(articles: Sequence[Article], texts: Catalogue) -> Content:
    linked = [article for article in articles if is_web_address(article.url)]
    lines = [_headline_line(article, texts) for article in articles if article not in linked]
    text = "\n".join((f"{texts.no_answer}\n\n{texts.nearby}", *lines))
    buttons = [
        InlineKeyboardButton(_headline(article, _MOST_HEADLINE_UTF16), url=article.url) for article in linked
    ]
    return Content(text, keyboard=InlineKeyboardMarkup.from_column(buttons) if buttons else None)


def _headline_line(article: Article, texts: Catalogue) -> str:
    byline = cut(Marked(_byline(article, texts)), _MOST_SOURCE_UTF16).text
    return "• " + " · ".join(filter(None, (_headline(article, _MOST_TITLE_UTF16), byline)))


def _headline(article: Article, limit_utf16: int) -> str:
    return cut(Marked(_name(article)), limit_utf16).text


def passage(hit: Hit, texts: Catalogue, *, unsure: bool = False) -> Content:
    """The message that shows `hit`: at most 4,096 UTF-16 units, and 100 entities."""
    article = hit.passage.article
    url = article.url if is_web_address(article.url) else None
    title = cut(Marked(clean_line(article.title)), _MOST_TITLE_UTF16).styled(MessageEntity.BOLD)
    source = texts.source.format(source=_source(article, texts))
    copies = article.copies[:_MOST_COPIES]
    quote = _quote(hit)
    above = _paragraphs(Marked(texts.unsure if unsure else ""), title, _lead(quote))
    places = [_place(copy, article, texts) for copy in copies]
    also = texts.also.format(sources=", ".join(places)) if copies else ""
    below = cut(Marked("\n" + source), _MOST_SOURCE_UTF16) + cut(
        Marked(also and f"\n{also}"), _MOST_SOURCE_UTF16
    )
    room = MessageLimit.MAX_TEXT_LENGTH - size_utf16(above.text + below.text)
    quoted = cut(quote, room).styled(MessageEntity.EXPANDABLE_BLOCKQUOTE)
    message = above + quoted + below
    sentence = clean_line(hit.passage.text[slice(*hit.best_sentence)])
    rows = [[InlineKeyboardButton(texts.open_source, url=to_passage(url, sentence))]] if url else []
    named = zip(places, copies, strict=True)
    if others := [(place, copy.url) for place, copy in named if is_web_address(copy.url)]:
        rows.append([InlineKeyboardButton(place, url=address) for place, address in others])
    preview = LinkPreviewOptions(url=url, prefer_small_media=True) if url else NO_PREVIEW
    return Content(message.text, message.entities(), InlineKeyboardMarkup(rows) if rows else None, preview)


def _quote(hit: Hit) -> Marked:
    text, best = hit.passage.text, hit.best_sentence
    spans = list(joined(hit.highlights, text, best))[:_MOST_HIGHLIGHTS]
    underline = [] if best == (0, len(text)) else [Mark(_BEST, *best)]
    return clean(Marked(text, (*underline, *(Mark(MessageEntity.BOLD, *span) for span in spans))))


def _lead(quote: Marked) -> Marked:
    best = next((mark for mark in quote.marks if mark.kind == _BEST), None)
    if best is None or best.start == 0 or best.end <= _FOLD_CHARACTERS:
        return Marked("")
    bold = tuple(mark for mark in quote.marks if mark.kind != _BEST)
    return cut(Marked(quote.text, bold)[best.start : best.end], _MOST_LEAD_UTF16)


def _paragraphs(*paragraphs: Marked) -> Marked:
    together = Marked("")
    for paragraph in paragraphs:
        if paragraph.text:
            together = together + paragraph + Marked("\n\n")
    return together


def _source(article: Article, texts: Catalogue) -> str:
    """Publisher and date; the article's name where nobody is known to have published it, never a file's."""
    day = texts.date(article.published) if article.published else ""
    return " · ".join(filter(None, (_publisher(article) or _name(article), day)))


def _name(article: Article) -> str:
    """What identifies the article to a reader: its title, or how it begins."""
    return clean_line(article.title) or cut(Marked(clean_line(article.text)), _MOST_HEADLINE_UTF16).text


def _byline(article: Article | Copy, texts: Catalogue) -> str:
    day = texts.date(article.published) if article.published else ""
    return " · ".join(filter(None, (_publisher(article), day)))


def _publisher(article: Article | Copy) -> str:
    """Who published it: by name, or the host of its address; empty where neither is known."""
    host = urlsplit(article.url).hostname if article.url and is_web_address(article.url) else None
    return clean_line(article.publisher or "") or host or ""


def _place(copy: Copy, shown: Article, texts: Catalogue) -> str:
    """Where a copy came out, in the few words that a button has room for; in the same paper, when too."""
    publisher = _publisher(copy)
    place = _byline(copy, texts) if publisher and publisher == _publisher(shown) else publisher
    return cut(Marked(place or clean_line(copy.title) or _name(shown)), _MOST_HEADLINE_UTF16).text
