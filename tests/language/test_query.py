from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.articles import Script
from knowledge.language.analysis import Analyser
from knowledge.language.concepts import script_of
from knowledge.language.lexicons import read_lexicons
from knowledge.language.normalise import sound
from knowledge.language.query import QuestionAnalyser
from knowledge.language.questions import Wanted
from knowledge.language.spellings import (
    COMPOUND_SHARE,
    SYNONYM_SHARE,
    UNKNOWN_SHARE,
    UNKNOWN_SYNONYM_SHARE,
    VARIANT_SHARE,
)

ANALYSER = Analyser()


@dataclass(frozen=True)
class Words:
    """A vocabulary by hand: by index term the number of articles it stands in."""

    frequencies: Mapping[str, int]
    spelled: Mapping[str, str] = field(default_factory=dict)
    forms_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    side_by_side: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def document_frequency(self, term: str) -> int:
        return self.frequencies.get(term, 0)

    def alike(self, term: str) -> Sequence[str]:
        return [other for other in self.frequencies if sound(other) == sound(term)]

    def latin(self, word: str) -> tuple[tuple[tuple[str, float], ...], float]:
        return ((self.spelled[word], 1.0),) if word in self.spelled else (), -0.5

    def forms(self, word: str) -> Sequence[str]:
        return self.forms_of.get(word, ())

    def following(self, first: Sequence[str], second: Sequence[str]) -> npt.NDArray[np.int64]:
        return np.array([[self.side_by_side.get((one, other), 0) for other in second] for one in first])


def vocabulary(**frequencies: int) -> Words:
    return Words({ANALYSER.term(word): count for word, count in frequencies.items()})


@pytest.fixture(scope="module")
def language() -> QuestionAnalyser:
    return QuestionAnalyser(read_lexicons())


def shares(language: QuestionAnalyser, question: str, words: Words) -> list[dict[str, float]]:
    return [dict(concept.terms) for concept in language.analyse(question, words).concepts]


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


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("पुल का नाम क्या है", "name"),
        ("pul ka naam kya hai", "name"),
        ("पुल ka naam", "name"),
        ("name of the pul", "name"),
        ("पुल किस शहर में है", "place"),
        ("pul kis shehar me hai", "place"),
        ("pul which city", "place"),
        ("पुल किस साल बना", "time"),
    ],
)
def test_a_noun_that_only_names_the_kind_of_answer_is_no_concept(
    language: QuestionAnalyser, question: str, kind: Wanted
) -> None:
    words = Words({ANALYSER.term(each): 1 for each in ("पुल", "नाम", "शहर")}, {"pul": ANALYSER.term("पुल")})
    query = language.analyse(question, words)
    assert [concept.likeliest for concept in query.concepts if concept.word != "बना"] == [ANALYSER.term("पुल")]
    assert query.wanted == kind


def test_a_noun_that_names_the_kind_of_answer_is_a_concept_where_there_is_no_other(
    language: QuestionAnalyser,
) -> None:
    assert [each.word for each in language.analyse("किस शहर में", vocabulary()).concepts] == ["शहर"]


@pytest.mark.parametrize("question", ["WHO ne kya kaha", "pul ne kaha ki", "pul ne kaha", "kisne kaha tha"])
def test_kaha_behind_who_says_something_is_said(language: QuestionAnalyser, question: str) -> None:
    query = language.analyse(question, vocabulary(कहा=1))
    assert query.concepts[-1].likeliest == ANALYSER.term("कहा")
    assert query.wanted != "place"


@pytest.mark.parametrize("question", ["pul kaha hai", "modi ne kaha rally ki", "modi ne kahan kaha"])
def test_kaha_elsewhere_is_where(language: QuestionAnalyser, question: str) -> None:
    assert language.analyse(question, vocabulary(कहा=1)).wanted == "place"


@pytest.mark.parametrize(
    "question", ["07/04 को", "7/4 ko", "07-04 ko", "on 7 Apr", "apr 7", "7 अप्रैल", "7th April", "7 April"]
)
def test_a_day_is_the_same_concepts_in_every_form(language: QuestionAnalyser, question: str) -> None:
    words = Words({"7": 1, "अप्रैल": 1}, {})
    likeliest = {concept.likeliest for concept in language.analyse(question, words).concepts}
    assert likeliest == {"7", "अप्रैल"}


