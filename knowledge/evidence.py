"""What a passage's own words say for its answering a question: pure functions on text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise, product, starmap

from knowledge.articles import Span
from knowledge.language.analysis import Analyser
from knowledge.language.concepts import Query
from knowledge.language.questions import counted, gives, role
from knowledge.language.sentences import sentences
from knowledge.language.words import word_spans

LESS_LIKELY = 0.9
"""How surely a variant or synonym of a concept's likeliest term means it; 0.7 loses one passage in eighty."""

BESIDE = 2
"""A number counts what stands within so many words behind it: 11 वर्षों, दस हजार लीटर."""

COUNTS_ELSE = 0.5
"""How well a number gives what is wanted that doesn't stand before what is to be counted; with 1, one
question in seventy gets another passage."""

Matched = dict[int, float]
"""By concept number how surely it is meant, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a passage matches a question, each figure 0 to 1 as a share of the question's whole idf.

    `sentence` is matched by the best sentence, `neighbours` by the best two in a row, `coverage` by
    the whole passage; `wanted` by the best sentence that holds the kind of answer that is wanted.
    `verbatim` is the share of the question's pairs of words, function words among them, that follow
    each other in the passage too, in any of their readings.
    """

    sentence: float
    neighbours: float
    coverage: float
    wanted: float
    verbatim: float
    best_sentence: Span
    highlights: tuple[Span, ...]


@dataclass(slots=True)
class _Sentence:
    span: Span
    matched: Matched = field(default_factory=dict)
    gives: float = 0.0


class Reader:
    """Reads passages for one question; `idfs` are those of the query's concepts, in order."""

    def __init__(self, query: Query, idfs: Sequence[float], analyser: Analyser) -> None:
        self._idfs, self._kind, self._analyser = idfs, query.wanted, analyser
        self._total = sum(idfs) or 1.0
        self._meaning = _meaning(query)
        self._runs = {frozenset(product(*pair)) for pair in pairwise(query.sequence)}
        likeliest = [readings[0] for readings in query.sequence]
        self._role = role(likeliest) if query.wanted == "name" else None
        self._counted = counted(likeliest) if query.wanted == "number" else None

    def read(self, text: str) -> Evidence:
        """The evidence in `text`."""
        highlights: list[Span] = []
        read: list[_Sentence] = []
        sequence: list[tuple[int | str, ...]] = []
        for begin, end in sentences(text):
            sentence = _Sentence((begin, end))
            for start, stop, word in word_spans(text[begin:end]):
                term, form = self._analyser.term(word), self._analyser.form(word)
                meant = self._meaning.get(term)
                if meant is None:
                    named = bool(sequence) and sequence[-1][0] == self._role and term != ""
                    sentence.gives = max(sentence.gives, self._gives(form), float(named))
                    sequence.append((form,))
                    continue
                concept, surety = meant
                if concept == self._counted and any(self._gives(each[0]) for each in sequence[-BESIDE:]):
                    sentence.gives = 1.0
                sequence.append((concept, form))
                sentence.matched[concept] = max(sentence.matched.get(concept, 0.0), surety)
                highlights.append((begin + start, begin + stop))
            read.append(sentence)
        said = set(chain.from_iterable(starmap(product, pairwise(sequence))))
        verbatim = sum(not run.isdisjoint(said) for run in self._runs) / (len(self._runs) or 1)
        return self._weighed(read or [_Sentence((0, len(text)))], highlights, verbatim)

    def _gives(self, form: int | str) -> float:
        """How well a word of the passage gives what is wanted, what it stands beside apart."""
        given = gives(form, self._kind) if isinstance(form, str) else 0.0
        return given if self._counted is None else given * COUNTS_ELSE

    def _weighed(self, read: list[_Sentence], highlights: list[Span], verbatim: float) -> Evidence:
        shares = [self._share(sentence.matched) for sentence in read]
        telling = [share * (1 + sentence.gives) for share, sentence in zip(shares, read, strict=True)]
        pairs = [self._share(_union(one.matched, two.matched)) for one, two in pairwise(read)]
        return Evidence(
            sentence=max(shares),
            neighbours=max(pairs, default=max(shares)),
            coverage=self._share(_union(*(sentence.matched for sentence in read))),
            wanted=max(share * sentence.gives for share, sentence in zip(shares, read, strict=True)),
            verbatim=verbatim,
            best_sentence=read[telling.index(max(telling))].span,
            highlights=tuple(highlights),
        )

    def _share(self, matched: Matched) -> float:
        return sum(self._idfs[concept] * surety for concept, surety in matched.items()) / self._total


def _meaning(query: Query) -> dict[str, tuple[int, float]]:
    """By index term the concept that it stands for, and how surely: the likeliest reading counts whole."""
    meaning: dict[str, tuple[int, float]] = {}
    for number, concept in enumerate(query.concepts):
        likeliest = max((share for _, share in concept.terms), default=1.0)
        for term, share in concept.terms:
            surety = 1.0 if share == likeliest else LESS_LIKELY
            if surety > meaning.get(term, (0, 0.0))[1]:
                meaning[term] = (number, surety)
    return meaning


def _union(*matches: Matched) -> Matched:
    union: Matched = {}
    for matched in matches:
        for concept, surety in matched.items():
            union[concept] = max(union.get(concept, 0.0), surety)
    return union
