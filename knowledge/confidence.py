"""Whether to answer at all: how sure the first passage answers, and from when on that is enough.

A logistic regression on five grounds, fitted to 260 questions that a corpus of 3,654 news pieces
answers and 160 that it doesn't, each in Devanagari, in Latin letters and mixed with English; weighing
less, the 260 with their articles taken away, and fragments of titles as short questions. In five-fold
cross-validation it puts an answerable question on news above an unanswerable one with probability 0.97.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from math import exp, log

CONSTANT = -19.3
FAR_AHEAD = 8.0
"""The lead beyond which more says no more. In a corpus of a few articles, where no other one has any of the
words, the lead would outweigh all else; of the news development questions this refuses one in forty more."""

THRESHOLD = 0.44
"""The confidence from which a question is answered."""

SURE = 0.6
"""The confidence below which an answer says that it is unsure; set by hand, halfway to certain."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for answering a question with its first passage.

    `coverage` is the share of the question's idf, 0 to 1, whose words the passage's article has; `whole`
    is 1 if one sentence of the passage has them all, else 0. `words` is the logarithm of 1 + how many
    content words there are: of a few, an article about something else has many by chance. `lead` is by
    how much the passage's score beats that of other articles' best. `latin` is the share of the words
    that were typed in Latin letters, which have more readings to match by chance.
    """

    coverage: float
    whole: float
    words: float
    lead: float
    latin: float


NO_GROUNDS = Grounds(0.0, 0.0, 0.0, 0.0, 0.0)
"""A question without a passage, or without a content word."""

WEIGHTS = Grounds(coverage=7.3, whole=3.0, words=7.4, lead=0.37, latin=-0.65)
"""Of each ground. How much idf is matched, how rare the rarest word is, and how much of the question
stands side by side were tried too, and change nothing. The weight of `whole` was set by hand, so that a
short question is answered whose words all stand in one sentence; on the news questions, which are long,
1.5 and 3 are alike."""


def weigh(
    idfs: Sequence[float], held: Sequence[float], words: int, whole: bool, lead: float, latin: float
) -> Grounds:
    """The grounds given each concept's idf, how surely the first passage's article has it, and the rest."""
    matched = sum(idf * surety for idf, surety in zip(idfs, held, strict=True))
    coverage = matched / (sum(idfs) or 1.0)
    return Grounds(coverage, float(whole), log(1 + words), min(lead, FAR_AHEAD), latin)


def confidence_in(grounds: Grounds, weights: Grounds = WEIGHTS) -> float:
    """The probability, 0 to 1, that the first passage answers."""
    weighed = sum(weight * ground for weight, ground in zip(astuple(weights), astuple(grounds), strict=True))
    return 1 / (1 + exp(-CONSTANT - weighed))
