"""Reading a question, in whatever script it was typed, as concepts in the corpus's own words."""

from collections.abc import Iterator, Sequence

from knowledge.language.concepts import Concept, Query, Shares, Vocabulary, script_of
from knowledge.language.dates import dates
from knowledge.language.lexicons import Lexicons
from knowledge.language.neighbours import supported
from knowledge.language.number_grammar import Number
from knowledge.language.questions import kind_nouns, wanted
from knowledge.language.reading import WordReader
from knowledge.language.spellings import with_compounds
from knowledge.language.spoken import Word, with_dates, with_said
from knowledge.language.words import encodable, without_joiners, word_spans

MEANT = 0.5
"""The probability from which on words are read as a number: दो is one, the "do" of kar do is not."""

OTHER_WRITING = 0.5
"""What other ways to write a number get of their share; with the whole, XQuAD loses 0.003 MRR@10."""

_APOSTROPHES = ("'", "’")
_ENDINGS = frozenset(("s", "t", "d", "m", "re", "ve", "ll"))
"""What stands behind an apostrophe in English."""


class QuestionAnalyser:
    """Reads questions as concepts in the corpus's own words; safe to share between threads."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons
        self.analyser = lexicons.analyser
        self._numerals = lexicons.numerals
        self._reader = WordReader(lexicons)

    def analyse(self, question: str, vocabulary: Vocabulary) -> Query:
        """The question's script and concepts, one for each different content word."""
        question = encodable(question)
        times = dates(question, self._numerals)
        spoken = with_dates(_plain_words(question), times, question)
        spoken = with_said(spoken, self._reader.in_devanagari)
        different: dict[str, Concept] = {}
        for concept in supported(self._about(spoken, vocabulary), vocabulary, self.lexicons):
            different.setdefault(concept.likeliest, concept)
        concepts = with_compounds(question, list(different.values()), self.analyser, vocabulary)
        sequence = tuple(self._sequence(spoken, concepts, vocabulary))
        return Query(
            question, script_of(question), tuple(concepts), wanted(self._asked(spoken)), times, sequence
        )

    def _asked(self, words: Sequence[Word]) -> list[str]:
        return [self._reader.in_devanagari(word) for _, _, word in words]

    def _about(self, words: Sequence[Word], vocabulary: Vocabulary) -> list[Concept]:
        """The concepts without those that only name the kind of answer, unless there are no others."""
        concepts = list(self._concepts(words, vocabulary))
        kinds = {words[place][:2] for place in kind_nouns(self._asked(words))}
        return [concept for concept in concepts if concept.span not in kinds] or concepts

    def _sequence(
        self, words: Sequence[Word], concepts: Sequence[Concept], vocabulary: Vocabulary
    ) -> Iterator[tuple[int | str, ...]]:
        """The readings of each word: of a function word any, of a concept itself and function words."""
        numbers = {concept.span[0]: number for number, concept in enumerate(concepts)}
        for begin, _, word in words:
            spelled = vocabulary.forms(word.lower()) if word.isascii() and word.isalpha() else ()
            if (number := numbers.get(begin)) is None:
                forms = map(self.analyser.form, (*self._reader.function_words(word), *spelled))
                yield tuple(dict.fromkeys(forms))
            else:
                yield number, *(self.analyser.form(each) for each in spelled if not self.analyser.term(each))

    def _concepts(self, spans: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Concept]:
        typed = [word for _, _, word in spans]
        numbers = {number.begin: number for number in self._numerals.numbers(typed) if number.share >= MEANT}
        acronyms = self._reader.spelled_out(typed, vocabulary)
        place = 0
        while place < len(typed):
            if number := numbers.get(place):
                length = number.end - place
                read = self._written(number, typed[place : number.end])
            else:
                length, terms = acronyms.get(place) or self._reader.read(typed, place, vocabulary)
                read = [terms] if terms else []
            for part, terms in enumerate(read):
                first = place + min(part, length - 1)
                last = place + length - 1 if len(read) == 1 else first
                yield Concept(" ".join(typed[first : last + 1]), (spans[first][0], spans[last][1]), terms)
            place += length

    def _written(self, number: Number, typed: Sequence[str]) -> list[Shares]:
        """What the number may be written as in the corpus, as it was typed first: दो लाख, 2 लाख, 200000."""
        own = set(map(self.analyser.term, typed))
        parts: list[Shares] = []
        for part in self._numerals.parts(number):
            terms = {self.analyser.term(form): share for form, share in reversed(part)}
            shares = (
                (term, share if term in own else OTHER_WRITING * share) for term, share in terms.items()
            )
            parts.append(tuple((term, share) for term, share in shares if term))
        return list(filter(None, parts))


def _plain_words(question: str) -> list[Word]:
    """Start, end and form of each word, without what is pasted along with it unseen.

    Latin letters on both sides of an apostrophe are one word, as in ka'i (कई) and D'Souza, but for English
    endings: India's.
    """
    read: list[Word] = []
    for begin, end, word in word_spans(question):
        plain = without_joiners(word)
        if read and _within_word(question, read[-1], begin, plain):
            first, _, before = read.pop()
            begin, plain = first, before + plain
        if plain:
            read.append((begin, end, plain))
    return read


def _within_word(question: str, before: Word, begin: int, word: str) -> bool:
    """Whether the word that begins there goes on with the one before, across an apostrophe."""
    letters = before[2] + word
    between = question[before[1] : begin]
    return (
        between in _APOSTROPHES and letters.isascii() and letters.isalpha() and word.lower() not in _ENDINGS
    )
