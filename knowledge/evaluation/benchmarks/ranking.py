"""The embedded engine beside rank-bm25: speed, memory, and whether they rank alike."""

import resource
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

import numpy as np

from knowledge.answers import Answerer
from knowledge.corpus.build import build
from knowledge.corpus.generation import Generation
from knowledge.evaluation.benchmarks import synthetic
from knowledge.language.analysis import Analyser
from knowledge.language.lexicons import read_lexicons
from knowledge.language.query import QuestionAnalyser
from knowledge.ranking.engine import Engine, Scores
from knowledge.ranking.reference import ReferenceEngine
from knowledge.ranking.weights import weighted_terms

PASSAGES = 100_000
QUESTIONS = 200
REFERENCE_QUESTIONS = 20
"""rank-bm25 takes a quarter of a second each."""

TOP = 10

Asked = TypeVar("Asked")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Measured:
    """One engine's figures: the top ten's scores, a row a question; times in ms; memory in MB."""

    scores: list[Scores]
    ready_ms: float
    first_ms: float
    times_ms: list[float]
    memory_mb: float


def benchmark_ranking(progress: Callable[[str, int, int], None]) -> Iterable[dict[str, str | float]]:
    """A row for each engine, then one for a whole question, over 100,000 made-up passages."""
    with TemporaryDirectory(prefix="khabar-benchmark-") as folder:
        articles = list(synthetic.articles(PASSAGES))
        build(Path(folder), articles, lambda done, of: progress("indexing", done, of))
        del articles
        reference = _apart(_measure_reference, folder)
        embedded = _apart(_measure_embedded, folder)
        whole = _apart(_measure_whole, folder)
    alike = [_same(ours, theirs) for ours, theirs in zip(embedded.scores, reference.scores, strict=False)]
    faster = float(np.median(reference.times_ms) / np.median(embedded.times_ms[:REFERENCE_QUESTIONS]))
    yield _row("rank-bm25", reference) | {"times faster": 1.0, "same top ten": ""}
    yield _row("embedded", embedded) | {"times faster": faster, "same top ten": f"{sum(alike)}/{len(alike)}"}
    yield _row("embedded, whole question", whole) | {"times faster": "", "same top ten": ""}


def _apart(measure: Callable[[Path], _Measured], folder: str) -> _Measured:
    """In a process of its own, so that one's memory isn't counted for the other."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, Path(folder)).result()


def _measure_embedded(folder: Path) -> _Measured:
    return _measure_engine(folder, lambda generation: generation.by_passage, QUESTIONS)


def _measure_reference(folder: Path) -> _Measured:
    return _measure_engine(folder, _reference, REFERENCE_QUESTIONS)


def _reference(generation: Generation) -> Engine:
    analyser = Analyser()
    texts = (generation.passage(number).text for number in range(generation.passages))
    return ReferenceEngine([analyser.terms(text) for text in texts])


def _measure_engine(folder: Path, engine_of: Callable[[Generation], Engine], number: int) -> _Measured:
    language = QuestionAnalyser(read_lexicons())
    before = _memory_mb()
    began = perf_counter()
    generation = Generation.open(folder)
    engine = engine_of(generation)
    ready_ms = (perf_counter() - began) * 1000
    background = language.lexicons.background
    queries = [
        weighted_terms(language.analyse(question, generation.vocabulary), generation.by_passage, background)
        for question in synthetic.questions(number)
    ]
    scores, times_ms = _timed(lambda query: engine.search(query, TOP)[1], queries)
    return _Measured(scores, ready_ms, times_ms[0], times_ms, _memory_mb() - before)


def _measure_whole(folder: Path) -> _Measured:
    language = QuestionAnalyser(read_lexicons())
    before = _memory_mb()
    began = perf_counter()
    generation = Generation.open(folder)
    answerer = Answerer(generation, generation.by_passage, language)
    ready_ms = (perf_counter() - began) * 1000
    _, times_ms = _timed(lambda question: answerer.answer(question, 5), synthetic.questions(QUESTIONS))
    return _Measured([], ready_ms, times_ms[0], times_ms, _memory_mb() - before)


def _timed(ask: Callable[[Asked], Result], all_asked: Iterable[Asked]) -> tuple[list[Result], list[float]]:
    results, times_ms = [], []
    for asked in all_asked:
        began = perf_counter()
        results.append(ask(asked))
        times_ms.append((perf_counter() - began) * 1000)
    return results, times_ms


def _memory_mb() -> float:
    """What the process holds now; its peak would be that of the process it was started from."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _same(ours: Scores, theirs: Scores) -> bool:
    """Whether the scores of both top tens are the same, so that only ties may part them."""
    return len(ours) == len(theirs) and bool(np.allclose(ours, theirs, rtol=1e-5))


def _row(name: str, measured: _Measured) -> dict[str, str | float]:
    return {
        "engine": name,
        "open ms": measured.ready_ms,
        "first ms": measured.first_ms,
        "p50 ms": float(np.percentile(measured.times_ms, 50)),
        "p95 ms": float(np.percentile(measured.times_ms, 95)),
        "memory MB": measured.memory_mb,
    }
