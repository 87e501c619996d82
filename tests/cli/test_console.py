from dataclasses import replace
from datetime import date

from bot import console
from knowledge.articles import Answer, Article, Hit, Passage

ARTICLE = Article(
    "pul",
    "चंपा का पुल बंद",
    "पुल तीन महीने बंद रहेगा।",
    "https://news.example.com/pul",
    date(2022, 1, 15),
    "चंपा टाइम्स",
)
HIT = Hit(Passage(ARTICLE, 0, ARTICLE.text), 7.5, (), (0, len(ARTICLE.text)))
ANSWER = Answer("पुल कब तक बंद है?", "devanagari", True, 0.6, (HIT,), "g", 1.0)
REFUSAL = replace(ANSWER, answered=False)


def test_an_unsure_answer_begins_by_saying_so(capsys):
    console.print_answer(replace(ANSWER, unsure=True))
    assert capsys.readouterr().out.splitlines()[:3] == [
        "This may not be quite what was asked:", "", "चंपा का पुल बंद",
    ]  # fmt: skip


def test_a_refusal_names_what_was_meant_and_what_is_nearby_and_shows_no_passage(capsys):
    nearby = (ARTICLE, Article("aam", "", "आम पके।"))
    console.print_answer(replace(REFUSAL, meant="चंपा का पुल?", nearby=nearby))
    assert capsys.readouterr().out.splitlines() == [
        "No answer: the articles don't cover this question.",
        "Did you mean: चंपा का पुल?",
        "Close to it, though without the answer:",
        "  चंपा का पुल बंद · 2022-01-15 · चंपा टाइम्स · https://news.example.com/pul",
        "  aam",
    ]


def test_a_refusal_may_have_nothing_to_offer(capsys):
    console.print_answer(REFUSAL)
    assert capsys.readouterr().out == "No answer: the articles don't cover this question.\n"


def test_json_has_the_same_keys_whatever_is_offered():
    bare = console.answer_as_json(REFUSAL)
    assert console.answer_as_json(replace(REFUSAL, unsure=True, nearby=(ARTICLE,), meant="पुल?")) == bare
    assert bare.keys() == {"question", "script", "answered", "generation", "took_ms", "passages"}
