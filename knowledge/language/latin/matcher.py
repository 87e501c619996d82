"""Which words of a corpus somebody may have meant who typed a word in Latin letters.

Every word of the corpus is scored by log P(latin | word) + w log P(word), so far as it has a chance. The
trie of spelled words is walked level by level, all nodes of a level at once in
numpy, each with the probability of every prefix of the letters under the phones so far. A level
keeps the BEAM nodes that do best when the letters left are as likely as under an average word. Then the
typist, which is slower and knows more, weighs the forms that come close to the best.

Against 100,000 words, 4,358 spellings of the Dakshina development lexicon, one core of 2.5 GHz: 2.2 ms
at the median, 3.4 at the 95th percentile, of these 1.5 and 2.3 for the walk. The same walk without a beam
takes 77 ms and came to the same first word for each of 60 spellings; scoring 500 words one by one in a
padded batch, what a blocking index would have to leave over, takes 1.2 ms without finding them. So the
trie it is.

What is left is mostly beyond any channel: half of the misses went to a word of the Dakshina lexicons, and
six in seven of these are attested with just that spelling (kam is कम and काम).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp

import numpy as np
import numpy.typing as npt

from knowledge.language.latin.channel import Channel, Floats, read_channel
from knowledge.language.latin.forms import NO_TERM, Forms
from knowledge.language.latin.phones import is_vowel
from knowledge.language.latin.trie import Array, expand
from knowledge.language.latin.typist import DROPPED_VOWEL, LONGEST_CHUNK

PRIOR_WEIGHT = 0.5
"""How far a word's frequency counts beside its sound. In the Dakshina development sentences 0.8 finds
most content words first (0.894; 0.5: 0.888, 0.2: 0.862), in lexicons, where a rare word is as likely as
a common one, 0.2 (0.853; 0.5: 0.848)."""

UNSEEN = 0.5
"""Added to every count, so that a form with none isn't impossible."""

BEAM = 300
"""Nodes kept a level."""

HOPELESS = 1e-6
"""Nodes are dropped that are less likely than this share of the best whole word so far."""

SLIP = 2e-5
"""What any single letter, or none, has for any phone on top: slips that the lexicon doesn't show."""

LONGEST_WORD = 30
"""Letters of a word that is looked up at all."""

CACHED_WORDS = 1 << 14

MOST = 32
"""Candidates that are kept of a word."""

FINALISTS = 12
CLOSE = 8.0
"""How many forms the typist weighs, and how far behind the best in score they may be: of those further
behind one in three hundred is meant, and weighing them found no more."""

TRUST = 0.7
"""How far the typist's log-likelihood counts beside the channel's, which adds to 1. Of the Dakshina
development spellings 0.7 finds 0.852 first and 0.986 within five; 0.5: 0.850 and 0.985; 1: 0.849 and
0.986; 0: 0.837 and 0.982. Questions are found as well with it as without, within the noise."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form of the corpus that may have been meant.

    Attributes:
        form: as written in the corpus.
        term: the number of its index term, NO_TERM for a stop word.
        fit: log P(latin | form) as the channel has it, at most 0.
        score: the same with the typist's, plus the weighted log probability of the form; higher is better.
    """

    form: str
    term: int
    fit: float
    score: float


class Keyboard:
    """The channel as matchers use it, 4 MB; made once, shared by the matchers of all generations."""

    def __init__(self, channel: Channel) -> None:
        habits = channel.probabilities.copy()
        for place, chunk in enumerate(channel.chunks):
            habits[:, place] += SLIP if len(chunk) < 2 else 0.0
        phones = _phones(channel)
        vowels = [is_vowel(name) for name in phones]
        habits[vowels, channel.chunks.index("")] += DROPPED_VOWEL
        self.digest = channel.digest
        self.phones = phones
        self.typist = channel.typist
        self.likely = np.ascontiguousarray(habits.T, dtype=np.float16)  # chunks, symbols
        self.places: Mapping[str, int] = {chunk: place for place, chunk in enumerate(channel.chunks)}

    def rows(self, places: list[int]) -> npt.NDArray[np.float32]:
        """How likely each symbol is to be written as each of these chunks, chunks by symbols."""
        return self.likely[places].astype(np.float32)  # numpy computes slowly in halves

    def cuts(self, latin: str) -> list[tuple[int, int, int]]:
        """Each chunk of the letters that phones are written with: its place, its length, its row."""
        return [
            (place, length, row)
            for place in range(len(latin))
            for length in range(1, min(LONGEST_CHUNK, len(latin) - place) + 1)
            if (row := self.places.get(latin[place : place + length])) is not None
        ]


def _phones(channel: Channel) -> list[str]:
    """The phone of each symbol."""
    names: list[str] = []
    for name, parent in zip(channel.symbols, channel.parents.tolist(), strict=True):
        names.append(name if parent < 0 else names[parent])
    return names


@cache
def shipped_keyboard() -> Keyboard:
    """The keyboard of the channel that Khabar ships, 4 MB; made once a process for all generations."""
    return Keyboard(read_channel())


