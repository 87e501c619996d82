from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from newsroom import BRIDGE, CHESS, MANGOES, TODAY, YESTERDAY, Newsroom, unheard

from knowledge.articles import Article
from knowledge.corpus.build import build
from knowledge.corpus.generation import Generation
from knowledge.corpus.reload import Conditions, reload
from knowledge.corpus.shelf import Shelf
from knowledge.errors import RefusedGeneration
from knowledge.golden import GoldenGuard, GoldenQuestion
from knowledge.language.lexicons import read_lexicons
from knowledge.language.query import QuestionAnalyser

HOW_LONG = "सोनपुर के पुल की लंबाई कितनी है?"
WHO_WON = "शतरंज प्रतियोगिता किसने जीती?"


@pytest.fixture(scope="module")
def language() -> QuestionAnalyser:
    return QuestionAnalyser(read_lexicons(None))


def generation(folder: Path, articles: Sequence[Article]) -> Generation:
    build(folder, articles, lambda done, total: None)
    return Generation.open(folder)


@pytest.mark.parametrize(
    "article", [BRIDGE.id, BRIDGE.url, "https://news.example/sonpur-pul", "naqal", "https://other.example/1"]
)
def test_an_article_is_found_by_its_id_its_address_or_its_copys(
    tmp_path: Path, language: QuestionAnalyser, article: str
) -> None:
    text = f"{BRIDGE.text} {MANGOES.text}"
    bridge = replace(BRIDGE, text=text, url=f"{BRIDGE.url}/?utm_source=app")
    copy = replace(BRIDGE, id="naqal", text=text, url="https://other.example/1", published=None)
    names = {BRIDGE.url: bridge.url}
    GoldenGuard([GoldenQuestion(HOW_LONG, names.get(article, article))], language)(
        generation(tmp_path, [bridge, copy, CHESS])
    )


def test_what_was_expected_is_told_for_each_question(tmp_path: Path, language: QuestionAnalyser) -> None:
    questions = [GoldenQuestion(HOW_LONG, CHESS.id), GoldenQuestion(WHO_WON, CHESS.id)]
    made, guard = generation(tmp_path, YESTERDAY), GoldenGuard(questions, language)
    with pytest.raises(RefusedGeneration) as refusal:
        guard(made)
    message = str(refusal.value)
    assert message.startswith(f"the golden question “{HOW_LONG}” isn't answered from {CHESS.id}; ")
    assert f"“{WHO_WON}” isn't answered from {CHESS.id}; see" in message
    assert "reload.golden" in message
    first, second = map(str, guard.misses(made))
    assert f"“{HOW_LONG}” finds “{BRIDGE.title}” instead of {CHESS.id}" in first
    assert f"“{WHO_WON}” finds nothing instead of {CHESS.id}" in second


def test_a_reload_that_loses_a_golden_answer_publishes_nothing(
    tmp_path: Path, language: QuestionAnalyser
) -> None:
    guards = [GoldenGuard([GoldenQuestion(WHO_WON, CHESS.id)], language)]
    first = reload([Newsroom(TODAY)], tmp_path, Conditions(guards=guards), progress=unheard)
    with pytest.raises(RefusedGeneration, match=WHO_WON):
        reload([Newsroom(YESTERDAY)], tmp_path, Conditions(guards=guards), progress=unheard)
    assert Shelf(tmp_path).open_served().id == first.generation
