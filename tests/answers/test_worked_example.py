"""The worked example of `knowledge/README.md` is what happens."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import knowledge
from knowledge.answers import WEIGHTS, Answerer, Candidate
from knowledge.confidence import SURE, confidence_in
from knowledge.corpus.reload import reload
from knowledge.corpus.shelf import Shelf
from knowledge.language.concepts import Concept
from knowledge.language.lexicons import read_lexicons
from knowledge.language.query import QuestionAnalyser
from knowledge.ranking.engine import WeightedTerm
from knowledge.sample import FOLDER
from knowledge.sources import source_at

QUESTION = "mangalyaan mangal ki kaksha mein kab pahuncha?"


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("sample")
    reload([source_at(str(FOLDER))], folder, progress=lambda *_: None)
    generation = Shelf(folder).open_served()
    return Answerer(generation, generation.by_passage, QuestionAnalyser(read_lexicons(None)))


@pytest.fixture(scope="module")
def told() -> str:
    """The README's text, as one line."""
    return " ".join((Path(knowledge.__path__[0]) / "README.md").read_text("utf-8").split())


def impact(answerer: Answerer, term: str, passage: int) -> float:
    return float(answerer.generation.by_passage.scores([WeightedTerm(term, 1.0)], np.array([passage]))[0])


def bm25(answerer: Answerer, concepts: Sequence[Concept], idfs: Sequence[float], passage: int) -> float:
    return sum(
        idf * share * impact(answerer, term, passage)
        for concept, idf in zip(concepts, idfs, strict=True)
        for term, share in concept.terms
    )


def of_another_article(read: Sequence[Candidate]) -> Candidate:
    return next(each for each in read if each.passage.article != read[0].passage.article)


def test_the_readings_of_a_word(answerer: Answerer, told: str) -> None:
    shares, fit = answerer.generation.vocabulary.latin("kaksha")
    alone = dict(shares)
    assert f"log-likelihood {6 * fit:.1f}, which is {fit:.2f} a letter" in told
    assert f"with a share of {alone['कक्षा']:.1f} and कक्ष (chamber) with {alone['कक्ष']:.1f}" in told
    beside = dict(answerer.rank(QUESTION).query.concepts[2].terms)
    assert f"कक्षा has {beside['कक्षा']:.1f}, and कक्ष nothing" in told
    assert "कक्ष" not in beside


def test_the_sparse_product(answerer: Answerer, told: str) -> None:
    ranking = answerer.rank(QUESTION)
    concepts, first, other = ranking.query.concepts, ranking.read[0], of_another_article(ranking.read)
    assert ranking.query.wanted == "time"
    assert "मंगलयान (idf {:.1f}), मंगल ({:.1f}), कक्षा ({:.1f}), पहुंच ({:.1f})".format(*ranking.idfs) in told
    impacts = [impact(answerer, concept.likeliest, first.number) for concept in concepts]
    assert "are {:.2f}, {:.2f}, {:.2f} and {:.2f}".format(*impacts) in told
    assert f"impact is {bm25(answerer, concepts, ranking.idfs, first.number):.0f}" in told
    assert f"article has {bm25(answerer, concepts, ranking.idfs, other.number):.0f}." in told


def test_the_score_and_the_confidence(answerer: Answerer, told: str) -> None:
    ranking = answerer.rank(QUESTION)
    first, had = ranking.read[0], ranking.read[0].features
    assert f"{had.article * WEIGHTS.article:.0f} for the article's score" in told
    assert f"{had.title * WEIGHTS.title:.0f} for the title's" in told
    assert f"{had.sentence * WEIGHTS.sentence:.0f} for the first sentence" in told
    both = (had.neighbours * WEIGHTS.neighbours, had.coverage * WEIGHTS.coverage)
    assert "{:.1f} and {:.1f} since the next one has that".format(*both) in told
    assert f"{had.wanted * WEIGHTS.wanted:.0f} for the day in it" in told
    assert f"{had.verbatim * WEIGHTS.verbatim:.0f} for half of the words in their order" in told
    assert f"{first.score:.0f} in all. The best of another article gets" in told
    assert f"another article gets {of_another_article(ranking.read).score:.0f}." in told
    assert confidence_in(answerer.grounds(ranking)) >= SURE, "as it says"
    assert underlined(first) in told


def underlined(first: Candidate) -> str:
    return first.passage.text[slice(*first.evidence.best_sentence)]
