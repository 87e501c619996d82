import sys

import pytest

from knowledge.evaluation.peers import DEPTH, Peer, peers_over
from knowledge.language.analysis import Analyser

ANALYSER = Analyser()
TEXTS = [
    "फसल\nकिसान ने आम बेचा और बाजार गया।",
    "मौसम\nबारिश तेज रही, सड़क बंद रही।",
    "खेल\nटीम ने कल मैच जीता, दर्शक नाचे।",
    "पर्व\nनगर में दीपक जले, लोग हँसे।",
    "शिक्षा\nछात्र ने परीक्षा दी, परिणाम कल आएगा।",
]
NAMES = (
    "rank-bm25, split()",
    "bm25s",
    "SQLite FTS5",
    "rank-bm25, Hindi stems",
    "ITRANS, Hindi stems",
    "dhvani, Hindi stems",
)


def peer(name: str, texts: list[str], question: str) -> list[int]:
    with peers_over(texts, ANALYSER) as peers:
        search = {each.name: each for each in peers}[name].search
        assert search is not None
        return search(question)


@pytest.mark.parametrize("name", NAMES)
def test_each_ranks_the_text_that_shares_the_words_first(name: str) -> None:
    assert peer(name, TEXTS, "बारिश सड़क")[0] == 1
    assert peer(name, TEXTS, "मैच दर्शक")[0] == 2


@pytest.mark.parametrize("name", NAMES)
def test_what_shares_no_word_is_not_found(name: str) -> None:
    assert peer(name, TEXTS, "zzz") == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("question", ["", "?", '"आम" AND (', "बारिश"])
def test_nothing_found_is_no_error_whatever_is_asked(name: str, question: str) -> None:
    assert peer(name, [], question) == []
    assert set(peer(name, TEXTS, question)) <= set(range(len(TEXTS)))


@pytest.mark.parametrize("name", NAMES)
def test_no_more_are_found_than_are_looked_at(name: str) -> None:
    fruit = [f"आम नगर दिन{number}" for number in range(DEPTH + 20)]
    others = [f"नदी पर्वत रात{number}" for number in range(2 * DEPTH)]
    assert len(peer(name, fruit + others, "नगर")) == DEPTH


@pytest.mark.parametrize(
    ("name", "latin"), [("ITRANS, Hindi stems", "dIpaka nagara"), ("dhvani, Hindi stems", "deepak nagar")]
)
def test_transliterators_read_latin_letters(name: str, latin: str) -> None:
    assert peer(name, TEXTS, latin)[0] == 3
    assert peer("rank-bm25, Hindi stems", TEXTS, latin) == []


@pytest.mark.parametrize(
    ("module", "name", "package"),
    [
        ("bm25s", "bm25s", "bm25s"),
        ("indic_transliteration", "ITRANS, Hindi stems", "indic-transliteration"),
        ("dhvani", "dhvani, Hindi stems", "dhvani"),
    ],
)
def test_one_that_is_not_installed_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str, package: str
) -> None:
    for loaded in [each for each in sys.modules if each == module or each.startswith(f"{module}.")]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    with peers_over(TEXTS, ANALYSER) as peers:
        absent = [each for each in peers if each.search is None]
    assert absent == [Peer(name, None, needs=package, of_latin=name not in NAMES[:4])]
