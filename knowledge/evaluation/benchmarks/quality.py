"""Answers on evaluation sets beside those of peers, and without one of Khabar's features at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, Success

from knowledge.answers import Answerer, Ranking
from knowledge.articles import Article
from knowledge.confidence import THRESHOLD, WEIGHTS, Grounds, confidence_in
from knowledge.corpus.build import build
from knowledge.corpus.generation import Generation
from knowledge.evaluation.beir import TestQuery
from knowledge.evaluation.benchmarks.ablation import (
    FEATURES,
    GROUNDS,
    readers_without,
    without_feature,
    without_ground,
)
from knowledge.evaluation.benchmarks.sets import EvaluationSet, read_sets
from knowledge.evaluation.evaluate import articles_of, first_different, holds_evidence
from knowledge.evaluation.peers import Peer, Search, peers_over
from knowledge.language.lexicons import Lexicons, read_lexicons
from knowledge.language.query import QuestionAnalyser

KHABAR = "Khabar"
PASSAGE = "evidence@1"
ARTICLE = "MRR@10"
DEPTH = 10
"""Articles that are looked at for each question."""

NOTHING = ("", "nothing")
"""The feature that is left out for comparison."""

Progress = Callable[[str, int, int], None]
Measures = Mapping[str, float]
Feature = tuple[str, str]
"""The part that it is of, and its name."""

Confidences = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SetQuality:
    """What was measured on one set, of whose `size` questions `asked` were asked.

    Attributes:
        by_system: by Khabar's and the peers' names the measures; None where a peer isn't installed,
            and no entry where one is of no use for the set's script.
        without: by feature of ranking or language, and for `NOTHING`, the `telling` measure without it.
        surer: by ground of the confidence, and for `NOTHING`, how often without it an answerable
            question is surer than an unanswerable one; empty where the set hasn't both.
    """

    name: str
    asked: int
    size: int
    by_system: Mapping[str, Measures | None]
    without: Mapping[Feature, float]
    surer: Mapping[Feature, float]

    @property
    def telling(self) -> str:
        """The measure that tells most: of the passage where the set knows it, else of the article."""
        return PASSAGE if PASSAGE in (self.by_system[KHABAR] or {}) else ARTICLE


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of all sets, and by peer the package that it lacked."""

    sets: tuple[SetQuality, ...]
    missing: Mapping[str, str]


def measure_quality(folders: Sequence[Path], english_dictionary: Path | None, progress: Progress) -> Quality:
    """The figures of each BEIR folder among `folders` or directly in one of them, in that order.

    Sets over the same articles share one index. `progress` is told the phase, and how much is done.

    Raises:
        EvaluationError: a folder is neither of both, or one is malformed.
    """
    sets = read_sets(folders)
    lexicons = read_lexicons(english_dictionary)
    by_corpus: dict[tuple[Article, ...], list[int]] = {}
    for number, each in enumerate(sets):
        by_corpus.setdefault(each.articles, []).append(number)
    measured: dict[int, SetQuality] = {}
    missing: dict[str, str] = {}
    for articles, numbers in by_corpus.items():
        names = ", ".join(sets[number].name for number in numbers)
        generation = _indexed(articles, partial(progress, f"indexing for {names}"))
        with peers_over(list(_texts(generation)), lexicons.analyser) as peers:
            missing |= {peer.name: peer.needs for peer in peers if not peer.search}
            for number in numbers:
                measured[number] = _Bench(sets[number], generation, lexicons).measured(peers, progress)
    return Quality(tuple(measured[number] for number in range(len(sets))), missing)


def _indexed(articles: Sequence[Article], progress: Callable[[int, int], None]) -> Generation:
    """A generation of the articles, whose files are gone as soon as it is."""
    with TemporaryDirectory(prefix="khabar-quality-") as folder:
        build(Path(folder), articles, progress)
        return Generation.open(Path(folder))


def _texts(generation: Generation) -> Iterator[str]:
    """Each passage behind its title, which Khabar's ranking knows too."""
    for passage in map(generation.passage, range(generation.passages)):
        yield f"{passage.article.title}\n{passage.text}"


