from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.articles import Article
from knowledge.errors import EvaluationError
from knowledge.evaluation.beir import Collection, TestQuery, read_collection

CORPUS = [{"_id": "पुल", "title": "नया पुल", "text": "नदी पर पुल बना।"}, {"_id": 2, "text": "आम महँगे हुए।"}]
QUERIES = [
    {"_id": "q1", "text": "पुल कहाँ बना?", "evidence": "नदी पर"},
    {"_id": 7, "text": "आम?", "evidence": None},
]
QRELS = "q1\tपुल\t1\nq1\t2\t0\n7\t2\t2\n"
FOLDER = Collection(
    (Article("पुल", "नया पुल", "नदी पर पुल बना।"), Article("2", "", "आम महँगे हुए।")),
    (TestQuery("q1", "पुल कहाँ बना?", "नदी पर"), TestQuery("7", "आम?", "")),
    {"q1": {"पुल": 1}, "7": {"2": 2}},
)


@pytest.fixture
def folder(beir: Callable[..., Path]) -> Path:
    return beir(CORPUS, QUERIES, QRELS)


def test_a_folder_is_read_whole(folder: Path) -> None:
    assert read_collection(folder) == FOLDER


def test_blank_lines_and_a_byte_order_mark_are_nothing(folder: Path) -> None:
    for name in ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv"):
        file = folder / name
        (folder / name).write_text("\ufeff" + file.read_text("utf-8") + "\n\n", "utf-8")
    assert read_collection(folder) == FOLDER


def test_a_corpus_may_be_the_path_of_another_folders(folder: Path) -> None:
    corpus = folder / "corpus.jsonl"
    (folder.parent / "news").mkdir()
    corpus.rename(folder.parent / "news" / "corpus.jsonl")
    (folder / "corpus.jsonl").write_text("../news/corpus.jsonl\n", "utf-8")
    assert read_collection(folder) == FOLDER


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(EvaluationError, match=f"{folder / name}: No such file .*BEIR folder"):
        read_collection(folder)


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=f"{tmp_path / 'nowhere'}/.*is this a BEIR folder"):
        read_collection(tmp_path / "nowhere")


def test_a_path_to_a_corpus_that_is_missing_is_named(folder: Path) -> None:
    (folder / "corpus.jsonl").write_text("../nowhere/corpus.jsonl", "utf-8")
    with pytest.raises(EvaluationError, match=r"\.\./nowhere/corpus\.jsonl: No such file"):
        read_collection(folder)


GOOD = '{"_id": "1", "text": "नदी"}'


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (f"{GOOD}\n{{broken\n", "line 2: not JSON"),
        (f"\n\n{GOOD}\n[1]\n", "line 4: no '_id'; BEIR needs _id, text"),
        (f'{GOOD}\n{{"_id": "2"}}\n', "line 2: no 'text'; BEIR needs _id, text"),
        (f'{GOOD}\n{{"_id": "2", "text": null}}\n', "line 2: no 'text'; BEIR needs _id, text"),
        (f'{GOOD}\n{{"text": "आम"}}\n', "line 2: no '_id'; BEIR needs _id, text"),
        (f"broken\n{GOOD}\n", "line 1: not JSON"),
    ],
)
def test_a_malformed_line_is_named(folder: Path, name: str, lines: str, message: str) -> None:
    (folder / name).write_text(lines, "utf-8")
    with pytest.raises(EvaluationError, match=f"{folder / name}, {message}"):
        read_collection(folder)


@pytest.mark.parametrize(
    "line", ["q1 पुल 1", "q1\tपुल", "q1\tपुल\tहाँ", "q1\tपुल\t1\t1", "q1\tपुल\t--1", "q1\tपुल\t²"]
)
def test_a_malformed_judgement_is_named(folder: Path, line: str) -> None:
    (folder / "qrels/test.tsv").write_text(f"query-id\tcorpus-id\tscore\nq1\tपुल\t1\n{line}\n", "utf-8")
    with pytest.raises(EvaluationError, match=r"test\.tsv, line 3: not query-id, corpus-id, score"):
        read_collection(folder)


def test_what_is_not_utf_8_is_named(folder: Path) -> None:
    (folder / "queries.jsonl").write_bytes(b'{"_id": "1", "text": "\xe9"}\n')
    with pytest.raises(EvaluationError, match=r"queries\.jsonl: not UTF-8"):
        read_collection(folder)
