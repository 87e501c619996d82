"""The embedded engine beside rank-bm25: the same scores, the same best bags."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from knowledge.mapped import SortedStrings
from knowledge.ranking.counts import Counts
from knowledge.ranking.engine import K1, B, Engine, WeightedTerm
from knowledge.ranking.impacts import LONG, ImpactEngine, write_impacts
from knowledge.ranking.reference import ReferenceEngine
from knowledge.ranking.weights import idf

Bags = Sequence[Sequence[str]]

WORDS = ("आम", "नदी", "पुल", "मौसम", "वर्षा", "क्‍या", "20", "é")
SINGLE_PRECISION = 1e-5
UNKNOWN = "नदारद"

weights = st.just(0.0) | st.floats(0.001, 12)
bags_of_words = st.lists(st.lists(st.sampled_from(WORDS), max_size=12), max_size=12)
corpora = bags_of_words | bags_of_words.map(lambda bags: bags * 5)
queries = st.lists(st.builds(WeightedTerm, st.sampled_from((*WORDS, UNKNOWN)), weights), max_size=6)


def embedded(bags: Bags) -> ImpactEngine:
    """The engine over files that are deleted at once: they stay mapped."""
    vocabulary = sorted({term for bag in bags for term in bag})
    terms = [vocabulary.index(term) for bag in bags for term in bag]
    owners = [number for number, bag in enumerate(bags) for _ in bag]
    with TemporaryDirectory() as name:
        folder = Path(name)
        SortedStrings.write(folder, "terms", vocabulary)
        lengths = np.bincount(np.array(owners, int), minlength=len(bags))
        counts = Counts.of(np.array(terms, int), np.array(owners, int), len(vocabulary))
        write_impacts(folder, "bag", counts.parts(), lengths)
        return ImpactEngine(folder, "bag", SortedStrings(folder, "terms"))


def assert_same_best(engine: Engine, reference: Engine, query: Sequence[WeightedTerm], limit: int) -> None:
    """Both find the same best bags; where scores tie within single precision, either order is right."""
    found, scores = engine.search(query, limit)
    _, expected = reference.search(query, limit)
    assert len(found) == len(set(found.tolist())) == len(expected)
    np.testing.assert_allclose(scores, expected, rtol=SINGLE_PRECISION)
    np.testing.assert_allclose(reference.scores(query, found), scores, rtol=SINGLE_PRECISION)
    assert (np.diff(scores) <= 0).all()


@given(corpora, queries)
def test_scores_are_rank_bm25s(bags: Bags, query: list[WeightedTerm]) -> None:
    every = np.arange(len(bags))
    found = embedded(bags).scores(query, every)
    np.testing.assert_allclose(found, ReferenceEngine(bags).scores(query, every), rtol=SINGLE_PRECISION)


@given(corpora.filter(any), st.lists(st.sampled_from((*WORDS, UNKNOWN)), max_size=6))
def test_scores_are_plain_rank_bm25s_with_its_own_idf(bags: Bags, terms: list[str]) -> None:
    okapi = BM25Okapi(bags, k1=K1, b=B)
    query = [WeightedTerm(term, okapi.idf.get(term, 0.0)) for term in terms]
    found = embedded(bags).scores(query, np.arange(len(bags)))
    np.testing.assert_allclose(found, okapi.get_scores(terms), rtol=SINGLE_PRECISION, atol=1e-6)


@given(corpora, queries, st.integers(1, 20))
def test_search_finds_the_best_of_all(bags: Bags, query: list[WeightedTerm], limit: int) -> None:
    assert_same_best(embedded(bags), ReferenceEngine(bags), query, limit)


@given(corpora, queries)
def test_scores_of_some_are_those_among_all(bags: Bags, query: list[WeightedTerm]) -> None:
    for engine in (embedded(bags), ReferenceEngine(bags)):
        some = np.arange(len(bags))[::-2]
        assert (
            engine.scores(query, some).tolist() == engine.scores(query, np.arange(len(bags)))[some].tolist()
        )


@given(corpora)
def test_document_frequencies_are_the_numbers_of_bags(bags: Bags) -> None:
    for engine in (embedded(bags), ReferenceEngine(bags)):
        assert len(engine) == len(bags)
        for term in (*WORDS, UNKNOWN, ""):
            assert engine.document_frequency(term) == sum(term in bag for bag in bags)


@pytest.mark.parametrize("make", [embedded, ReferenceEngine])
@pytest.mark.parametrize("bags", [[], [[]], [[], []]])
def test_nothing_is_found_where_nothing_is(make: type[ReferenceEngine], bags: Bags) -> None:
    engine = make(bags)
    found, scores = engine.search([WeightedTerm("आम", 1.0)], 5)
    assert (found.tolist(), scores.tolist()) == ([], [])
    assert engine.scores([WeightedTerm("आम", 1.0)], np.arange(len(bags))).tolist() == [0.0] * len(bags)


@pytest.mark.parametrize("make", [embedded, ReferenceEngine])
@pytest.mark.parametrize("bags", [[["आम"]], [["आम"], ["नदी"]], [["आम", "आम"], ["आम"], []]])
def test_a_perfect_match_is_first_in_the_smallest_corpora(make: type[ReferenceEngine], bags: Bags) -> None:
    found, scores = make(bags).search([WeightedTerm("आम", 1.0)], 5)
    assert found[0] == 0
    assert (scores > 0).all()


@pytest.mark.parametrize("make", [embedded, ReferenceEngine])
def test_ties_are_in_the_order_of_indexing_and_the_limit_holds(make: type[ReferenceEngine]) -> None:
    engine = make([["नदी"], ["आम"], ["आम"], [], ["आम"]])
    assert engine.search([WeightedTerm("आम", 2.0)], 100)[0].tolist() == [1, 2, 4]
    assert engine.search([WeightedTerm("आम", 2.0)], 2)[0].tolist() == [1, 2]
    assert engine.search([WeightedTerm("आम", 0.0)], 2)[0].tolist() == []
    assert engine.search([WeightedTerm(UNKNOWN, 2.0)], 2)[0].tolist() == []
    assert engine.search([], 2)[0].tolist() == []


def test_a_sample_is_scored_as_part_of_its_corpus() -> None:
    bags = [["आम", "नदी"], ["आम"], ["पुल", "पुल", "नदी", "आम"], ["नदी"] * 9]
    query = [WeightedTerm("आम", 1.5), WeightedTerm("नदी", 0.5)]
    whole = embedded(bags)
    sample = ReferenceEngine(bags[1:3], whole.mean_length)
    np.testing.assert_allclose(
        sample.scores(query, np.arange(2)), whole.scores(query, np.array([1, 2])), rtol=SINGLE_PRECISION
    )


SIZE = 12 * LONG
VOCABULARY = 40


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> ImpactEngine:
    """An engine over bags of words as unevenly common as those of a language."""
    folder = tmp_path_factory.mktemp("crowd")
    random = np.random.default_rng(20)
    common = 1 / np.arange(1, VOCABULARY + 1) ** 1.5
    bags = np.repeat(np.arange(SIZE), random.integers(0, 9, SIZE))
    terms = random.choice(VOCABULARY, size=len(bags), p=common / common.sum())
    rare = random.choice(SIZE, 30)  # term 40 stands in a few bags only
    terms, bags = np.append(terms, np.full(30, VOCABULARY)), np.append(bags, rare)
    SortedStrings.write(folder, "terms", [f"{number:02}" for number in range(VOCABULARY + 1)])
    counts = Counts.of(terms, bags, VOCABULARY + 1)
    write_impacts(folder, "bag", counts.parts(), np.bincount(bags, minlength=SIZE))
    return ImpactEngine(folder, "bag", SortedStrings(folder, "terms"))


@given(data=st.data(), limit=st.sampled_from((1, 10, 200, SIZE + 1)))
def test_pruning_loses_none_of_the_best(crowd: ImpactEngine, data: st.DataObject, limit: int) -> None:
    numbers = data.draw(st.lists(st.integers(0, VOCABULARY), min_size=1, max_size=7))
    shares = data.draw(st.lists(st.sampled_from((0.2, 0.7, 1.0, 3.0)), min_size=7, max_size=7))
    query = [
        WeightedTerm(term, share * idf(crowd.document_frequency(term), SIZE))
        for number, share in zip(numbers, shares, strict=False)
        for term in [f"{number:02}"]
    ]
    every = crowd.scores(query, np.arange(SIZE))
    best = np.sort(every[every > 0])[::-1][:limit]
    found, scores = crowd.search(query, limit)
    np.testing.assert_allclose(scores, best, rtol=SINGLE_PRECISION)
    np.testing.assert_allclose(every[found], scores, rtol=SINGLE_PRECISION)
    assert len(np.unique(found)) == len(found)


@pytest.mark.parametrize("weight", [0.4, 0.95, 1.2, 3.0])
def test_a_bag_that_only_the_commonest_term_names_can_be_the_best(weight: float) -> None:
    rarer, commoner = [["पुल"]] * (LONG + 1), [["आम"]] * (2 * LONG) + [["आम"] * 5]
    engine = embedded([*rarer, *commoner])
    query = [WeightedTerm("पुल", 1.0), WeightedTerm("आम", weight)]
    every = engine.scores(query, np.arange(len(engine)))
    found, scores = engine.search(query, 1)
    assert (found.tolist(), scores.tolist()) == ([every.argmax()], [every.max()])


def test_the_crowd_has_terms_common_enough_for_pruning(crowd: ImpactEngine) -> None:
    frequencies = [crowd.document_frequency(f"{number:02}") for number in range(VOCABULARY + 1)]
    assert sum(frequency > LONG for frequency in frequencies) >= 3
    assert 0 < frequencies[VOCABULARY] <= 30
    assert min(frequencies) > 0
