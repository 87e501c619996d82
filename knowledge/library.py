"""The one face that a bot uses: questions in, answers out, from whichever generation is served."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from knowledge.answers import Answerer
from knowledge.articles import Answer
from knowledge.corpus.generation import Generation
from knowledge.corpus.shelf import Shelf
from knowledge.language.concepts import Concept
from knowledge.language.lexicons import read_lexicons
from knowledge.language.query import QuestionAnalyser
from knowledge.language.subjects import Subject, subjects
from knowledge.ranking.engine import Engine
from knowledge.ranking.reference import ReferenceEngine
from knowledge.ranking.weights import concept_idf

EngineName = Literal["embedded", "rank-bm25"]


class Library:
    """Answers questions from the served generation; safe to share between threads."""

    def __init__(self, shelf: Shelf, engine: EngineName, english_dictionary: Path | None) -> None:
        self._shelf = shelf
        self._engine_name = engine
        self._language = QuestionAnalyser(read_lexicons(english_dictionary))
        self._serve(shelf.current())

    @classmethod
    def open(
        cls, data_dir: Path, engine: EngineName = "embedded", english_dictionary: Path | None = None
    ) -> "Library":
        """The library of the generation that `data_dir` serves, or of the one before if that is corrupt.

        `english_dictionary` is one in dictd's format, read beside the shipped lexicon.

        Raises:
            NoGeneration: nothing was published there yet.
            CorruptGeneration: no generation there can be read.
            DictionaryError: the dictionary isn't where it should be.
        """
        return cls(Shelf(data_dir), engine, english_dictionary)

    @property
    def generation(self) -> str:
        """The id of the generation that answers."""
        return self._served.generation.id

    @property
    def passages(self) -> int:
        """How many passages it holds."""
        return self._served.generation.passages

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        return self._served.generation.articles

    def ask(self, question: str, limit: int = 5) -> Answer:
        """The answer to `question`, with at most `limit` passages; takes milliseconds of one core."""
        return self._served.answer(question, limit)

    def subjects(self, questions: Iterable[str]) -> list[tuple[Subject, ...]]:
        """What each question is about, the most specific first: the same things in whichever letters."""
        generation, background = self._served.generation, self._language.lexicons.background
        queries = [self._language.analyse(question, generation.vocabulary) for question in questions]

        def specificity(term: str) -> float:
            return concept_idf(Concept(term, (0, 0), ((term, 1.0),)), generation.by_article, background)

        return subjects(queries, generation.vocabulary, specificity)

    def refresh(self) -> bool:
        """Whether another generation was published meanwhile, which answers from now on.

        Raises:
            GenerationError: what was published can't be read; the one before goes on answering.
        """
        published = self._shelf.current()
        if published is None or published == self._published:
            return False
        self._serve(published)
        return True

    def _serve(self, published: str | None) -> None:
        """Serve what is published now; `published` was read before, so that a later one isn't missed."""
        generation = self._shelf.open_served()
        self._served = Answerer(generation, self._engine(generation), self._language)
        self._published = published

    def _engine(self, generation: Generation) -> Engine:
        if self._engine_name == "embedded":
            return generation.by_passage
        texts = (generation.passage(number).text for number in range(generation.passages))
        return ReferenceEngine([self._language.analyser.terms(text) for text in texts])