class _Bench:
    """One set and one index: asks the set's questions of whatever ranks, and measures what comes back."""

    def __init__(self, of: EvaluationSet, generation: Generation, lexicons: Lexicons) -> None:
        self._set = of
        self._generation = generation
        self._whole = self._answerer(QuestionAnalyser(lexicons))
        self._parts = {part: self._answerer(reader) for part, reader in readers_without(lexicons).items()}

    def _answerer(self, reader: QuestionAnalyser) -> Answerer:
        return Answerer(self._generation, self._generation.by_passage, reader)

    def measured(self, peers: Sequence[Peer], progress: Progress) -> SetQuality:
        """The set's figures; `progress` is told for each ranker how many questions it was asked so far."""
        useful = [peer for peer in peers if self._set.is_latin or not peer.of_latin]
        rankings = self._ranked(self._whole, self._steps(KHABAR, progress))
        khabar = self._scored(rankings)
        telling = PASSAGE if PASSAGE in khabar else ARTICLE
        without: dict[Feature, Measures] = {NOTHING: khabar}
        for name in FEATURES:
            without["ranking", name] = self._scored([without_feature(name, each) for each in rankings])
        for name, answerer in self._parts.items():
            steps = self._steps(f"{KHABAR} without {name}", progress)
            without["language", name] = self._scored(self._ranked(answerer, steps))
        return SetQuality(
            name=self._set.name,
            asked=len(self._set.queries),
            size=self._set.size,
            by_system={KHABAR: {**khabar, **self._refusal(rankings)}}
            | {peer.name: self._searched(peer.search, self._steps(peer.name, progress)) for peer in useful},
            without={feature: measures[telling] for feature, measures in without.items() if measures},
            surer=self._surer(rankings),
        )

    def _steps(self, ranker: str, progress: Progress) -> "_Steps":
        return _Steps(f"{self._set.name}: {ranker}", len(self._set.queries), progress)

    def _ranked(self, answerer: Answerer, tell: "_Steps") -> list[Ranking]:
        return [answerer.rank(query.text) for query in tell.each(self._set.queries)]

    def _scored(self, rankings: Iterable[Ranking]) -> Measures:
        return self._measures(
            (articles_of(each, self._generation, DEPTH), each.read[0].passage.text if each.read else "")
            for each in rankings
        )

    def _searched(self, search: Search | None, tell: "_Steps") -> Measures | None:
        """The measures of a peer, which ranks the passages; an article stands at its best one's place."""
        if search is None:
            return None
        passage = self._generation.passage
        found = (search(query.text) for query in tell.each(self._set.queries))
        return self._measures(
            (
                first_different((passage(number).article.id for number in numbers), DEPTH),
                passage(numbers[0]).text if numbers else "",
            )
            for numbers in found
        )

    def _measures(self, found: Iterable[tuple[Sequence[str], str]]) -> Measures:
        """The measures given for each question its articles, best first, and the first passage's text."""
        run: dict[str, dict[str, float]] = {}
        held: list[bool] = []
        for query, (articles, first) in zip(self._set.queries, found, strict=True):
            if query.id in self._set.relevant:
                run[query.id] = {article: 1 / place for place, article in enumerate(articles, 1)}
            if query.evidence:
                held.append(holds_evidence(first, query.evidence))
        if not run:
            return {}
        qrels = {query: dict(self._set.relevant[query]) for query in run}
        means = ir_measures.calc_aggregate([Success @ 1, RR @ 10], qrels, run)
        evidence = {PASSAGE: float(np.mean(held))} if held else {}
        return {"Success@1": float(means[Success @ 1]), ARTICLE: float(means[RR @ 10])} | evidence

    def _refusal(self, rankings: Sequence[Ranking]) -> Measures:
        answerable, others = self._confidences(rankings, WEIGHTS)
        if not len(answerable) or not len(others):
            return {}
        return {
            "refused": float(np.mean(others < THRESHOLD)),
            "answered": float(np.mean(answerable >= THRESHOLD)),
        }

    def _surer(self, rankings: Sequence[Ranking]) -> dict[Feature, float]:
        without = {NOTHING: WEIGHTS} | {("confidence", name): without_ground(name) for name in GROUNDS}
        parted = {feature: self._confidences(rankings, weights) for feature, weights in without.items()}
        return {feature: _surer(*both) for feature, both in parted.items() if all(map(len, both))}

    def _confidences(self, rankings: Sequence[Ranking], weights: Grounds) -> tuple[Confidences, Confidences]:
        """Those of the answerable questions, and those of the others."""
        confidences: dict[bool, list[float]] = {True: [], False: []}
        for query, ranking in zip(self._set.queries, rankings, strict=True):
            confidence = confidence_in(self._whole.grounds(ranking), weights)
            confidences[query.id in self._set.relevant].append(confidence)
        return np.array(confidences[True]), np.array(confidences[False])


def _surer(ones: Confidences, others: Confidences) -> float:
    """The share of all pairs in which the one is surer than the other, a tie counting half: the AUC."""
    ahead = ones[:, None] - others
    return float(np.mean((ahead > 0) + (ahead == 0) / 2))


class _Steps:
    """Counts the questions asked."""

    def __init__(self, phase: str, total: int, progress: Progress) -> None:
        self._phase, self._total, self._progress = phase, total, progress
        self._done = 0

    def each(self, queries: Iterable[TestQuery]) -> Iterator[TestQuery]:
        for query in queries:
            yield query
            self._done += 1
            self._progress(self._phase, self._done, self._total)
