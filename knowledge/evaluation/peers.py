"""What people rank Hindi with today, beside which Khabar is measured; each as it comes, by its defaults.

All rank the same passages, each with its article's title before it. Those that aren't needed for
anything else are the optional dependencies `peers`.
"""

import logging
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import numpy as np
from rank_bm25 import BM25Okapi

from knowledge.language.analysis import Analyser

DEPTH = 100
"""Passages that a peer gives for a question."""

Search = Callable[[str], list[int]]
"""Gives the numbers of a question's passages, best first, none that shares no word with it."""

_FINAL_VIRAMA = re.compile("्(?![ऀ-ॿ])")
"""Sanskrit says when a word ends in a consonant; Hindi leaves it out."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A ranker by its name; `search` is None where the package that it `needs` isn't installed.

    One `of_latin` is only of use for questions in Latin letters.
    """

    name: str
    search: Search | None
    needs: str = ""
    of_latin: bool = False


def optional(module: str) -> ModuleType | None:
    """The module, None where it isn't installed."""
    try:
        return import_module(module)
    except ImportError:
        return None


@contextmanager
def peers_over(texts: Sequence[str], analyser: Analyser) -> Iterator[tuple[Peer, ...]]:
    """The peers, each with an index of the texts, which are numbered from 0."""
    bm25s, sanscript, dhvani = map(optional, ("bm25s", "indic_transliteration.sanscript", "dhvani"))
    of_terms = _rank_bm25(texts, analyser.terms)
    with closing(sqlite3.connect(":memory:")) as database:
        yield (
            Peer("rank-bm25, split()", _rank_bm25(texts, str.split)),
            Peer("bm25s", _bm25s(texts, bm25s) if bm25s else None, needs="bm25s"),
            Peer("SQLite FTS5", _fts5(texts, database)),
            Peer("rank-bm25, Hindi stems", of_terms),
            Peer(
                "ITRANS, Hindi stems",
                _read_as(_itrans(sanscript), of_terms) if sanscript else None,
                needs="indic-transliteration",
                of_latin=True,
            ),
            Peer(
                "dhvani, Hindi stems",
                _read_as(dhvani.to_devanagari, of_terms) if dhvani else None,
                needs="dhvani",
                of_latin=True,
            ),
        )


def _rank_bm25(texts: Sequence[str], words: Callable[[str], list[str]]) -> Search:
    bags = [words(text) for text in texts]
    if not any(bags):
        return lambda _: []  # BM25Okapi divides by the mean length
    okapi = BM25Okapi(bags)
    return lambda question: _best(np.asarray(okapi.get_scores(words(question))))


def _best(scores: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> list[int]:
    best: list[int] = np.argsort(-scores, kind="stable")[:DEPTH].tolist()
    return [number for number in best if scores[number] > 0]


def _bm25s(texts: Sequence[str], bm25s: ModuleType) -> Search:
    if not texts:
        return lambda _: []
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it asks for all of its own debugging
    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)

    def search(question: str) -> list[int]:
        words = bm25s.tokenize([question], show_progress=False)
        numbers, scores = index.retrieve(words, k=min(DEPTH, len(texts)), show_progress=False)
        return [int(number) for number, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    return search


def _fts5(texts: Sequence[str], database: sqlite3.Connection) -> Search:
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize = 'unicode61')")
    database.executemany("INSERT INTO passages (rowid, text) VALUES (?, ?)", enumerate(texts))
    found = f"SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT {DEPTH}"  # noqa: S608

    def search(question: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in question.replace('"', " ").split())
        return [number for (number,) in database.execute(found, (words or '""',))]

    return search


def _read_as(in_devanagari: Callable[[str], str], search: Search) -> Search:
    return lambda question: search(in_devanagari(question))


def _itrans(sanscript: ModuleType) -> Callable[[str], str]:
    """ITRANS tells sounds apart by capitals, which people type for other reasons, or not at all."""

    def in_devanagari(question: str) -> str:
        read = sanscript.transliterate(question.lower(), sanscript.ITRANS, sanscript.DEVANAGARI)
        return _FINAL_VIRAMA.sub("", read)

    return in_devanagari
