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


def grow(begins: Array, symbols: Array) -> tuple[Trie, Array]:
    """The trie of sequences of symbols, and the position among them of each of its words.

    Args:
        begins: where each sequence begins in `symbols`, and after the last one where it ends.
        symbols: the sequences one after the other, uint16.
    """
    order, sorted_symbols = _sorted(begins, symbols)
    lengths = np.diff(begins)[order]
    new = np.zeros(len(order), dtype=bool)  # whether a sequence parts from the one before it by this depth
    new[:1] = True
    heads, children, ended, words = [np.zeros(1, np.uint16)], [], [], []
    for depth in range(sorted_symbols.shape[1] + 1):
        nodes = np.cumsum(new & (lengths >= depth)) - 1
        here = np.flatnonzero(lengths == depth)
        ended.append(here)
        count = max(1, nodes[-1] + 1) if len(nodes) else 1
        words.append(np.bincount(nodes[here], minlength=count))
        if depth < sorted_symbols.shape[1]:
            column = sorted_symbols[:, depth]
            new[1:] |= column[1:] != column[:-1]
            below = np.flatnonzero(new & (lengths > depth))
            heads.append(column[below])
            children.append(np.bincount(nodes[below], minlength=count))
    children.append(np.zeros(len(words[-1]), dtype=np.int64))
    trie = Trie(np.concatenate(heads), _ends(children, 1), _ends(words, 0))
    return trie, order[np.concatenate(ended)]


def _sorted(begins: Array, symbols: Array) -> tuple[Array, Array]:
    """The order of the sequences, and in that order a row of symbols for each, filled up at its end."""
    lengths = np.diff(begins)
    width = int(lengths.max(initial=0))
    rows = np.zeros((len(lengths), width), dtype=">u2")
    places, owners = expand(begins[:-1], begins[1:])
    rows[owners, places - begins[owners]] = symbols[places] + 1  # 0 is before every symbol: the end
    keys = rows.view(f"S{2 * width}").ravel() if width else lengths
    order = np.argsort(keys, kind="stable")
    return order, rows[order].astype(np.uint16) - np.uint16(1)


def _ends(counts: Sequence[Array], first: int) -> Array:
    """Where the ranges of these lengths begin, and where the last one ends."""
    return np.cumsum(np.concatenate([[first], *counts]), dtype=np.int64).astype(np.int32)


def expand(begins: Array, ends: Array) -> tuple[Array, Array]:
    """All numbers of the ranges one after the other, and for each the number of its range."""
    lengths = ends - begins
    owners = np.repeat(np.arange(len(lengths)), lengths)
    offsets = begins - (np.cumsum(lengths) - lengths)
    return np.arange(len(owners)) + offsets[owners], owners
