"""Whether to answer at all: how sure the first passage answers, and from when on that is enough.

A logistic regression on six grounds, fitted to 260 questions that a corpus of 3,654 news pieces answers
and 160 that it doesn't, each in Devanagari, in Latin letters and mixed with English. Weighing less: the
same with the right articles taken away, and over corpora of 50 to 400 articles, half of them without the
right one but with those next to it; and questions of XQuAD in such corpora. In five-fold cross-validation
it puts an answerable question on news above an unanswerable one with probability 0.98.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from math import exp, log

CONSTANT = -18.9
FAR_AHEAD = 8.0
"""The lead beyond which more says no more. In a corpus of a few articles, where no other one has any of the
words, the lead would outweigh all else; of the news development questions this refuses one in forty more."""

FEW = 6
"""Words in all, below which fewer say no less: the shortest questions are little more than names of things.
The news questions lose nothing by it up to 6."""

MAY_BE_SAID_OTHERWISE = 0.5
"""What a word without known synonyms weighs in coverage, beside one that neither stands in the article nor
any of its synonyms: the writer may have used one. With 1, it is 0.968 instead of 0.972 for Devanagari."""

YEARS = range(1800, 2100)

THRESHOLD = 0.44
"""The confidence from which a question is answered."""

SURE = 0.6
"""The confidence below which an answer says that it is unsure; set by hand, halfway to certain."""


@dataclass(frozen=True, slots=True)
class Told:
    """A content word of a question, and where it is told of.

    `word` is as it was typed, `idf` says how specific it is. `known` is whether other ways to say it are
    known, if there are any. `held` is how surely the article that answers has it, 0 to 1; `heard` is
    whether that one or any of the next best has.
    """

    word: str
    idf: float
    known: bool
    held: float
    heard: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for answering a question with its first passage.

    `coverage` is the share of the question's idf, 0 to 1, whose words the passage's article has; those
    that may be said otherwise count less. `whole` is 1 if one sentence of the passage has them all, else
    0. `length` is the logarithm of how many words the question has, halfway between content words and
    all: of a few, an article about something else has many by chance, and who asks for what stands
    somewhere knows more of it. `lead` is by how much the passage's score beats that of other articles'
    best. `unheard` is the share of the content words that none of the best articles has. `named` is how
    many years and names, told by their capital letters, the article lacks.
    """

    coverage: float
    whole: float
    length: float
    lead: float
    unheard: float
    named: float


NO_GROUNDS = Grounds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""A question without a passage, or without a content word."""

WEIGHTS = Grounds(coverage=5.8, whole=3.0, length=7.0, lead=0.3, unheard=-2.2, named=-0.94)
"""Of each ground. `whole` was set by hand, so that a short question is answered whose words all stand in one
sentence ("दिल्ली के मुख्यमंत्री कौन हैं?"): of 30 such on the news, 26 instead of the 4 that 1.5 gives, and as many
that nothing answers are refused. The news questions, which are long, are alike with both. `length` was held
at what the news questions alone give: those of XQuAD, all as long as each other, would have 0.

What else was tried, and changes little in cross-validation: how much idf is matched and missed, how rare
the rarest word missed is, how unlikely so much coverage is by chance; the share of a question that stands
side by side, without its rarest words, and of its last and first words and those beside the question word;
the kind of answer; the script; how large the corpus is; boosted trees."""


def weigh(told: Sequence[Told], words: int, whole: bool, lead: float) -> Grounds:
    """The grounds given the content words, how many words the question has in all, and the rest."""
    weights = [each.idf * (1.0 if each.known else MAY_BE_SAID_OTHERWISE) for each in told]
    held = sum(weight * each.held for weight, each in zip(weights, told, strict=True))
    content = sum(len(each.word.split()) for each in told)
    return Grounds(
        coverage=held / (sum(weights) or 1.0),
        whole=float(whole),
        length=(log(1 + content) + log(max(words, FEW))) / 2,
        lead=min(lead, FAR_AHEAD),
        unheard=sum(not each.heard for each in told) / len(told),
        named=_named([each.word for each in told], [each.word for each in told if not each.held]),
    )


def _named(words: Sequence[str], missing: Sequence[str]) -> float:
    """How many of the missing words are years or names; where all have capitals, these tell nothing."""
    capitals = any(word[:1].islower() for word in words)
    return sum(_is_year(word) or (capitals and word[:1].isupper()) for word in missing)


def _is_year(word: str) -> bool:
    return word.isdecimal() and int(word) in YEARS


def confidence_in(grounds: Grounds, weights: Grounds = WEIGHTS) -> float:
    """The probability, 0 to 1, that the first passage answers."""
    weighed = sum(weight * ground for weight, ground in zip(astuple(weights), astuple(grounds), strict=True))
    return 1 / (1 + exp(-CONSTANT - weighed))
