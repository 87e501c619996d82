"""Writes the quality set as BEIR folders: `python tests/quality/as_beir.py FOLDER` makes three in FOLDER.

`khabar evaluate` measures one of them, `khabar benchmark quality FOLDER` all three beside the peers.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from knowledge.articles import Article
from knowledge.sample import FOLDER
from knowledge.sources import source_at

FORMS = ("hi", "roman", "mixed")


def write_sets(into: Path) -> list[Path]:
    """The folders written, one for each way of typing: `sample-hi`, `sample-roman`, `sample-mixed`."""
    questions = [
        json.loads(line)
        for line in Path(__file__).with_name("questions.jsonl").read_text("utf-8").splitlines()
    ]
    articles = [article for article in source_at(str(FOLDER)).read() if isinstance(article, Article)]
    corpus = [
        {"_id": Path(article.id).stem, "title": article.title, "text": article.text} for article in articles
    ]
    judged = "".join(f"{each['_id']}\t{each['article']}\t1\n" for each in questions if each["article"])
    return [_write(into / f"sample-{form}", corpus, questions, form, judged) for form in FORMS]


def _write(
    folder: Path,
    corpus: Iterable[Mapping[str, str]],
    questions: Iterable[Mapping[str, str]],
    form: str,
    judged: str,
) -> Path:
    (folder / "qrels").mkdir(parents=True)
    queries = ({"_id": each["_id"], "text": each[form], "evidence": each["evidence"]} for each in questions)
    (folder / "corpus.jsonl").write_text(_jsonl(corpus), "utf-8")
    (folder / "queries.jsonl").write_text(_jsonl(queries), "utf-8")
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", "utf-8")
    return folder


def _jsonl(records: Iterable[Mapping[str, str]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


if __name__ == "__main__":
    print("\n".join(map(str, write_sets(Path(sys.argv[1])))))
