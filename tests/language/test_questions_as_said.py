"""Questions read for what is said with them: kinds of answers, days, and which reading stands above which."""

import pytest
from words_by_hand import ANALYSER, Words, shares, vocabulary

from knowledge.language.query import QuestionAnalyser
from knowledge.language.questions import Wanted
from knowledge.language.spellings import SYNONYM_SHARE


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
