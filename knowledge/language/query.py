"""Reading a question, in whatever script it was typed, as concepts in the corpus's own words."""

from knowledge.language.analysis import Analyser
from knowledge.language.concepts import Concept, Query, Shares, Vocabulary, script_of
from knowledge.language.spellings import shares_of, with_compounds
from knowledge.language.thesaurus import read_thesaurus
from knowledge.language.words import word_spans


class QuestionAnalyser:
    """Reads questions as concepts in the corpus's own words; safe to share between threads."""

    def __init__(self, analyser: Analyser) -> None:
        self.analyser = analyser
        self._thesaurus = read_thesaurus(analyser)

    def analyse(self, question: str, vocabulary: Vocabulary) -> Query:
        """The question's script and concepts, one for each different content word."""
        concepts: dict[str, Concept] = {}
        for begin, end, word in word_spans(question):
            term = self.analyser.term(word)
            if term and term not in concepts:
                concepts[term] = Concept(word, (begin, end), self._terms(term, vocabulary))
        joined = with_compounds(question, list(concepts.values()), self.analyser, vocabulary)
        return Query(question, script_of(question), tuple(joined))

    def _terms(self, term: str, vocabulary: Vocabulary) -> Shares:
        return shares_of(term, self._thesaurus, vocabulary)