class Matcher:
    """Finds the words of one generation by how people spell them; safe to share between threads."""

    def __init__(self, forms: Forms, keyboard: Keyboard, prior_weight: float = PRIOR_WEIGHT) -> None:
        # of another object's method: a cache of one's own would be a circle, and keep the files of a
        # generation that is gone open for as long as nobody looks for circles
        self._ranked = lru_cache(maxsize=CACHED_WORDS)(_Search(forms, keyboard, prior_weight).ranked)

    def candidates(self, latin: str, limit: int = 8) -> tuple[Candidate, ...]:
        """The forms that fit best, best first, at most `limit` and MOST; `latin` in letters a to z."""
        return self._ranked(latin)[:limit]

    def shares(self, latin: str, limit: int = 8) -> tuple[tuple[int, float], ...]:
        """The index terms that may be meant, by number, and how likely each is, likeliest first.

        Forms of one stem add up, among the `limit` best terms; the shares sum to 1, less what stop
        words have of it.
        """
        candidates = self._ranked(latin)
        if not candidates:
            return ()
        best = candidates[0].score
        weights: dict[int, float] = {}
        for candidate in candidates:
            weights[candidate.term] = weights.get(candidate.term, 0.0) + exp(candidate.score - best)
        kept = sorted(weights.items(), key=lambda item: -item[1])[:limit]
        total = sum(weight for _, weight in kept)
        return tuple((term, weight / total) for term, weight in kept if term != NO_TERM)


class _Search:
    """The search for one word."""

    def __init__(self, forms: Forms, keyboard: Keyboard, prior_weight: float) -> None:
        self._forms = forms
        self._keyboard = keyboard
        counts = forms.counts + UNSEEN
        self._prior = (prior_weight * np.log(counts / counts.sum())).astype(np.float32)
        met = np.bincount(forms.trie.symbols[1:], minlength=keyboard.likely.shape[1])
        self._average = (keyboard.likely @ (met / max(1, met.sum())).astype(np.float32)).tolist()

    def ranked(self, latin: str) -> tuple[Candidate, ...]:
        """The forms that fit best, best first."""
        numbers, fits = self._fitting(latin)
        numbers, fits = self._best(numbers, fits)
        scores = self._weighed(latin, numbers, fits) + self._prior[numbers]
        order = np.lexsort((numbers, -scores))
        found = zip(numbers[order].tolist(), fits[order].tolist(), scores[order].tolist(), strict=True)
        return tuple(self._candidate(*each) for each in found)

    def _best(self, numbers: Array, fits: Floats) -> tuple[Array, Floats]:
        """Those of the forms with the best scores, best first."""
        order = np.lexsort((numbers, -(fits + self._prior[numbers])))[:MOST]
        return numbers[order], fits[order]

    def _weighed(self, latin: str, numbers: Array, fits: Floats) -> Floats:
        """The fits, those of the first forms with the typist's; the others stay as far behind their best."""
        scores = fits + self._prior[numbers]
        close = int(np.sum(scores[:FINALISTS] > scores.max(initial=-np.inf) - CLOSE))
        if not close:
            return fits
        forms = [self._forms.written[number] for number in numbers[:close].tolist()]
        weighed = self._keyboard.typist.fits(latin, forms)
        weighed = TRUST * weighed + (1 - TRUST) * fits[:close]
        return np.concatenate([weighed, fits[close:] + weighed.max() - fits[:close].max()])

    def _candidate(self, number: int, fit: float, score: float) -> Candidate:
        return Candidate(self._forms.written[number], int(self._forms.terms[number]), fit, score)

    def _fitting(self, latin: str) -> tuple[Array, Floats]:
        """The numbers of the forms with a chance, and log P(latin | form) of each."""
        cuts = self._keyboard.cuts(latin)
        if not cuts or len(latin) > LONGEST_WORD:
            return np.empty(0, dtype=np.int64), np.empty(0)
        trie = self._forms.trie
        likely = self._keyboard.rows([self._keyboard.places[""], *(row for _, _, row in cuts)])
        ahead = self._ahead(cuts, len(latin))
        nodes, reached = np.zeros(1, dtype=np.int64), np.zeros((len(latin) + 1, 1))
        reached[0] = 1.0
        found: list[Array] = []
        probabilities: list[Floats] = []
        best = 0.0
        while len(nodes):
            nodes, parents = expand(trie.children[nodes], trie.children[nodes + 1])
            reached = _typed(reached[:, parents], likely[:, trie.symbols[nodes]], cuts)
            kept = _promising((reached * ahead).max(axis=0), best)
            nodes, reached = nodes[kept], reached[:, kept]
            words, owners = expand(trie.words[nodes], trie.words[nodes + 1])
            found.append(words)
            probabilities.append(reached[-1, owners])
            best = max(best, probabilities[-1].max(initial=0.0))
        numbers, fits = np.concatenate(found), np.concatenate(probabilities)
        return numbers[fits > 0], np.log(fits[fits > 0])

    def _ahead(self, cuts: list[tuple[int, int, int]], letters: int) -> Floats:
        """How likely the letters from each place on are under any phones as frequent as in the corpus."""
        unwritten = self._average[self._keyboard.places[""]]
        ahead = np.zeros((letters + 1, 1))
        ahead[letters] = 1.0
        for place, length, row in reversed(cuts):
            ahead[place] += self._average[row] * ahead[place + length] / (1.0 - unwritten)
        return ahead


def _typed(reached: Floats, likely: npt.NDArray[np.float32], cuts: list[tuple[int, int, int]]) -> Floats:
    """The probabilities of the prefixes, prefixes by nodes, after one more phone.

    Args:
        reached: those before it.
        likely: by cut and node how likely the node's phone is written so; first, that it isn't written.
        cuts: the places and lengths of the other rows of `likely`.
    """
    following: Floats = reached * likely[0]
    for (place, length, _), written in zip(cuts, likely[1:], strict=True):
        following[place + length] += reached[place] * written
    return following


def _promising(outlook: Floats, best: float) -> Array:
    """The positions of the nodes to go on from."""
    kept = np.nonzero(outlook > best * HOPELESS)[0]
    if len(kept) <= BEAM:
        return kept
    return kept[np.argpartition(-outlook[kept], BEAM)[:BEAM]]
