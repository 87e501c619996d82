"""The operator's golden questions: a generation that doesn't answer them is not published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.answers import Answerer
from knowledge.articles import Article
from knowledge.corpus.generation import Generation
from knowledge.errors import RefusedGeneration
from knowledge.language.query import QuestionAnalyser
from knowledge.sources.identity import canonical_url

AMONG = 5
"""Passages of an answer among which one must be from the article."""


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question, and the address or the id of the article that answers it."""

    question: str
    article: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that isn't answered as it should be, and the titles of what it finds instead."""

    golden: GoldenQuestion
    instead: tuple[str, ...]

    @property
    def short(self) -> str:
        """The question and what was expected, in a sentence."""
        return f"the golden question “{self.golden.question}” isn't answered from {self.golden.article}"

    def __str__(self) -> str:
        """The question, what was expected, and what came, in a sentence."""
        instead = ", ".join(f"“{title}”" for title in self.instead) or "nothing"
        return (
            f"the golden question “{self.golden.question}” finds {instead} instead of {self.golden.article}"
        )


@dataclass(frozen=True, slots=True)
class GoldenGuard:
    """A guard of reloads: each question must still be answered from its article, or from a copy of it."""

    questions: Sequence[GoldenQuestion]
    language: QuestionAnalyser

    def __call__(self, generation: Generation) -> None:
        """Pass silently when every question finds its article.

        Raises:
            RefusedGeneration: one doesn't; the message names all that don't, and their articles.
        """
        if misses := self.misses(generation):
            raise RefusedGeneration(
                f"{'; '.join(miss.short for miss in misses)}; see whether the article is still in its source,"
                " or correct the question (reload.golden)"
            )

    def misses(self, generation: Generation) -> list[Miss]:
        """The questions that don't find their article, with what they find instead."""
        answerer = Answerer(generation, generation.by_passage, self.language)
        return [miss for question in self.questions if (miss := _miss(question, answerer)) is not None]


def _miss(golden: GoldenQuestion, answerer: Answerer) -> Miss | None:
    """What the question finds instead of its article; None when it finds that."""
    answer = answerer.answer(golden.question, AMONG)
    found = list(dict.fromkeys(hit.passage.article for hit in answer.hits))
    if any(golden.article in _names(article) for article in found):
        return None
    return Miss(golden, tuple(article.title or article.id for article in found))


def _names(article: Article) -> Iterator[str | None]:
    """The ids and addresses of the article and of its copies."""
    places = [(article.id, article.url), *((copy.id, copy.url) for copy in article.copies)]
    for id, url in places:
        yield from (id, url, url and canonical_url(url))
