"""What questions are about, in words that they can be compared by."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.language.concepts import Concept, Query, Vocabulary
from knowledge.language.latin.channel import read_channel
from knowledge.language.latin.listed import ListedForms
from knowledge.language.latin.matcher import Matcher, shipped_keyboard

SURE = 0.5
"""The share from which on a reading is taken for what was meant: टैरिफ is शुल्क, as tariff is."""

FITTING = -1.2
"""The log-likelihood a letter from which on a word in Latin letters is one of another question: a Hindi
word is typed at -0.3 to -0.9."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that a question is about.

    `term` is its index term, the same however it was spelled and in whichever letters, as far as the
    corpus or another question has it in Devanagari; else it is the word in Latin letters. `word` is how
    it was typed. `weight` says how specific it is, above 0.
    """

    term: str
    word: str
    weight: float


def subjects(
    queries: Iterable[Query], vocabulary: Vocabulary, specificity: Callable[[str], float]
) -> list[tuple[Subject, ...]]:
    """The subjects of each query, the most specific first; `specificity` is that of an index term.

    What is missing from a corpus is what its vocabulary can't read in Latin letters: such words are read
    as words of the other queries.
    """
    named = [[(_term(concept, vocabulary), concept.word) for concept in query.concepts] for query in queries]
    readings = _readings({name for names in named for name in names})
    return [
        _subjects([(readings.get(term, term), word) for term, word in names], specificity) for names in named
    ]


def _term(concept: Concept, vocabulary: Vocabulary) -> str:
    """What was meant: of the likely terms one that the corpus has, if there is one."""
    likely = [(term, share) for term, share in concept.terms if share >= SURE]
    if not likely:
        return concept.word.lower()
    return max(likely, key=lambda each: (vocabulary.document_frequency(each[0]) > 0, each[1]))[0]


def _readings(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The terms of Devanagari words, by the terms in Latin letters that sound like the words."""
    terms = {word: term for term, word in sorted(names) if not word.isascii()}
    matcher = Matcher(ListedForms.of(list(terms), read_channel()), shipped_keyboard())
    found = {}
    for latin in {term for term, _ in names if term.isascii() and term.isalpha()}:
        for candidate in matcher.candidates(latin, 1):
            if candidate.fit >= FITTING * len(latin):
                found[latin] = terms[candidate.form]
    return found


def _subjects(names: Sequence[tuple[str, str]], specificity: Callable[[str], float]) -> tuple[Subject, ...]:
    found = {term: Subject(term, word, specificity(term)) for term, word in names}
    return tuple(sorted(found.values(), key=lambda subject: -subject.weight))
