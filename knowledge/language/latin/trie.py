"""A trie of spelled words in three flat arrays, nodes numbered breadth first, so that it can be mapped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Trie:
    """Nodes by number: the root is 0, a node's children and its words are ranges.

    Attributes:
        symbols: the symbol on the way into each node, uint16.
        children: where each node's children begin, and after the last one where they end, int32.
        words: the same for the words that end at each node; words are numbered in that order.
    """

    symbols: Array
    children: Array
    words: Array


def grow(spelled: Sequence[list[int]]) -> tuple[Trie, list[int]]:
    """The trie of these sequences of symbols, and the position among them of each of its words."""
    order = sorted(range(len(spelled)), key=lambda position: spelled[position])
    symbols, children, words, ended = [0], [1], [0], []
    level = [(0, len(order))]
    depth = 0
    while level:
        deeper: list[tuple[int, int]] = []
        for begin, end in level:
            while begin < end and len(spelled[order[begin]]) == depth:
                ended.append(order[begin])
                begin += 1
            for first, after, symbol in _branches(spelled, order, depth, begin, end):
                symbols.append(symbol)
                deeper.append((first, after))
            children.append(len(symbols))
            words.append(len(ended))
        level, depth = deeper, depth + 1
    trie = Trie(np.array(symbols, np.uint16), np.array(children, np.int32), np.array(words, np.int32))
    return trie, ended


def _branches(
    spelled: Sequence[list[int]], order: Sequence[int], depth: int, begin: int, end: int
) -> list[tuple[int, int, int]]:
    """The runs in `order` that share their symbol at `depth`: begin, end, symbol."""
    runs: list[tuple[int, int, int]] = []
    while begin < end:
        symbol, after = spelled[order[begin]][depth], begin + 1
        while after < end and spelled[order[after]][depth] == symbol:
            after += 1
        runs.append((begin, after, symbol))
        begin = after
    return runs


def expand(begins: Array, ends: Array) -> tuple[Array, Array]:
    """All numbers of the ranges one after the other, and for each the number of its range."""
    lengths = ends - begins
    owners = np.repeat(np.arange(len(lengths)), lengths)
    offsets = begins - (np.cumsum(lengths) - lengths)
    return np.arange(len(owners)) + offsets[owners], owners
