"""Reloads of a large corpus: what they cost when little has changed, and what those who ask notice."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

from knowledge.answers import Answerer
from knowledge.articles import Article
from knowledge.corpus.build import build_from
from knowledge.corpus.generation import Generation
from knowledge.corpus.store import Store
from knowledge.evaluation.benchmarks import synthetic
from knowledge.language.lexicons import read_lexicons
from knowledge.language.query import QuestionAnalyser

ARTICLES = 100_000
PASSAGES = 2
"""Of each article, which then has 180 words; 3,654 news pieces have 172 on average."""

PART = 100
"""One article in so many changes."""

RUNS = 3
"""Builds after the change, of which the middle one counts. Each is removed before the next, as old
generations are: the first waits for the disk, and for memory that a machine hands out for the first time,
which takes it a second more."""

QUESTIONS = 400
SOURCE = "made up"
STORE = "store.sqlite3"

NICENESS = 10
"""What a reload is run with beside a bot."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Built:
    seconds: float
    peak_mb: float


def benchmark_reload(progress: Progress, size: int = ARTICLES) -> Iterable[dict[str, str | float]]:
    """A row for each build of `size` articles, then one for questions without and one with a build beside."""
    with TemporaryDirectory(prefix="khabar-benchmark-") as name:
        folder = Path(name)
        articles = list(synthetic.articles(size, passages=PASSAGES))
        _put(folder, articles, lambda done: progress("storing", done, size))
        full = _apart(_build, folder, "full", None)
        yield _build_row("full build", size, full, full)
        texts = synthetic.articles(size // PART, seed=3, passages=PASSAGES)
        changed = [
            replace(article, text=text.text) for article, text in zip(articles[::PART], texts, strict=True)
        ]
        del articles
        _put(folder, changed, lambda done: None)
        built = [_rebuilt(folder) for _ in range(RUNS)]
        median = sorted(built, key=lambda each: each.seconds)[RUNS // 2]
        yield _build_row(f"{1 / PART:.0%} changed", len(changed), median, full)
        generation = Generation.open(folder / "full")
        answerer = Answerer(generation, generation.by_passage, QuestionAnalyser(read_lexicons()))
        questions = synthetic.questions(QUESTIONS)
        _asked(answerer, questions)  # first, so that both have what they read in memory
        alone = _asked(answerer, questions)
        yield _questions_row("questions alone", alone, alone)
        yield _questions_row("questions beside a full build", _beside(folder, answerer, questions), alone)


def _put(folder: Path, articles: Iterable[Article], told: Callable[[int], None]) -> None:
    with Store.open(folder / STORE) as store, store.transaction():
        for done, article in enumerate(articles, 1):
            store.put(SOURCE, article, datetime.now(UTC))
            told(done)


def _build(folder: Path, name: str, base: str | None) -> _Built:
    """Compare the store with the generation `base`, and build the one called `name` from it."""
    os.nice(NICENESS)
    (folder / name).mkdir()
    with Store.open(folder / STORE) as store:
        began = perf_counter()
        contents, _ = store.contents([SOURCE])
        build_from(folder / base if base else None, folder / name, contents, lambda done, total: None)
        return _Built(perf_counter() - began, _peak_mb())


def _rebuilt(folder: Path) -> _Built:
    built = _apart(_build, folder, "changed", "full")
    rmtree(folder / "changed")
    return built


def _apart(build: Callable[[Path, str, str | None], _Built], *arguments: Any) -> _Built:
    """In a process of its own, as reloads are."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(build, *arguments).result()


def _beside(folder: Path, answerer: Answerer, questions: Sequence[str]) -> list[float]:
    """How long the questions take, in ms, asked again and again while a generation is built."""
    times_ms: list[float] = []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        building = pool.submit(_build, folder, "beside", None)
        while not building.done():
            times_ms += _asked(answerer, questions)
        building.result()
    return times_ms


def _asked(answerer: Answerer, questions: Iterable[str]) -> list[float]:
    times_ms = []
    for question in questions:
        began = perf_counter()
        answerer.answer(question, 5)
        times_ms.append((perf_counter() - began) * 1000)
    return times_ms


def _peak_mb() -> float:
    """The most that this process held; `getrusage` would tell that of the one it was started from."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _build_row(what: str, read: int, built: _Built, full: _Built) -> dict[str, str | float]:
    return {
        "what": what,
        "articles read": float(read),
        "seconds": built.seconds,
        "peak MB": built.peak_mb,
        "times faster": full.seconds / built.seconds,
        "p50 ms": "",
        "p95 ms": "",
        "times slower": "",
    }


def _questions_row(what: str, times_ms: list[float], alone: list[float]) -> dict[str, str | float]:
    p50, p95 = (float(np.percentile(times_ms, share)) for share in (50, 95))
    built = dict.fromkeys(("articles read", "seconds", "peak MB", "times faster"), "")
    slower = p95 / float(np.percentile(alone, 95))
    return {"what": what, **built, "p50 ms": p50, "p95 ms": p95, "times slower": slower}
