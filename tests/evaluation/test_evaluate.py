import json
from collections.abc import Callable
from math import log2
from pathlib import Path

import pytest

from knowledge.evaluation.evaluate import DEPTH, SHOWN, evaluate

Beir = Callable[..., Path]

CORPUS = [
    {"_id": "pul", "title": "सोनपुर का पुल", "text": "सोनपुर में पुल खुला। पुल की लंबाई 420 मीटर है।"},
    {"_id": "aam", "title": "आम की फसल", "text": "आम की फसल दोगुनी हुई। मंडी में आम सस्ता हुआ।"},
    {"_id": "aam-2", "title": "किसान", "text": "किसानों की बैठक हुई। बैठक में आम की बात भी चली और गेहूँ की भी।"},
    {"_id": "mela", "title": "मेला", "text": "राजगढ़ में ऊँटों का मेला लगा।"},
]
QUERIES = [
    {"_id": "first", "text": "सोनपुर के पुल की लंबाई कितनी है?", "evidence": "लंबाई  420\nमीटर"},
    {"_id": "second", "text": "आम की फसल कैसी हुई?", "evidence": "गेहूँ की"},
    {"_id": "missed", "text": "हिमालय की चोटी पर कौन चढ़ा?", "evidence": "ऊँटों का"},
    {"_id": "unanswerable", "text": "चंद्रयान चाँद पर कब उतरा?"},
    {"_id": "also unanswerable", "text": "सोनपुर के पुल की लंबाई कितने मीटर है?"},
]
QRELS = "first\tpul\t1\nfirst\tmela\t1\nsecond\taam-2\t1\nmissed\tmela\t1\n"
NAMES = ["nDCG@10", "MRR@10", "R@1", "R@5", "R@10", "Success@1", "Success@5"]
EVIDENCE = ["evidence@1", "evidence@5", "passage_characters"]
REFUSAL = ["unanswerable_refused", "answerable_answered"]
TIMES = ["ms_p50", "ms_p95"]


def unheard(phase: str, done: int, total: int) -> None:
    """Progress that nobody listens to."""


def test_measures_are_those_computed_by_hand(beir: Beir) -> None:
    measures = evaluate(beir(CORPUS, QUERIES, QRELS), progress=unheard).measures
    assert list(measures) == [*NAMES, *EVIDENCE, *REFUSAL, *TIMES]
    gain = 1 + 1 / log2(3)  # of two right articles in the first two places
    # first: one of its two articles, in place 1; second: its article in place 2; missed: nothing found
    expected = {
        "nDCG@10": (1 / gain + 1 / log2(3) + 0) / 3,
        "MRR@10": (1 + 1 / 2 + 0) / 3,
        "R@1": (1 / 2 + 0 + 0) / 3,
        "R@5": (1 / 2 + 1 + 0) / 3,
        "R@10": (1 / 2 + 1 + 0) / 3,
        "Success@1": 1 / 3,
        "Success@5": 2 / 3,
        "evidence@1": 1 / 3,
        "evidence@5": 2 / 3,
        "unanswerable_refused": 1 / 2,
        "answerable_answered": 2 / 3,
    }
    assert {name: measures[name] for name in expected} == pytest.approx(expected)
    shown = ["pul", "aam", "aam-2"]
    lengths = [len(article["text"]) for article in CORPUS if article["_id"] in shown]
    assert measures["passage_characters"] == pytest.approx(sum(lengths) / 3)
    assert 0 < measures["ms_p50"] <= measures["ms_p95"]


def test_what_a_set_cannot_tell_is_left_out(beir: Beir) -> None:
    plain = [{"_id": query["_id"], "text": query["text"]} for query in QUERIES[:3]]
    measures = evaluate(beir(CORPUS, plain, QRELS), progress=unheard).measures
    assert list(measures) == [*NAMES, *TIMES]


def test_a_set_without_judgements_is_only_timed(beir: Beir) -> None:
    measures = evaluate(beir(CORPUS, QUERIES[3:], ""), progress=unheard).measures
    assert list(measures) == TIMES


@pytest.mark.parametrize(("corpus", "queries"), [([], QUERIES), (CORPUS, []), ([], [])])
def test_empty_files_are_measured_as_they_are(
    beir: Beir, corpus: list[dict[str, str]], queries: list[dict[str, str]]
) -> None:
    measures = evaluate(beir(corpus, queries, QRELS), progress=unheard).measures
    assert measures.get("MRR@10", 0) == measures.get("evidence@5", 0) == 0


def test_the_run_file_is_a_trec_run(beir: Beir, tmp_path: Path) -> None:
    run = tmp_path / "run.trec"
    evaluate(beir(CORPUS, QUERIES[:3], QRELS), run_file=run, progress=unheard)
    assert run.read_text("utf-8").splitlines() == [
        "first Q0 pul 1 100 khabar",
        "second Q0 aam 1 100 khabar",
        "second Q0 aam-2 2 99 khabar",
    ]


def test_the_run_file_is_a_hundred_articles_deep(beir: Beir, tmp_path: Path) -> None:
    many = [{"_id": str(number), "text": f"गाँव {number} में आम बिका।"} for number in range(DEPTH + 30)]
    run = tmp_path / "run.trec"
    evaluate(beir(many, [{"_id": "q", "text": "आम"}], "q\t7\t1\n"), run_file=run, progress=unheard)
    rows = [line.split() for line in run.read_text("utf-8").splitlines()]
    assert [int(row[3]) for row in rows] == list(range(1, DEPTH + 1))
    assert [int(row[4]) for row in rows] == list(range(DEPTH, 0, -1))
    assert len({row[2] for row in rows}) == DEPTH == 100


def test_the_answers_file_holds_what_would_have_been_replied(beir: Beir, tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    evaluate(beir(CORPUS, QUERIES, QRELS), answers_file=answers, progress=unheard)
    lines = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    assert [line["_id"] for line in lines] == [query["_id"] for query in QUERIES]
    assert [line["answered"] for line in lines] == [True, True, False, False, True]
    assert all(list(line) == ["_id", "answered", "confidence", "passages"] for line in lines)
    assert lines[0]["passages"] == [{"article_id": "pul", "text": CORPUS[0]["text"]}]
    assert lines[2]["passages"] == []
    assert all(0 <= line["confidence"] <= 1 and len(line["passages"]) <= SHOWN for line in lines)


def test_progress_is_told_by_phase(beir: Beir) -> None:
    told: list[tuple[str, int, int]] = []
    evaluate(beir(CORPUS, QUERIES, QRELS), progress=lambda *step: told.append(step))
    assert told == [("indexing", done, 4) for done in range(1, 5)] + [
        ("asking", done, 5) for done in range(1, 6)
    ]
