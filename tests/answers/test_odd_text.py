"""Text that isn't what it should be, on its whole way: from a file to an answer."""

import json
from pathlib import Path

import pytest
from newsroom import BRIDGE, RAIN, Newsroom, unheard

from knowledge.articles import Article
from knowledge.corpus.reload import reload
from knowledge.library import EngineName, Library
from knowledge.sources import FolderSource

HALF = "\ud83d"
"""Half an emoji, as a text is left with that was cut by UTF-16 units."""


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    record = {
        "id": f"pul{HALF}",
        "title": f"सोनपुर का पुल {HALF}",
        "text": f"सोनपुर का नया पुल {HALF} खुल गया। पुल की लंबाई 420 मीटर{HALF} है।\n{HALF}",
        "url": f"https://news.example/{HALF}",
        "publisher": f"सोनपुर समाचार{HALF}",
    }
    (folder / "news").mkdir()
    (folder / "news" / "pul.jsonl").write_text(json.dumps(record), "utf-8")
    report = reload([FolderSource(folder / "news"), Newsroom((RAIN,))], folder / "data", progress=unheard)
    assert report.added == 2
    return folder / "data"


@pytest.mark.parametrize("engine", ["embedded", "rank-bm25"])
@pytest.mark.parametrize(
    "question", [f"पुल की लंबाई{HALF} कितनी है?", f"pul ki {HALF} lambai", f"{HALF}सोनपुर का पुल \udc00"]
)
def test_half_an_emoji_in_an_article_and_in_a_question(
    data_dir: Path, engine: EngineName, question: str
) -> None:
    answer = Library.open(data_dir, engine).ask(question)
    article = answer.hits[0].passage.article
    assert article.text.splitlines()[0] == "सोनपुर का नया पुल \ufffd खुल गया। पुल की लंबाई 420 मीटर\ufffd है।"
    assert (article.id, article.title) == ("pul\ufffd", "सोनपुर का पुल \ufffd")
    assert (article.url, article.publisher) == (None, "सोनपुर समाचार\ufffd")
    assert answer.question == question.replace(HALF, "\ufffd").replace("\udc00", "\ufffd")


def test_half_an_emoji_alone_is_refused(data_dir: Path) -> None:
    assert not Library.open(data_dir).ask(HALF).answered


def test_days_parted_by_a_comma_are_no_number(tmp_path: Path) -> None:
    fair = Article("mela", "हरिपुर में मेला", "हरिपुर में पशु मेला 15,16 मार्च को लगेगा। पिछली बार 1,516 लोग आए थे।")
    reload([Newsroom((fair, BRIDGE))], tmp_path, progress=unheard)
    answer = Library.open(tmp_path).ask("16 मार्च को मेला कहाँ लगेगा?")
    passage = answer.hits[0].passage.text
    assert [passage[slice(*span)] for span in answer.hits[0].highlights][:4] == ["मेला", "16", "मार्च", "लगेगा"]
