"""The plan of the house: who may import whom, how long a file may be, and the names that others rely on."""

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import articles, errors
from knowledge.library import Library
from knowledge.ranking.engine import Engine

ROOT = Path(__file__).parents[1]
KNOWLEDGE = sorted((ROOT / "knowledge").rglob("*.py"))
BOT = sorted((ROOT / "bot").rglob("*.py"))

BASE = {"articles", "errors", "mapped"}
LANGUAGE = BASE | {"language"}
RANKING = LANGUAGE | {"ranking"}
SOURCES = LANGUAGE | {"sources"}
CORPUS = RANKING | SOURCES | {"corpus"}
ANSWERS = RANKING | {"corpus", "evidence", "confidence", "meant", "pool", "answers"}
LIBRARY = ANSWERS | CORPUS | {"library"}

MAY_IMPORT = {
    "articles": BASE,
    "mapped": BASE,
    "errors": BASE,
    "language": LANGUAGE,
    "ranking": RANKING,
    "sources": SOURCES,
    "corpus": CORPUS,
    "evidence": LANGUAGE,
    "confidence": BASE,
    "meant": RANKING | {"corpus"},
    "pool": RANKING | {"corpus", "pool"},
    "answers": ANSWERS,
    "library": LIBRARY,
    "golden": LIBRARY,
    "evaluation": LIBRARY | {"evaluation"},
    "sample": set(),
}
"""By room of `knowledge` the rooms whose names it may use: one direction, from the library down."""

LONGEST_FILE = 300


def imported(file: Path) -> Iterator[str]:
    """The full names of the modules that `file` imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: modules are imported by their full names"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_there_are_files_to_check() -> None:
    assert len(KNOWLEDGE) > 30
    assert len(BOT) > 10


@pytest.mark.parametrize("file", KNOWLEDGE, ids=str)
def test_knowledge_knows_nothing_of_the_bot_or_telegram(file: Path) -> None:
    assert not {name.split(".")[0] for name in imported(file)} & {"bot", "telegram"}


@pytest.mark.parametrize("file", KNOWLEDGE, ids=str)
def test_knowledge_is_used_in_one_direction(file: Path) -> None:
    room = file.relative_to(ROOT / "knowledge").with_suffix("").parts[0]
    used = {name.split(".")[1] for name in imported(file) if name.startswith("knowledge.")}
    assert room == "__init__" or used <= MAY_IMPORT[room]


@pytest.mark.parametrize("file", [*KNOWLEDGE, *BOT], ids=str)
def test_a_file_is_short_enough_to_be_read_at_once(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_FILE


def public(cls: type) -> set[str]:
    return {name for name in vars(cls) if not name.startswith("_")}


def test_the_library_has_the_names_that_the_bot_uses() -> None:
    assert public(Library) >= {"open", "generation", "passages", "articles", "ask", "refresh"}


def test_an_engine_has_the_names_that_answering_uses() -> None:
    assert public(Engine) == {"document_frequency", "search", "scores"}
    assert "__len__" in vars(Engine)


@pytest.mark.parametrize(
    ("cls", "fields"),
    [
        (articles.Article, ["id", "title", "text", "url", "published", "publisher", "copies"]),
        (articles.Passage, ["article", "position", "text", "repeats"]),
        (articles.Hit, ["passage", "score", "highlights", "best_sentence"]),
    ],
)
def test_what_knowledge_says_has_the_fields_that_others_read(cls: type, fields: list[str]) -> None:
    assert [field.name for field in dataclasses.fields(cls)] == fields


def test_the_error_tree_is_as_drawn_at_its_top() -> None:
    drawn = {word for word in (errors.__doc__ or "").replace("─", " ").split() if hasattr(errors, word)}
    defined = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert drawn == defined
    assert all(issubclass(getattr(errors, name), errors.KhabarError) for name in defined)
