"""Reading test collections in the BEIR layout (Thakur et al., NeurIPS 2021)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.articles import Article
from knowledge.errors import EvaluationError

_NUMBER = re.compile(r"\s*-?\d+\s*")


@dataclass(frozen=True, slots=True)
class TestQuery:
    """A question; `evidence` is in every passage that answers it, "" where the set has none."""

    __test__ = False  # not a test case, whatever pytest makes of the name

    id: str
    text: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, questions, and by question the ids of the articles that answer it."""

    articles: tuple[Article, ...]
    queries: tuple[TestQuery, ...]
    relevant: dict[str, dict[str, int]]


def read_collection(folder: Path) -> Collection:
    """The collection in `folder`: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`.

    A corpus of one line that isn't JSON is the relative path of another folder's, as git writes a
    symbolic link where the system has none.

    Raises:
        EvaluationError: a file is missing or malformed; the message names it and the line.
    """
    queries = [
        TestQuery(str(record["_id"]), str(record["text"]), str(record.get("evidence") or ""))
        for record in _records(folder / "queries.jsonl", ("_id", "text"))
    ]
    articles = [
        Article(str(record["_id"]), str(record.get("title") or ""), str(record["text"]))
        for record in _records(_corpus_file(folder), ("_id", "text"))
    ]
    return Collection(tuple(articles), tuple(queries), _qrels(folder / "qrels" / "test.tsv"))


def _corpus_file(folder: Path) -> Path:
    file = folder / "corpus.jsonl"
    text = _text(file).strip() if file.is_file() and file.stat().st_size < 4096 else ""
    return file if not text or "\n" in text or text.startswith("{") else folder / text


def _records(file: Path, required: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_text(file).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise EvaluationError(f"{file}, line {number}: not JSON ({error})") from error
        missing = [key for key in required if not isinstance(record, dict) or record.get(key) is None]
        if missing:
            raise EvaluationError(
                f"{file}, line {number}: no {missing[0]!r}; BEIR needs {', '.join(required)}"
            )
        yield record


def _qrels(file: Path) -> dict[str, dict[str, int]]:
    relevant: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_text(file).splitlines()[1:], 2):
        if not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) != 3 or not _NUMBER.fullmatch(fields[2]):
            raise EvaluationError(f"{file}, line {number}: not query-id, corpus-id, score, parted by tabs")
        if int(fields[2]) > 0:
            relevant.setdefault(fields[0], {})[fields[1]] = int(fields[2])
    return relevant


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise EvaluationError(f"{file}: {error.strerror}; is this a BEIR folder?") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{file}: not UTF-8: {error.reason} at byte {error.start}") from error
