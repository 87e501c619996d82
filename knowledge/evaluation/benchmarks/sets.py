"""The evaluation sets that a person names by their folders, each of a size that is asked in a minute."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.articles import Article
from knowledge.errors import EvaluationError
from knowledge.evaluation.beir import TestQuery, read_collection
from knowledge.language.concepts import script_of

MOST_QUESTIONS = 300
"""Of a larger set as many are asked, one in every so many."""


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """A collection by its folder's name, with those of its `size` questions that are asked."""

    name: str
    size: int
    articles: tuple[Article, ...]
    queries: tuple[TestQuery, ...]
    relevant: Mapping[str, Mapping[str, int]]

    @property
    def is_latin(self) -> bool:
        """Whether most of the questions have Latin letters."""
        scripts = [script_of(query.text) for query in self.queries]
        return 2 * sum(script in ("latin", "mixed") for script in scripts) > len(scripts)


def read_sets(folders: Sequence[Path]) -> list[EvaluationSet]:
    """The BEIR folders among `folders`, or directly in one of them by name, in that order.

    Raises:
        EvaluationError: a folder is neither of both, or one is malformed.
    """
    return [_sampled(folder) for each in folders for folder in _beir_folders(each)]


def _beir_folders(folder: Path) -> Iterator[Path]:
    inner = sorted(file.parent for file in folder.glob("*/queries.jsonl"))
    if (folder / "queries.jsonl").is_file():
        yield folder
    elif inner:
        yield from inner
    else:
        raise EvaluationError(
            f"{folder}: neither a BEIR folder nor one that holds some; it needs corpus.jsonl, queries.jsonl "
            "and qrels/test.tsv"
        )


def _sampled(folder: Path) -> EvaluationSet:
    collection = read_collection(folder)
    size = len(collection.queries)
    asked = min(size, MOST_QUESTIONS)
    queries = tuple(collection.queries[number * size // asked] for number in range(asked))
    return EvaluationSet(folder.resolve().name, size, collection.articles, queries, collection.relevant)
