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


def test_json_of_a_refusal_says_how_sure_it_is_and_what_it_offers():
    refusal = replace(REFUSAL, confidence=0.12345, nearby=(ARTICLE,), meant="चंपा का पुल?")
    assert console.answer_as_json(refusal) == {
        "question": "पुल कब तक बंद है?",
        "script": "devanagari",
        "answered": False,
        "confidence": 0.1235,
        "unsure": False,
        "generation": "g",
        "took_ms": 1.0,
        "passages": [],
        "meant": "चंपा का पुल?",
        "nearby": [{"article_id": "pul", "title": "चंपा का पुल बंद", "url": "https://news.example.com/pul"}],
    }


def test_json_has_the_same_keys_whatever_is_offered():
    offering = replace(REFUSAL, nearby=(ARTICLE,), meant="पुल?")
    answers = [
        console.answer_as_json(each) for each in (ANSWER, replace(ANSWER, unsure=True), REFUSAL, offering)
    ]
    assert len({tuple(each) for each in answers}) == 1
    assert [(each["unsure"], each["meant"], len(each["nearby"])) for each in answers] == [
        (False, None, 0), (True, None, 0), (False, None, 0), (False, "पुल?", 1),
    ]  # fmt: skip
