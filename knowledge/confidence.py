"""Whether to answer at all: how sure the first passage answers, and from when on that is enough.

A logistic regression on five grounds, fitted to 260 questions that a corpus of 3,654 news pieces
answers and 160 that it doesn't; weighing less, the 260 with their articles taken away, fragments of
titles as short questions, and 167 questions on the sample corpus. In five-fold cross-validation it
puts an answerable question on news above an unanswerable one with probability 0.956.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from math import exp, log

CONSTANT = -14.4
WEIGHTS = (5.7, 1.5, -1.4, 5.5, 0.32)
"""Of `Grounds`, in its order. Adding how much idf is matched, and how rare the rarest word is, changes
nothing; without the number of words the probability falls to 0.905."""

FAR_AHEAD = 8.0
"""The lead beyond which more says no more. In a corpus of a few articles, where no other one has any of the
words, the lead would outweigh all else; of the news development questions this refuses one in forty more."""

THRESHOLD = 0.38
"""The confidence from which a question is answered."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for answering a question with its first passage.

    `coverage` is the share of the question's idf, 0 to 1, whose words the passage's article has, and
    `whole` 1 if that is all of them, else 0. `together` is the share of its pairs of neighbouring words
    that stand together in the passage: a name of two words is less than two grounds. `words` is the
    logarithm of 1 + how many content words there are: of a few, an article about something else has
    many by chance. `lead` is by how much the passage's score beats that of other articles' best.
    """

    coverage: float
    whole: float
    together: float
    words: float
    lead: float


NO_GROUNDS = Grounds(0.0, 0.0, 0.0, 0.0, 0.0)
"""A question without a passage."""


def weigh(idfs: Sequence[float], held: Sequence[bool], together: float, lead: float) -> Grounds:
    """The grounds given each concept's idf, whether the first passage's article has it, and the rest."""
    matched = sum(idf for idf, has in zip(idfs, held, strict=True) if has)
    coverage = matched / (sum(idfs) or 1.0)
    return Grounds(coverage, float(all(held)), together, log(1 + len(idfs)), min(lead, FAR_AHEAD))


def confidence_in(grounds: Grounds) -> float:
    """The probability, 0 to 1, that the first passage answers."""
    weighed = sum(weight * ground for weight, ground in zip(WEIGHTS, astuple(grounds), strict=True))
    return 1 / (1 + exp(-CONSTANT - weighed))
