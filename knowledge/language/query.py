"""Reading a question, in whatever script it was typed, as concepts in the corpus's own words."""

from collections.abc import Iterator
from pathlib import Path

from knowledge.language.analysis import Analyser
from knowledge.language.concepts import Concept, Query, Vocabulary, script_of
from knowledge.language.neighbours import supported
from knowledge.language.questions import wanted
from knowledge.language.reading import WordReader
from knowledge.language.spellings import with_compounds
from knowledge.language.thesaurus import read_thesaurus
from knowledge.language.words import word_spans, words


class QuestionAnalyser:
    """Reads questions as concepts in the corpus's own words; safe to share between threads.

    `english_dictionary` is the index of a dictionary in dictd's format, read beside the shipped lexicon.
    """

    def __init__(self, analyser: Analyser, english_dictionary: Path | None = None) -> None:
        self.analyser = analyser
        self._reader = WordReader(analyser, read_thesaurus(analyser), english_dictionary)

    def analyse(self, question: str, vocabulary: Vocabulary) -> Query:
        """The question's script and concepts, one for each different content word."""
        different: dict[str, Concept] = {}
        for concept in supported(list(self._concepts(question, vocabulary)), vocabulary):
            likeliest = max(concept.terms, key=lambda term: term[1])[0]
            different.setdefault(likeliest, concept)
        concepts = with_compounds(question, list(different.values()), self.analyser, vocabulary)
        asked = [self._reader.in_devanagari(word) for word in words(question)]
        return Query(question, script_of(question), tuple(concepts), wanted(asked))

    def _concepts(self, question: str, vocabulary: Vocabulary) -> Iterator[Concept]:
        spans = list(word_spans(question))
        typed = [word for _, _, word in spans]
        place = 0
        while place < len(typed):
            length, terms = self._reader.read(typed, place, vocabulary)
            if terms:
                read = " ".join(typed[place : place + length])
                yield Concept(read, (spans[place][0], spans[place + length - 1][1]), terms)
            place += length
