"""How well questions are answered, measured on a test collection through the path that people use."""

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG

from knowledge.answers import Answerer, Ranking
from knowledge.articles import Answer, Article
from knowledge.corpus.build import build
from knowledge.corpus.generation import Generation
from knowledge.evaluation.beir import Collection, TestQuery, read_collection
from knowledge.language.lexicons import read_lexicons
from knowledge.language.query import QuestionAnalyser

DEPTH = 100
"""Articles in a run, for each question."""

SHOWN = 5
"""Passages that may be shown for a question."""

_MEASURES = {
    nDCG @ 10: "nDCG@10",
    RR @ 10: "MRR@10",
    R @ 1: "R@1",
    R @ 5: "R@5",
    R @ 10: "R@10",
    Success @ 1: "Success@1",
    Success @ 5: "Success@5",
}

Progress = Callable[[str, int, int], None]
Run = dict[str, list[str]]
"""By question the ids of the articles found for it, best first."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured, by name, in the order in which it is told; shares are 0 to 1, times in ms."""

    measures: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Asked:
    query: TestQuery
    answer: Answer
    articles: list[str]


def evaluate(
    beir_dir: Path,
    *,
    run_file: Path | None = None,
    answers_file: Path | None = None,
    english_dictionary: Path | None = None,
    progress: Progress,
) -> Evaluation:
    """The measures of the collection in `beir_dir`, indexed in a temporary folder of its own.

    `run_file` gets the ranking in TREC format, 100 articles deep, `answers_file` what would have been
    replied; `progress` is told the phase, and how much of it is done.

    Raises:
        EvaluationError: the folder is incomplete or malformed.
    """
    collection = read_collection(beir_dir)
    with TemporaryDirectory(prefix="khabar-evaluate-") as folder:
        build(Path(folder), collection.articles, lambda done, of: progress("indexing", done, of))
        language = QuestionAnalyser(read_lexicons(english_dictionary))
        asked = list(_ask_all(collection.queries, Generation.open(Path(folder)), language, progress))
    if run_file:
        run_file.write_text("".join(_trec_lines(asked)), "utf-8")
    if answers_file:
        answers_file.write_text("".join(map(_answer_line, asked)), "utf-8")
    return Evaluation(
        _ranking_measures(asked, collection)
        | _evidence_measures(asked)
        | _refusal_measures(asked, collection)
        | _times(asked)
    )


def _ask_all(
    queries: Sequence[TestQuery], generation: Generation, language: QuestionAnalyser, progress: Progress
) -> Iterable[_Asked]:
    answerer = Answerer(generation, generation.by_passage, language)
    for number, query in enumerate(queries, 1):
        began = perf_counter()
        ranking = answerer.rank(query.text)
        yield _Asked(query, answerer.reply(ranking, SHOWN, began), articles_of(ranking, generation))
        progress("asking", number, len(queries))


def articles_of(ranking: Ranking, generation: Generation, depth: int = DEPTH) -> list[str]:
    """The articles of the ranked passages, each once, at its best passage's place, before its copies."""
    read = (candidate.passage.article for candidate in ranking.read)
    rest = (generation.passage(number).article for number in ranking.rest)
    return first_different(chain.from_iterable(map(_ids, chain(read, rest))), depth)


def _ids(article: Article) -> tuple[str, ...]:
    """The article's id and its copies': which of them the judges read is chance."""
    return article.id, *(copy.id for copy in article.copies)


def first_different(ids: Iterable[str], depth: int) -> list[str]:
    """The first `depth` different ids; no more of `ids` is read than that takes."""
    found: dict[str, None] = {}
    for each in ids:
        if len(found) == depth:
            break
        found[each] = None
    return list(found)


def _trec_lines(asked: Iterable[_Asked]) -> Iterable[str]:
    for each in asked:
        for place, article in enumerate(each.articles, 1):
            yield f"{each.query.id} Q0 {article} {place} {DEPTH + 1 - place} khabar\n"


def _answer_line(asked: _Asked) -> str:
    passages = [
        {"article_id": hit.passage.article.id, "text": hit.passage.text} | _copies(hit.passage.article)
        for hit in asked.answer.ranked
    ]
    line = {
        "_id": asked.query.id,
        "answered": asked.answer.answered,
        "confidence": asked.answer.confidence,
        "passages": passages,
    }
    return json.dumps(line, ensure_ascii=False) + "\n"


def _copies(article: Article) -> dict[str, list[str]]:
    """The ids of the article's copies, where it has any: the passage is from them as well."""
    return {"copies": [copy.id for copy in article.copies]} if article.copies else {}


def _ranking_measures(asked: Sequence[_Asked], collection: Collection) -> dict[str, float]:
    run = {
        each.query.id: {article: float(DEPTH - place) for place, article in enumerate(each.articles)}
        for each in asked
        if each.query.id in collection.relevant
    }
    qrels = {query: collection.relevant[query] for query in run}
    found = ir_measures.calc_aggregate(_MEASURES, qrels, run) if run else {}
    return {name: float(found[measure]) for measure, name in _MEASURES.items() if measure in found}


def _evidence_measures(asked: Sequence[_Asked]) -> dict[str, float]:
    """How often the first passage, or one of the first five, holds the evidence; empty without evidence."""
    judged = [each for each in asked if each.query.evidence]
    if not judged:
        return {}
    held = [
        [holds_evidence(hit.passage.text, each.query.evidence) for hit in each.answer.ranked]
        for each in judged
    ]
    lengths = [len(hit.passage.text) for each in judged for hit in each.answer.ranked]
    return {
        "evidence@1": float(np.mean([any(holds[:1]) for holds in held])),
        "evidence@5": float(np.mean([any(holds) for holds in held])),
        "passage_characters": float(np.mean(lengths)) if lengths else 0.0,
    }


def holds_evidence(text: str, evidence: str) -> bool:
    """Whether the evidence stands in the text, white space and Unicode forms aside."""
    return _without_space(evidence) in _without_space(text)


def _without_space(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _refusal_measures(asked: Sequence[_Asked], collection: Collection) -> dict[str, float]:
    """The shares refused and answered; empty where every question has an answer."""
    answered = {True: [], False: []}  # type: dict[bool, list[bool]]
    for each in asked:
        answered[each.query.id in collection.relevant].append(each.answer.answered)
    if not answered[True] or not answered[False]:
        return {}
    return {
        "unanswerable_refused": 1 - float(np.mean(answered[False])),
        "answerable_answered": float(np.mean(answered[True])),
    }


def _times(asked: Sequence[_Asked]) -> dict[str, float]:
    times = [each.answer.took_ms for each in asked]
    if not times:
        return {}
    return {f"ms_p{share}": float(np.percentile(times, share)) for share in (50, 95)}
