"""What a refused question may have meant: the same one, with one word as the corpus spells it."""

import pytest
from newsroom import BRIDGE, CHESS, LIBRARY, MANGOES, MANY, RAIN, Newsroom, unheard

from knowledge.articles import Article
from knowledge.corpus.reload import reload
from knowledge.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("meant")
    reload([Newsroom((BRIDGE, CHESS, LIBRARY, MANGOES, RAIN, *MANY))], folder, progress=unheard)
    return Library.open(folder)


@pytest.mark.parametrize(
    ("asked", "meant", "article"),
    [
        ("शतजंर प्रतियोगिता", "शतरंज प्रतियोगिता", CHESS),
        ("शतरजंज प्रतियोगिता?", "शतरंज प्रतियोगिता?", CHESS),
        ("सोनपउर का पुल", "सोनपुर का पुल", BRIDGE),
        ("प्रसासन का क्या आदेश है", "प्रशासन का क्या आदेश है", RAIN),
        ("हरिपुर के पुसतकालये कब खुले", "हरिपुर के पुस्तकालय कब खुले", LIBRARY),
        ("prasahsan ka adesh", "प्रशासन ka adesh", RAIN),
        ("शतजंर", "शतरंज", CHESS),
    ],
)
def test_one_misspelt_word(library: Library, asked: str, meant: str, article: Article) -> None:
    refused = library.ask(asked)
    assert (refused.answered, refused.meant) == (False, meant)
    assert refused.question == asked
    assert library.ask(meant).hits[0].passage.article == article


@pytest.mark.parametrize(
    "asked",
    [
        "सोनपुर के पुल की लंबाई कितनी है?",  # answered
        "सोनपूर के पुल की लंबाई कितनी है?",  # answered for all that
        "शतजंर प्रतयोगताि",  # two of them
        "sonpru ka pul",  # likewise
        "मोनपुर का पुल",  # so may another town be called
        "कानपुर का पुल",
        "लखनऊ के पुल की लंबाई कितनी है?",
        "सोनपुर का पूजा 421 मीटर",
        "चंद्रयान का पुल",
        "gaganyan ka pul",
        "asdf qwer",
        "",
        "शतजंर प्रतियोगिता" + " " * 1000,  # a pasted text
    ],
)
def test_nothing_else_is_proposed(library: Library, asked: str) -> None:
    assert library.ask(asked).meant is None
