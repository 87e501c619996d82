import logging
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import pytest

from knowledge.errors import DictionaryError
from knowledge.language.analysis import Analyser
from knowledge.language.english import English, Reading, read_english
from knowledge.language.words import words


def read(english: English, question: str) -> list[Reading]:
    """The readings from the first word on, each where the one before ends."""
    spelled, place, readings = words(question), 0, []
    while place < len(spelled):
        reading = english.at(spelled, place)
        readings += [reading] if reading else []
        place += reading.length if reading else 1
    return readings


def first(english: English, question: str) -> Reading:
    reading = english.at(words(question), 0)
    assert reading is not None, question
    return reading


def lexicon() -> list[list[str]]:
    data = resources.files("knowledge.language").joinpath("data")
    texts = [data.joinpath(name).read_text("utf-8") for name in ("english.tsv", "english-news.tsv")]
    lines = (line for text in texts for line in text.splitlines())
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_a_word_is_read_as_its_hindi_the_commonest_first(english, analyser) -> None:
    terms = (analyser.term("बाढ़"), analyser.term("सैलाब"))

    assert english.at(["Flood"], 0) == Reading(1, terms, sure=True)


def test_the_shipped_lexicon_knows_the_words_of_news(shipped, analyser) -> None:
    for asked, hindi in (
        ("government", "सरकार"),
        ("election", "चुनाव"),
        ("China", "चीन"),
        ("defence", "रक्षा"),
    ):
        assert first(shipped, asked).terms[0] == analyser.term(hindi)


def test_the_longest_entry_wins(english, analyser) -> None:
    reading = english.at(["chief", "prime", "minister", "meets"], 1)

    assert reading is not None
    assert reading.length == 2
    assert reading.terms[0] == analyser.term("प्रधानमंत्री")
    assert first(english, "state of emergency in Egypt").length == 3


def test_every_head_of_the_shipped_lexicon_is_read_whole_if_only_in_capitals(shipped) -> None:
    for head, _ in lexicon():
        spelled = words(head.upper())
        reading = shipped.at([*spelled, "क्या"], 0)
        assert reading is not None, head
        assert (reading.length, reading.sure) == (len(spelled), True), head


@pytest.mark.parametrize("asked", ["took place", "Taking place", "according to", "how long", "full form"])
def test_words_that_say_nothing_together_are_read_as_nothing(shipped, asked) -> None:
    assert first(shipped, asked) == Reading(2, (), sure=True)


@pytest.mark.parametrize(
    ("asked", "hindi"),
    [
        ("launched", "शुरू"),
        ("resigned", "इस्तीफा"),
        ("stepped down", "इस्तीफा"),
        ("passes away", "निधन"),
        ("took oath", "शपथ"),
        ("derailed", "पटरी"),
        ("defeats", "हराया"),
        ("eradicated", "उन्मूलन"),
        ("inducting", "शामिल"),
        ("kicked off", "आगाज"),
    ],
)
def test_the_shipped_lexicon_knows_what_news_is_asked_about(shipped, analyser, asked, hindi) -> None:
    reading = first(shipped, asked)
    assert reading.length == len(words(asked))
    assert analyser.term(hindi) in reading.terms


def test_readings_have_terms_each_once(shipped) -> None:
    for head, _ in lexicon():
        for reading in read(shipped, head):
            assert reading.terms or reading.length > 1
            assert all(reading.terms)
            assert len(set(reading.terms)) == len(reading.terms)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("floods", "flood"),
        ("flooded", "flood"),
        ("ministers", "minister"),
        ("prime ministers", "prime minister"),
        ("MPs", "mp"),
        ("children", "child"),
        ("strongest", "strong"),
        ("withdrawn", "withdraw"),
        ("universes", "universe"),
        ("universities", "university"),
    ],
)
def test_inflections_are_read_as_their_base_form(english, asked, known) -> None:
    assert first(english, asked).terms == first(english, known).terms


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("defence", "defense"),
        ("labour", "labor"),
        ("labourers", "laborers"),
        ("centre", "center"),
        ("organised", "organized"),
        ("organisations", "organizations"),
        ("programme", "program"),
        ("dialogue", "dialog"),
        ("travelled", "traveled"),
        ("defence ministers", "defense ministers"),
    ],
)
def test_british_and_american_spellings_are_read_alike(english, british, american) -> None:
    assert first(english, british).terms == first(english, american).terms


