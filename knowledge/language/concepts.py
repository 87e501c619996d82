"""A question as the ranking sees it: concepts, each with weighted index terms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from knowledge.articles import Script, Span
from knowledge.language.dates import DateMention
from knowledge.language.questions import Wanted

Shares = tuple[tuple[str, float], ...]
"""Index terms, each with a share above 0 and at most 1."""


class Vocabulary(Protocol):
    """The words of the corpus, as far as understanding a question needs them."""

    def document_frequency(self, term: str) -> int:
        """In how many articles the term stands; 0 for an unknown one."""
        ...

    def alike(self, term: str) -> Sequence[str]:
        """The terms of the corpus that share the term's sound, itself included if it is one."""
        ...

    def latin(self, word: str) -> tuple[Shares, float]:
        """The terms that somebody who typed `word` in Latin letters may have meant, and how well it fits.

        They are terms of the corpus or of the thesaurus. The shares are probabilities and together at
        most 1; the fit is the log-likelihood a letter of the likeliest, at most 0.
        """
        ...

    def forms(self, word: str) -> Sequence[str]:
        """The forms, stop words too, that `word` in Latin letters may well spell, the likeliest first."""
        ...

    def following(self, first: Sequence[str], second: Sequence[str]) -> npt.NDArray[np.int64]:
        """How often each of `second` (columns) comes next after each of `first` (rows), stop words aside."""
        ...


@dataclass(frozen=True, slots=True)
class Concept:
    """One content word of a question, with the index terms that stand for it.

    A share, above 0 and at most 1, says how likely a passage with the term is about the concept: the
    word's readings, which exclude each other, share 1; synonyms, which don't, come on top.
    """

    word: str
    span: Span
    terms: Shares

    @property
    def likeliest(self) -> str:
        """The term that is meant most likely."""
        return max(self.terms, key=lambda term: term[1])[0]

    @property
    def surety(self) -> float:
        """How sure it is, 0 to 1, that any of the terms is meant at all."""
        return min(1.0, sum(share for _, share in self.terms))


@dataclass(frozen=True, slots=True)
class Query:
    """A question, its script, its concepts in order, one for each different content word.

    `wanted` is the kind of answer that it wants, `times` are the dates that it names. `sequence` is the
    whole of it in order: each word as it may be read, the likeliest first, by the number of its concept
    or as a normalised form, as function words are: "ki" is की and कि.
    """

    text: str
    script: Script
    concepts: tuple[Concept, ...]
    wanted: Wanted = "anything"
    times: tuple[DateMention, ...] = ()
    sequence: tuple[tuple[int | str, ...], ...] = ()


def with_others(shares: Shares, others: Iterable[str], share: float) -> Shares:
    """The shares, and those of the others that aren't among them."""
    known = dict(shares)
    return shares + tuple((other, share) for other in others if other not in known)


def together(readings: Iterable[tuple[Shares, float]]) -> Shares:
    """One share for each term of several readings, each of which is meant with its probability."""
    shares: dict[str, float] = {}
    for reading, probability in readings:
        for term, share in reading:
            shares[term] = min(1.0, shares.get(term, 0.0) + share * probability)
    return tuple(shares.items())


def script_of(text: str) -> Script:
    """The script of the letters of `text`: "mixed" where Devanagari and Latin letters stand together."""
    letters = [character for character in text if character.isalpha()]
    devanagari = any("ऀ" <= letter <= "ॿ" for letter in letters)
    latin = any(letter.isascii() or "À" <= letter <= "ɏ" for letter in letters)
    if devanagari:
        return "mixed" if latin else "devanagari"
    return "latin" if latin else "other"
