import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

Records = Sequence[Mapping[str, Any]]


def jsonl(records: Records) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.fixture
def beir(tmp_path: Path) -> Callable[[Records, Records, str], Path]:
    """Writes a corpus, questions and judgements as a folder in the BEIR layout."""

    def written(corpus: Records, queries: Records, qrels: str) -> Path:
        folder = tmp_path / "collection"
        (folder / "qrels").mkdir(parents=True)
        (folder / "corpus.jsonl").write_text(jsonl(corpus), "utf-8")
        (folder / "queries.jsonl").write_text(jsonl(queries), "utf-8")
        (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{qrels}", "utf-8")
        return folder

    return written
