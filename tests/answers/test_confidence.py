from dataclasses import astuple, replace

import pytest

from knowledge.confidence import FAR_AHEAD, FEW, NO_GROUNDS, THRESHOLD, WEIGHTS, Told, confidence_in, weigh

HELD = Told("मेला", idf=5.0, known=True, held=1.0, heard=True)
MISSED = Told("उद्घाटन", idf=5.0, known=True, held=0.0, heard=True)


def named(*words: str) -> float:
    """The years and names among the words, none of which the article has."""
    return weigh([replace(MISSED, word=word) for word in words], len(words), False, 0.0).named


def test_a_missing_word_without_known_synonyms_counts_half() -> None:
    assert weigh([HELD, MISSED], 4, False, 0.0).coverage == pytest.approx(1 / 2)
    assert weigh([HELD, replace(MISSED, known=False)], 4, False, 0.0).coverage == pytest.approx(2 / 3)


def test_what_none_of_the_best_articles_has_is_unheard() -> None:
    assert weigh([HELD, MISSED], 4, False, 0.0).unheard == 0.0
    assert weigh([HELD, replace(MISSED, heard=False)], 4, False, 0.0).unheard == 0.5


def test_years_and_names_that_the_article_lacks_are_told_by_digits_and_capitals() -> None:
    assert named("mela", "Rajgarh", "2031", "25") == 2
    assert named("मेला", "२०३१") == 1
    assert weigh([replace(HELD, word="Rajgarh"), replace(HELD, word="mela")], 2, False, 0.0).named == 0


def test_where_every_word_has_a_capital_it_tells_no_name() -> None:
    assert named("Mela", "Rajgarh") == named("MELA", "RAJGARH") == 0


def test_a_large_lead_says_no_more_than_a_fair_one() -> None:
    assert weigh([HELD], 2, True, 3.0).lead == 3.0
    assert weigh([HELD], 2, True, 100.0).lead == FAR_AHEAD


def test_of_the_shortest_questions_only_content_words_count() -> None:
    one, two = (weigh([HELD] * count, 2, True, 0.0).length for count in (1, 2))
    assert one < two == weigh([HELD] * 2, FEW, True, 0.0).length
    assert two < weigh([HELD] * 2, FEW + 1, True, 0.0).length


def test_each_ground_weighs_as_it_should() -> None:
    for_answering = {"coverage", "whole", "length", "lead"}
    for name, weight in zip(WEIGHTS.__dataclass_fields__, astuple(WEIGHTS), strict=True):
        assert (weight > 0) == (name in for_answering), name


def test_without_grounds_nothing_is_answered() -> None:
    assert confidence_in(NO_GROUNDS) < THRESHOLD
