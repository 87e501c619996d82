"""From the fields that a file gives for an article to the article."""

from collections.abc import Mapping
from datetime import date, datetime

from knowledge.articles import Article
from knowledge.sources.cleaning import clean
from knowledge.sources.identity import canonical_url
from knowledge.sources.lines import tidy


class Rejected(ValueError):
    """No article can be made of this; the message says why, for the operator."""


def to_article(record: Mapping[str, object], default_id: str) -> tuple[Article, list[str]]:
    """The article of a record, and what of it had to be left out, a sentence each.

    Fields are `id` or `_id`, `title`, `text`, `url`, `published`, `publisher`; only `text` is required.
    A bad date, address or publisher does not lose the article.

    Raises:
        Rejected: there is no text, or id, title or text are not what they must be.
    """
    if not _string(record, "text").strip():
        raise Rejected("it has no text")
    title, text = clean(_string(record, "text"), _string(record, "title"))
    if not text:
        raise Rejected("it holds nothing but page furniture")
    remarks: list[str] = []
    article = Article(
        id=_id(record) or default_id,
        title=title,
        text=text,
        url=_url(record.get("url"), remarks),
        published=_date(record.get("published"), remarks),
        publisher=_publisher(record.get("publisher"), remarks),
    )
    return article, remarks


def _string(record: Mapping[str, object], field: str) -> str:
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Rejected(f"its {field} is not a string")
    return value


def _id(record: Mapping[str, object]) -> str:
    value = record.get("id") if record.get("id") is not None else record.get("_id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _one_line(_string({"id": value}, "id"))


def _url(value: object, remarks: list[str]) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and canonical_url(value) is not None:
        return value.strip()
    remarks.append(f"its url {_shown(value)} is no http(s) address; the article is kept without it")
    return None


def _date(value: object, remarks: list[str]) -> date | None:
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        remarks.append(
            f"its published {_shown(value)} is no date such as 2021-04-09; the article is kept without it"
        )
        return None


def _publisher(value: object, remarks: list[str]) -> str | None:
    if value is None or isinstance(value, str):
        return _one_line(value or "") or None
    remarks.append(f"its publisher {_shown(value)} is not a string; the article is kept without it")
    return None


def _one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def _shown(value: object) -> str:
    text = _one_line(str(value))
    return f"“{text if len(text) <= 60 else text[:60] + '…'}”"
