"""Whether to answer at all: how sure the first passage answers, and from when on that is enough.

A logistic regression on what a question's words weigh in idf, and how much of that the article which
holds the first passage has. Words count with ln N as the unit, so that it holds for any size of corpus.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from math import exp, log

CONSTANT = -13.0
WEIGHTS = (1.0, 5.0, 4.8, -2.1, 0.26)
"""Of `Grounds`, in its order."""

THRESHOLD = 0.33
"""The confidence from which a question is answered."""

MOST_MATCHED = 4.0


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for and against answering, for one question and the article of its first passage.

    `matched` is the idf of the words that the article has, in units of ln N, at most 4; `coverage`
    their share of the question's; `words` the logarithm of how many content words there are; `rarest`
    the highest idf among them, in ln N; `lead` by how much the passage beats other articles' best.
    """

    matched: float
    coverage: float
    words: float
    rarest: float
    lead: float


NO_GROUNDS = Grounds(0.0, 0.0, 0.0, 1.0, 0.0)
"""A question without a passage."""


def weigh(idfs: Sequence[float], held: Sequence[bool], lead: float, size: int) -> Grounds:
    """The grounds given each concept's idf, whether the article has it, and the number of passages."""
    unit = log(2 + 2 * size)  # the idf of a word that no passage has
    total = sum(idfs) or 1.0
    matched = sum(idf for idf, has in zip(idfs, held, strict=True) if has)
    return Grounds(
        matched=min(matched / unit, MOST_MATCHED),
        coverage=matched / total,
        words=log(1 + len(idfs)),
        rarest=max(idfs, default=unit) / unit,
        lead=lead,
    )


def confidence_in(grounds: Grounds) -> float:
    """The probability, 0 to 1, that the first passage answers."""
    weighed = sum(weight * ground for weight, ground in zip(WEIGHTS, astuple(grounds), strict=True))
    return 1 / (1 + exp(-CONSTANT - weighed))
