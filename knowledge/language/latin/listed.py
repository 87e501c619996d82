"""The forms of a few words at hand, such as those of the questions themselves; in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.language.latin.channel import Channel
from knowledge.language.latin.forms import NO_TERM
from knowledge.language.latin.trie import Array, Trie, grow


@dataclass(frozen=True, slots=True)
class ListedForms:
    """The `Forms` of a list of words, each met once; none of them has an index term."""

    written: Sequence[str]
    counts: Array
    terms: Array
    trie: Trie

    @classmethod
    def of(cls, words: Sequence[str], channel: Channel) -> "ListedForms":
        """Those of the words that the channel can spell."""
        spelled = {word: symbols for word in words if (symbols := channel.spell(word))}
        begins = np.cumsum([0, *map(len, spelled.values())], dtype=np.int64)
        sequence = np.array([symbol for each in spelled.values() for symbol in each], dtype=np.uint16)
        trie, order = grow(begins, sequence)
        written = list(spelled)
        forms = [written[place] for place in order.tolist()]
        return cls(forms, np.ones(len(forms), np.int32), np.full(len(forms), NO_TERM, np.int32), trie)
