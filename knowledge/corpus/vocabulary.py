"""The words of a generation, memory-mapped: what understanding a question needs to know of the corpus."""

import re
from collections.abc import Sequence
from math import exp, log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.corpus.forms import MappedForms
from knowledge.language.concepts import Shares
from knowledge.language.latin.forms import NO_TERM
from knowledge.language.latin.matcher import PRIOR_WEIGHT, UNSEEN, Matcher, shipped_keyboard
from knowledge.language.misspelt import Speller
from knowledge.language.normalise import sound
from knowledge.mapped import SortedStrings, mapped
from knowledge.ranking.counts import Counts
from knowledge.ranking.impacts import ImpactEngine

DOUBTFUL = -2.0
SHARPNESS = 4.0
"""The log-likelihood a letter at which a word is as likely none of the corpus, and how quickly that
changes. Of the Dakshina development words that the XQuAD corpus has, one in a hundred fits worse than
-2.2 (rjnth for राजनाथ is at -2.0); of those that it hasn't, half."""

LEAST_KNOWN = 0.05

LEAST_LIKELY = 0.005
"""Against the likeliest form: what a word in Latin letters may spell as well. 0.1 costs Dakshina's quotations
0.0005 MRR@10."""

LEAST_FIT = -2.5
"""The log-likelihood a letter of a slip: thkune for थूकने is at -2.3. Below it, other words are as near:
gaganyan, which a corpus hasn't, is at -3.6 with गठबंधन."""

FARNESS = 4.0
"""What a consonant too many costs a spelling, against the weighted log frequency of its form."""

_DRAWN_OUT = re.compile(r"(.)\1{2,}")
"""A letter held down, which is meant twice at most: pleaseeee."""

Numbers = npt.NDArray[np.int64]


class CorpusVocabulary:
    """The `Vocabulary` of a question: index terms, how often they stand, what sounds and stands together."""

    def __init__(self, folder: Path, terms: SortedStrings, by_article: ImpactEngine) -> None:
        self._terms = terms
        self._by_article = by_article
        self._sounds = SortedStrings(folder, "sounds")
        self._alike_begins = mapped(folder / "alike.begins.npy")
        self._alike_terms = mapped(folder / "alike.terms.npy")
        self._pairs = Counts.read(folder, "pairs")
        keyboard = shipped_keyboard()
        self._forms = MappedForms(folder, keyboard.digest)
        self._matcher = Matcher(self._forms, keyboard)
        self._speller = Speller(self._forms.trie, keyboard.phones)

    def document_frequency(self, term: str) -> int:
        """In how many articles, their titles included, the term stands; 0 for an unknown one."""
        return self._by_article.document_frequency(term)

    def alike(self, term: str) -> Sequence[str]:
        """The terms of the corpus that share the term's sound, itself included if it is one."""
        number = self._sounds.number(sound(term))
        if number is None:
            return ()
        begin, end = self._alike_begins[number : number + 2]
        alike = [self._terms[member] for member in self._alike_terms[begin:end].tolist()]
        return [each for each in alike if self.document_frequency(each)]

    def latin(self, word: str) -> tuple[Shares, float]:
        """The terms that somebody who typed `word` in Latin letters may have meant, and how well it fits.

        They are terms of the corpus or of the thesaurus. The shares are probabilities and together at
        most 1; the fit is the log-likelihood a letter of the likeliest, at most 0.
        """
        typed = _as_meant(word)
        likeliest = self._matcher.candidates(typed, 1)
        if not likeliest:
            return (), 0.0
        fit = likeliest[0].fit / len(typed)
        known = 1 / (1 + exp(SHARPNESS * (DOUBTFUL - fit)))
        if known < LEAST_KNOWN:
            return (), fit
        shares = self._matcher.shares(typed)
        return tuple((self._terms[number], known * share) for number, share in shares), fit

    def forms(self, word: str) -> list[str]:
        """The forms, stop words too, that `word` in Latin letters may well spell, the likeliest first."""
        typed = _as_meant(word)
        candidates = self._matcher.candidates(typed)
        least = candidates[0].score + log(LEAST_LIKELY) if candidates else 0.0
        return [
            match.form for match in candidates if match.score >= least and match.fit >= LEAST_FIT * len(typed)
        ]

    def near(self, word: str, limit: int) -> list[str]:
        """Words of the corpus that `word` may be a misspelling of, the likeliest first.

        At most `limit`, no two of one index term, no stop words.
        """
        if word.isascii():
            fitting = self._matcher.candidates(word.lower())
            likely = [(match.form, match.term) for match in fitting if match.fit >= LEAST_FIT * len(word)]
        else:
            numbers, distances = self._speller.near(word)
            scores = PRIOR_WEIGHT * np.log(self._forms.counts[numbers] + UNSEEN) - FARNESS * distances
            likely = [
                (self._forms.written[number], int(self._forms.terms[number]))
                for number in numbers[np.argsort(-scores, kind="stable")].tolist()
            ]
        spellings: dict[int, str] = {}
        for form, term in likely:
            spellings.setdefault(term, form)
        return [form for term, form in spellings.items() if self._stands(term)][:limit]

    def _stands(self, term: int) -> bool:
        """Whether the term with that number stands in the corpus."""
        return term != NO_TERM and self.document_frequency(self._terms[term]) > 0

    def following(self, first: Sequence[str], second: Sequence[str]) -> Numbers:
        """How often each of `second` comes next after each of `first`, stop words aside.

        A row for each of `first`, a column for each of `second`.
        """
        rows, columns = np.meshgrid(self._numbers(first), self._numbers(second), indexing="ij")
        counts = np.zeros(rows.shape, dtype=np.int64)
        known = (rows >= 0) & (columns >= 0)
        counts[known] = self._pairs.at(rows[known], columns[known])
        return counts

    def _numbers(self, terms: Sequence[str]) -> Numbers:
        """The terms' numbers, -1 for an unknown one."""
        numbers = (self._terms.number(term) for term in terms)
        return np.array([-1 if number is None else number for number in numbers], dtype=np.int64)


def _as_meant(word: str) -> str:
    return _DRAWN_OUT.sub(r"\1\1", word)
