import pytest
from hypothesis import given
from hypothesis import strategies as st
from words_by_hand import ANALYSER, Words, shares, vocabulary

from knowledge.articles import Script
from knowledge.language.concepts import script_of
from knowledge.language.normalise import sound
from knowledge.language.query import QuestionAnalyser
from knowledge.language.spellings import (
    COMPOUND_SHARE,
    SYNONYM_SHARE,
    UNKNOWN_SHARE,
    UNKNOWN_SYNONYM_SHARE,
    VARIANT_SHARE,
)


def test_each_content_word_is_a_concept_at_its_place(language: QuestionAnalyser) -> None:
    question = "पुल कब खुला, पुल की लंबाई?"
    query = language.analyse(question, vocabulary(पुल=1, लंबाई=1))
    assert query.text == question
    assert [concept.word for concept in query.concepts] == ["पुल", "खुला", "लंबाई"]
    assert [question[slice(*concept.span)] for concept in query.concepts] == ["पुल", "खुला", "लंबाई"]


def test_a_flood_is_no_function_word_however_near_it_is_spelt_to_one(language: QuestionAnalyser) -> None:
    question = "kedarnath me baadh ke baad kya hua"
    assert [each.word for each in language.analyse(question, vocabulary()).concepts] == ["kedarnath", "baadh"]


def test_a_word_that_has_no_variants_stands_for_itself_alone(language: QuestionAnalyser) -> None:
    assert shares(language, "नदी", vocabulary(नदी=3)) == [{ANALYSER.term("नदी"): 1.0}]


def test_an_unknown_word_stays_a_concept(language: QuestionAnalyser) -> None:
    assert shares(language, "झुमरीतलैया", vocabulary(नदी=3)) == [{ANALYSER.term("झुमरीतलैया"): 1.0}]


def test_variants_share_a_little_of_a_known_word(language: QuestionAnalyser) -> None:
    words = vocabulary(नूरलान=4, नुरलान=2)
    assert shares(language, "नूरलान", words) == [
        {ANALYSER.term("नूरलान"): 1 - VARIANT_SHARE, ANALYSER.term("नुरलान"): VARIANT_SHARE}
    ]


def test_variants_share_most_of_an_unknown_word_by_how_often_they_are_written(
    language: QuestionAnalyser,
) -> None:
    words = vocabulary(बायोमेट्रिक=3, बायोमिट्रिक=1)
    assert shares(language, "बायोमीट्रिक", words) == [
        {
            ANALYSER.term("बायोमेट्रिक"): pytest.approx(UNKNOWN_SHARE * 3 / 4),
            ANALYSER.term("बायोमिट्रिक"): pytest.approx(UNKNOWN_SHARE / 4),
        }
    ]


def test_synonyms_of_the_corpus_come_on_top(language: QuestionAnalyser) -> None:
    known = shares(language, "मौत", vocabulary(मौत=2, निधन=1))
    assert known == [{ANALYSER.term("मौत"): 1.0, ANALYSER.term("निधन"): SYNONYM_SHARE}]
    unknown = shares(language, "मौत", vocabulary(निधन=1))
    assert unknown == [{ANALYSER.term("मौत"): 1.0, ANALYSER.term("निधन"): UNKNOWN_SYNONYM_SHARE}]


def test_a_word_in_latin_letters_that_the_corpus_lacks_is_read_as_its_synonyms(
    language: QuestionAnalyser,
) -> None:
    price, worth = ANALYSER.term("दाम"), ANALYSER.term("कीमत")
    spelled = {"daam": price}
    assert shares(language, "daam", Words({worth: 3}, spelled)) == [
        {price: 1.0, worth: UNKNOWN_SYNONYM_SHARE}
    ]
    assert shares(language, "daam", Words({worth: 3, price: 1}, spelled)) == [
        {price: 1.0, worth: SYNONYM_SHARE}
    ]
    assert shares(language, "daam", Words({}, spelled)) == [{price: 1.0}]


def test_an_english_phrase_is_read_word_by_word_where_the_corpus_has_no_word_for_it(
    language: QuestionAnalyser,
) -> None:
    terms = {typed: ANALYSER.term(word) for typed, word in (("heat", "हीट"), ("wave", "वेव"))}
    words = Words(dict.fromkeys(terms.values(), 1), terms)
    assert [concept.word for concept in language.analyse("heat wave kab", words).concepts] == [
        "heat",
        "wave",
    ]

    words = Words({ANALYSER.term("लू"): 1, **words.frequencies}, terms)
    assert [concept.word for concept in language.analyse("heat wave kab", words).concepts] == ["heat wave"]