@pytest.mark.parametrize(
    "asked", ["ceasefire", "cease fire", "cease-fire", "Cease-Fire", "heatwave", "heat wave", "heat-waves"]
)
def test_compounds_are_read_closed_open_and_hyphenated(shipped, asked) -> None:
    assert first(shipped, asked).length == len(words(asked))


def test_an_accident_of_spacing_is_no_compound(english) -> None:
    assert english.at(["so", "on"], 0) is None


def test_the_s_of_a_possessive_belongs_to_its_word(english) -> None:
    for asked in ("India's", "India’s"):
        assert first(english, asked) == Reading(2, first(english, "India").terms, sure=True)
    assert first(english, "prime minister's office").length == 3


@pytest.mark.parametrize("asked", ["BJP", "bjp", "B.J.P.", "b j p", "B. J. P."])
def test_an_acronym_is_read_with_and_without_dots_and_spaces(english, analyser, asked) -> None:
    reading = first(english, asked)

    assert reading.length == len(words(asked))
    assert reading.terms[0] == analyser.term("भाजपा")


def test_us_is_america_in_capitals_only(english, analyser) -> None:
    assert read(english, "tell us") == []
    assert read(english, "TELL US") == []  # capitals say nothing where all is in capitals
    for asked in ("the US", "U.S.", "US ने"):
        assert read(english, asked)[0].terms[0] == analyser.term("अमेरिका")


def test_function_words_are_not_read(english) -> None:
    assert read(english, "who was it that did this, and how many of them were there?") == []


def test_hindi_is_not_read(english) -> None:
    assert read(english, "राजनाथ सिंह कब rajnath gaye") == []  # gaye (गए) is no inflection of gay


def test_a_head_that_hindi_has_as_a_function_word_is_read_as_it_stands(english, analyser) -> None:
    assert first(english, "fir").terms == (analyser.term("प्राथमिकी"),)
    assert english.function_words.is_ambiguous("fir")


def test_the_dictionary_knows_what_the_lexicon_does_not(
    analyser, english, with_dictionary, write_dictionary
) -> None:
    both = with_dictionary(write_dictionary())

    assert english.at(["cobblers"], 0) is None
    assert both.at(["cobblers"], 0) == Reading(1, (analyser.term("मोची"),), sure=False)
    assert first(both, "flood") == first(english, "flood")


def test_stop_and_function_words_of_the_dictionary_give_nothing(with_dictionary, write_dictionary) -> None:
    english = with_dictionary(write_dictionary())

    assert english.at(["meander"], 0) is None
    assert english.at(["The"], 0) is None


def test_a_word_of_many_senses_gives_few_terms(analyser, with_dictionary, write_dictionary) -> None:
    index = write_dictionary(packed=False)
    glosses = ("कमल", "गुलाब", "चमेली", "गेंदा", "सूरजमुखी", "कनेर", "गुड़हल", "चंपा")
    entry = "posy <N>\n" + "".join(f"{n}. {gloss}\n" for n, gloss in enumerate(glosses, 1))
    index.with_suffix(".dict").write_text(entry, "utf-8")
    index.write_text("posy\tA\tBA\n", "utf-8")

    reading = first(with_dictionary(index), "posy")

    assert 1 < len(reading.terms) <= 6
    assert reading.terms[0] == analyser.term("कमल")


def test_a_dictionary_that_is_not_there_is_an_error_at_once(analyser, tmp_path) -> None:
    with pytest.raises(DictionaryError, match="nowhere"):
        read_english(analyser, tmp_path / "nowhere.index")


def test_a_damaged_dictionary_is_logged_and_left_out(with_dictionary, write_dictionary, caplog) -> None:
    index: Path = write_dictionary()
    index.write_text("cobbler: मोची\n", "utf-8")
    english = with_dictionary(index)

    with caplog.at_level(logging.ERROR):
        assert english.at(["cobbler"], 0) is None

    assert str(index) in caplog.text
    assert first(english, "flood").sure


def test_threads_read_alike(write_dictionary) -> None:
    questions = [head for head, _ in lexicon()[:400]] + ["cobblers", "sieves"] * 20
    alone = read_english(Analyser(), write_dictionary())
    expected = [alone.at(words(question), 0) for question in questions]
    shared = read_english(Analyser(), write_dictionary())

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda question: shared.at(words(question), 0), questions)) == expected
