"""Articles as a generation keeps them: a line of JSON each, their copies included."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.articles import Article, Copy


def record_of(article: Article) -> str:
    """The article as JSON."""
    copies = [_fields(copy) for copy in article.copies]
    return json.dumps(_fields(article) | {"copies": copies}, ensure_ascii=False, default=str)


def article_of(record: str) -> Article:
    """The article that `record_of` made this of."""
    fields = json.loads(record)
    copies = tuple(Copy(**_dated(copy)) for copy in fields.pop("copies"))
    return Article(**_dated(fields), copies=copies)


def _fields(of: Article | Copy) -> dict[str, Any]:
    return {field: getattr(of, field) for field in of.__slots__}


def _dated(fields: Mapping[str, Any]) -> dict[str, Any]:
    published = fields["published"]
    return {**fields, "published": published and date.fromisoformat(published)}