def test_an_english_word_whose_hindi_the_corpus_lacks_is_read_as_its_synonyms(
    language: QuestionAnalyser,
) -> None:
    end = ANALYSER.term("खात्मा")
    assert shares(language, "eradicate", vocabulary(खात्मा=1, नदी=2)) == [{end: UNKNOWN_SYNONYM_SHARE}]
    price = ANALYSER.term("भाव")
    assert shares(language, "price", vocabulary(भाव=2)) == [{price: UNKNOWN_SYNONYM_SHARE}]


def test_an_english_word_is_no_hindi_one_that_the_corpus_lacks(language: QuestionAnalyser) -> None:
    praise = ANALYSER.term("तारीफ")
    assert shares(language, "tariff", Words({}, {"tariff": praise})) == [{"tariff": 1.0}]


def test_english_words_that_say_nothing_together_are_no_concept(language: QuestionAnalyser) -> None:
    words = Words({ANALYSER.term("बैठक"): 1})
    query = language.analyse("where did the meeting take place", words)
    assert [concept.word for concept in query.concepts] == ["meeting"]


def test_words_in_latin_letters_are_also_read_as_one_where_the_corpus_joins_them(
    language: QuestionAnalyser,
) -> None:
    terms = {typed: ANALYSER.term(word) for typed, word in (("lok", "लोक"), ("sabha", "सभा"), ("", "लोकसभा"))}
    words = Words(dict.fromkeys(terms.values(), 1), terms)
    assert shares(language, "lok sabha", words) == [
        {terms["lok"]: 1.0, terms[""]: COMPOUND_SHARE},
        {terms["sabha"]: 1.0, terms[""]: COMPOUND_SHARE},
    ]


WORDS = ["मौत", "निधन", "मृत्यु", "पुल", "नूरलान", "नुरलान"]


@given(
    question=st.text() | st.lists(st.sampled_from([*WORDS, "क्या", "कब", "420"])).map(" ".join),
    counts=st.dictionaries(st.sampled_from(WORDS), st.integers(1, 9)),
)
def test_shares_are_likelihoods(language: QuestionAnalyser, question: str, counts: dict[str, int]) -> None:
    query = language.analyse(question, vocabulary(**counts))
    for concept in query.concepts:
        key = sound(ANALYSER.term(concept.word))
        assert all(0 < share <= 1 for _, share in concept.terms)
        assert sum(share for term, share in concept.terms if sound(term) == key) <= 1 + 1e-9
        assert len({term for term, _ in concept.terms}) == len(concept.terms)
        assert question[slice(*concept.span)] == concept.word
    asked = [ANALYSER.term(concept.word) for concept in query.concepts]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("चंद्रयान कब उतरा?", "devanagari"),
        ("chandrayaan kab utra", "latin"),
        ("é", "latin"),
        ("Chandrayaan कब उतरा", "mixed"),
        ("2023 में", "devanagari"),
        ("2023?", "other"),
        ("Москва", "other"),
        ("😀", "other"),
        ("", "other"),
    ],
)
def test_the_script_is_that_of_the_letters(text: str, script: Script) -> None:
    assert script_of(text) == script


def test_a_latin_function_word_keeps_every_reading_in_the_order_of_the_question(
    language: QuestionAnalyser,
) -> None:
    words = Words(
        {ANALYSER.term("पुल"): 1}, {"pul": ANALYSER.term("पुल")}, {"kaha": ["कहा", "कहाँ"], "pul": ["पुल", "पूल"]}
    )

    assert language.analyse("kaha ki pul", words).sequence == (("कहां", "कहा"), ("की", "कि"), (0,))
    assert language.analyse("कि पुल", words).sequence == (("कि",), (0,))


def test_a_spelling_of_a_function_word_that_nobody_listed_is_one_in_the_order_of_the_question(
    language: QuestionAnalyser,
) -> None:
    words = Words({}, {}, {"jinakaa": ["जिनका", "जनक"]})

    assert language.analyse("jinakaa", words).sequence == ((0, "जिनका"),)


def test_what_is_pasted_unseen_with_a_latin_word_is_not_read(language: QuestionAnalyser) -> None:
    words = Words({ANALYSER.term("नदी"): 1}, {"nadi": ANALYSER.term("नदी")})

    assert shares(language, "na\u200ddi\u200c \u200b", words) == [{ANALYSER.term("नदी"): 1.0}]


def test_an_apostrophe_stands_within_a_latin_word_unless_an_english_ending_follows(
    language: QuestionAnalyser,
) -> None:
    words = Words({ANALYSER.term("कई"): 1}, {"kai": ANALYSER.term("कई")})

    concepts = language.analyse("ka'i D’Souza modi's ka", words).concepts

    assert [concept.word for concept in concepts] == ["kai", "DSouza", "modi"]