@pytest.mark.parametrize("question", ["07.09.2020 को", "07-09-2020", "2020-09-07", "7/9/20", "7 sept 2020"])
def test_a_day_with_its_year_is_three_concepts(language: QuestionAnalyser, question: str) -> None:
    query = language.analyse(question, Words({"7": 1, "सितंबर": 1, "2020": 1}, {}))
    assert {concept.likeliest for concept in query.concepts} == {"7", "सितंबर", "2020"}
    assert {(mention.day, mention.month, mention.year) for mention in query.times} == {(7, 9, 2020)}


@pytest.mark.parametrize("question", ["apr me pul", "3/4 लोग", "jan sabha", "sep"])
def test_what_is_no_date_keeps_its_words(language: QuestionAnalyser, question: str) -> None:
    months = dict.fromkeys(("अप्रैल", "सितंबर"), 1)
    concepts = language.analyse(question, Words(months, {})).concepts
    assert not {concept.likeliest for concept in concepts} & {"अप्रैल", "सितंबर"}


def test_a_husband_is_no_auxiliary(language: QuestionAnalyser) -> None:
    words = Words({"पति": 1, "नीलम": 1}, {"pati": "पति", "neelam": "नीलम"})
    assert "पति" in {
        concept.likeliest for concept in language.analyse("neelam ke pati kaun hain", words).concepts
    }


def test_neighbours_put_no_synonym_above_the_word_that_was_typed(language: QuestionAnalyser) -> None:
    word, synonym, beside = map(ANALYSER.term, ("साल", "वर्ष", "पुल"))
    spelled = {"saal": word, "pul": beside}
    counts = {word: 9, synonym: 9, beside: 9}
    apart = shares(language, "pul saal", Words(counts, spelled))[1]
    together = shares(language, "pul saal", Words(counts, spelled, {}, {(beside, synonym): 5}))[1]
    assert apart[synonym] < together[synonym] <= together[word]


def test_neighbours_put_no_word_in_latin_letters_above_its_reading(language: QuestionAnalyser) -> None:
    word, beside = map(ANALYSER.term, ("नीलम", "पुल"))
    words = Words(
        {word: 9, beside: 9, "neelam": 9}, {"neelam": word, "pul": beside}, {}, {(beside, "neelam"): 5}
    )
    read = shares(language, "pul neelam", words)[1]
    assert read["neelam"] <= read[word]


def test_neighbours_choose_among_the_translations_of_an_english_word(language: QuestionAnalyser) -> None:
    first, other, beside = map(ANALYSER.term, ("राष्ट्रपति", "अध्यक्ष", "पुल"))
    words = Words({first: 9, other: 1, beside: 9}, {"pul": beside}, {}, {(beside, other): 5})
    read = shares(language, "pul president", words)[1]
    assert read[other] > read[first]


@pytest.mark.parametrize(
    ("typed", "loan", "translation"), [("arrest", "अरेस्ट", "गिरफ्तार"), ("health", "हेल्थ", "स्वास्थ्य")]
)
def test_an_english_word_keeps_its_translation_beside_a_rare_loan(
    language: QuestionAnalyser, typed: str, loan: str, translation: str
) -> None:
    fitting, translated = ANALYSER.term(loan), ANALYSER.term(translation)
    read = shares(language, typed, Words({fitting: 1, translated: 50}, {typed: fitting}))[0]
    assert read[translated] >= SYNONYM_SHARE
    rather = shares(language, typed, Words({fitting: 50, translated: 50}, {typed: fitting}))[0]
    assert rather[translated] < SYNONYM_SHARE


def test_an_english_word_loses_its_translation_to_a_hindi_word_that_fits(language: QuestionAnalyser) -> None:
    hindi, english = ANALYSER.term("बाल"), ANALYSER.term("गेंद")
    read = shares(language, "ball", Words({hindi: 1, english: 50}, {"ball": hindi}))[0]
    assert read[english] < SYNONYM_SHARE
