from importlib import resources

from knowledge.language.analysis import Analyser
from knowledge.language.background import read_background
from knowledge.language.thesaurus import read_thesaurus


def lines(name: str) -> list[str]:
    text = resources.files("knowledge.language").joinpath(f"data/{name}").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_the_background_holds_shares_of_index_terms() -> None:
    background = read_background()
    assert len(background) > 2_000
    assert len(background) == len(lines("background.tsv"))  # no term twice
    assert all(0 < share < 1 for share in background.values())
    assert list(background.values()) == sorted(background.values(), reverse=True)


def test_the_background_knows_the_words_of_all_news_as_the_analysis_reads_them() -> None:
    background, analyser = read_background(), Analyser()
    assert all(analyser.term(word) in background for word in ("भारत", "समय", "राज्य", "लोगों", "कहा"))
    assert background[analyser.term("भारत")] > background.get(analyser.term("पुल"), 0.0)


def test_every_line_of_the_thesaurus_is_a_group_of_different_words() -> None:
    analyser = Analyser()
    for line in lines("synonyms.txt"):
        assert len(set(analyser.terms(line))) >= 2, line


def test_words_of_a_group_stand_for_each_other() -> None:
    analyser = Analyser()
    thesaurus = read_thesaurus(analyser)
    for term, others in thesaurus.items():
        assert term not in others
        assert len(set(others)) == len(others)
        assert all(term in thesaurus[other] for other in others)
    assert analyser.term("निधन") in thesaurus[analyser.term("मौत")]


def test_stop_words_are_written_once_in_the_list() -> None:
    words = [word for line in lines("stopwords.txt") for word in line.split()]
    assert sorted({word for word in words if words.count(word) > 1}) == []
