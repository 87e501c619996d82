"""Which words of a corpus a misspelt Devanagari word may have been: by edit distance over phones.

The trie that Latin letters are matched against holds every form of the corpus as phones. It is walked
level by level, all nodes of a level at once in numpy, each with a row of the distance table
(Levenshtein, 1966) between the phones so far and every beginning of the word's: 2 ms among 25,000 forms.
The first consonant is taken as it was typed, for people seldom miss it (Yannakoudakis and Fawthrop, 1983).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.language.latin.phones import is_vowel, phones
from knowledge.language.latin.trie import Trie, expand

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

VOWEL = 0.5
OTHER_CONSONANT = 0.75
CONSONANT = 1.0
"""What a wrong, missing or needless vowel costs (a bare consonant has one, too), a wrong consonant, and a
missing or needless one."""

FARTHEST = 1.5
"""A consonant too many with its vowel, two consonants in each other's place, three wrong vowels."""

FARTHEST_SHARE = 0.22
"""Of the phones: of a short word, another one is too near (हंता, पता)."""

LONGEST = 30
"""Phones of a word that is looked up at all."""


class Speller:
    """Finds the words of one generation that are spelled nearly like another; safe to share between threads.

    Args:
        trie: the forms of the corpus.
        symbols: the phone of each of the trie's symbols.
    """

    def __init__(self, trie: Trie, symbols: Sequence[str]) -> None:
        self._trie = trie
        self._alphabet = sorted({_plain(phone) for phone in symbols})
        self._letters = np.array([self._alphabet.index(_plain(phone)) for phone in symbols])
        self._missing = np.array([_whole(phone) for phone in self._alphabet], dtype=np.float32)

    def near(self, word: str) -> tuple[Numbers, Floats]:
        """The numbers of the forms that differ little from `word`, and how far each is."""
        typed = [_plain(phone) for phone in phones(word)]
        if not 0 < len(typed) <= LONGEST:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        farthest = min(FARTHEST, FARTHEST_SHARE * len(typed))
        needless = np.array([_whole(phone) for phone in typed], dtype=np.float32)
        instead = np.array([[_instead(one, two) for two in typed] for one in self._alphabet], np.float32)
        instead[instead[:, 0] > VOWEL, 0] = np.inf
        trie = self._trie
        nodes, rows = np.zeros(1, dtype=np.int64), np.full((1, len(typed) + 1), np.inf, dtype=np.float32)
        rows[0, 0] = 0
        found: list[Numbers] = []
        distances: list[Floats] = []
        while len(nodes):
            nodes, parents = expand(trie.children[nodes], trie.children[nodes + 1])
            letters = self._letters[trie.symbols[nodes]]
            rows = _next(rows[parents], self._missing[letters], instead[letters], needless)
            kept = np.nonzero(rows.min(axis=1) <= farthest)[0]
            nodes, rows = nodes[kept], rows[kept]
            words, owners = expand(trie.words[nodes], trie.words[nodes + 1])
            found.append(words)
            distances.append(rows[owners, -1])
        numbers, far = np.concatenate(found), np.concatenate(distances)
        near = far <= farthest
        return numbers[near], far[near]


def _next(above: Floats, missing: Floats, instead: Floats, needless: Floats) -> Floats:
    """The rows of the distance table after one more phone; `above` are those before it, a node each."""
    rows = above + missing[:, None]
    rows[:, 0] = np.inf
    np.minimum(rows[:, 1:], above[:, :-1] + instead, out=rows[:, 1:])
    for place, cost in enumerate(needless.tolist(), 1):
        np.minimum(rows[:, place], rows[:, place - 1] + cost, out=rows[:, place])
    return rows


def _plain(phone: str) -> str:
    """The phone without its nukta, one nasal for both."""
    return "ं" if phone == "ँ" else phone[0]


def _whole(phone: str) -> float:
    return VOWEL if is_vowel(phone) or phone in "ंः" else CONSONANT


def _instead(one: str, other: str) -> float:
    if one == other:
        return 0.0
    vowels = is_vowel(one) + is_vowel(other)
    return VOWEL if vowels == 2 else OTHER_CONSONANT if not vowels else 2 * CONSONANT
