from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from newsroom import BRIDGE, CHESS, LIBRARY, MANGOES, RAIN, Newsroom, unheard

from knowledge.articles import Article
from knowledge.corpus.reload import reload
from knowledge.library import Library

SAID = Article("kahavat", "", "वह यहाँ से वहाँ क्यों नहीं जा सकता था, यह उसने कभी किसी को नहीं बताया।")


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with TemporaryDirectory() as folder:
        reload([Newsroom((BRIDGE, CHESS, LIBRARY, MANGOES, RAIN, SAID))], Path(folder), progress=unheard)
        yield Library.open(Path(folder))


@pytest.mark.parametrize("quotation", ["नहीं जा सकता था", "nahi ja sakta tha", "क्यों नहीं जा"])
def test_words_that_say_little_find_the_passage_that_has_them_in_this_order(
    library: Library, quotation: str
) -> None:
    assert library.ask(quotation).ranked[0].passage.article.id == SAID.id


def test_words_that_say_little_are_no_question(library: Library) -> None:
    assert not library.ask("नहीं जा सकता था").answered
    assert not library.ask("क्या यह वह है").answered
