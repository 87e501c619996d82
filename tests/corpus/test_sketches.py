"""The sketches that copies are told by are those of datasketch, where this is installed."""

from zlib import crc32

import numpy as np
import pytest
from newsroom import BRIDGE, TODAY

from knowledge.articles import Article
from knowledge.corpus.copies import PERMUTATIONS, SHINGLE, sketched
from knowledge.corpus.reading import Numbering, Reading
from knowledge.language.analysis import Analyser

FACTOR = 0x9E3779B1


def shingles(terms: list[str]) -> set[int]:
    """The numbers for three terms on end that sketches are made of."""
    hashes = [crc32(term.encode()) for term in terms]
    runs = (hashes[begin : begin + SHINGLE] for begin in range(len(hashes) - SHINGLE + 1))
    return {(one * FACTOR * FACTOR + two * FACTOR + three) % 2**32 for one, two, three in runs}


def test_values_are_those_of_datasketch() -> None:
    datasketch = pytest.importorskip("datasketch")
    articles = [*TODAY, Article("khali", "", ""), Article("do", "", "पुल खुला।"), BRIDGE]
    analyser, numbering = Analyser(), Numbering()
    reading = Reading(numbering)
    for article in articles:
        reading.read(article)
    found = sketched(list(map(analyser.term, numbering)), reading.read_out(), analyser)
    for article, values in zip(articles, found.values, strict=True):
        sketch = datasketch.MinHash(PERMUTATIONS, scheme="affine32", hashfunc=int)
        sketch.update_batch(shingles(analyser.terms(article.text)))
        np.testing.assert_array_equal(values, sketch.hashvalues)
