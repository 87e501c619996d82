import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.concepts import Concept, Query
from knowledge.ranking.engine import WeightedTerm
from knowledge.ranking.reference import ReferenceEngine
from knowledge.ranking.weights import VIRTUAL, concept_idf, idf, weighted_terms

ENGINE = ReferenceEngine([["आम", "नदी"], ["आम"], ["पुल"]])


def concept(*terms: tuple[str, float]) -> Concept:
    return Concept("शब्द", (0, 4), terms)


@given(size=st.integers(0, 10**7), share=st.floats(0, 1))
def test_idf_is_never_negative_and_most_for_the_unknown(size: int, share: float) -> None:
    assert 0 < idf(share * size, size) <= idf(0, size)
    assert idf(size, size) > 0


@given(
    terms=st.lists(st.tuples(st.sampled_from(["आम", "नदी", "पुल", "भारत"]), st.floats(0.01, 1)), max_size=6),
    background=st.dictionaries(st.sampled_from(["आम", "भारत"]), st.floats(0, 1)),
)
def test_weights_are_never_negative(terms: list[tuple[str, float]], background: dict[str, float]) -> None:
    query = Query("", "devanagari", (concept(*terms),))
    assert all(weighted.weight >= 0 for weighted in weighted_terms(query, ENGINE, background))


def test_the_frequency_of_a_concept_is_that_of_its_terms_by_their_shares() -> None:
    both = concept(("आम", 0.8), ("नदी", 0.2))
    assert concept_idf(both, ENGINE, {}) == pytest.approx(idf(0.8 * 2 + 0.2 * 1, 3 + VIRTUAL))


def test_a_word_that_is_common_at_large_weighs_less_in_a_small_corpus() -> None:
    one = concept(("पुल", 1.0))
    assert concept_idf(one, ENGINE, {"पुल": 0.1}) == pytest.approx(idf(1 + 0.1 * VIRTUAL, 3 + VIRTUAL))
    assert concept_idf(one, ENGINE, {"पुल": 0.1}) < concept_idf(one, ENGINE, {})


def test_the_terms_of_a_concept_share_its_idf() -> None:
    first, second = concept(("आम", 0.8), ("नदी", 0.2)), concept(("पुल", 1.0))
    weight, other = concept_idf(first, ENGINE, {}), concept_idf(second, ENGINE, {})
    assert weighted_terms(Query("", "devanagari", (first, second)), ENGINE, {}) == [
        WeightedTerm("आम", 0.8 * weight),
        WeightedTerm("नदी", 0.2 * weight),
        WeightedTerm("पुल", other),
    ]
