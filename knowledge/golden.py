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
class GoldenGuard:
    """A guard of reloads: each question must still be answered from its article, or from a copy of it."""

    questions: Sequence[GoldenQuestion]
    language: QuestionAnalyser

    def __call__(self, generation: Generation) -> None:
        """Pass silently when every question finds its article.

        Raises:
            RefusedGeneration: one doesn't; the message names all that don't, and what came instead.
        """
        if misses := self.misses(generation):
            raise RefusedGeneration(
                f"{generation.id}: {'; '.join(misses)}; see whether the article is still in its source, or"
                " correct the question (reload.golden)"
            )

    def misses(self, generation: Generation) -> list[str]:
        """What each question that doesn't find its article finds instead, in a sentence."""
        answerer = Answerer(generation, generation.by_passage, self.language)
        return [miss for question in self.questions if (miss := _miss(question, answerer)) is not None]


def _miss(golden: GoldenQuestion, answerer: Answerer) -> str | None:
    """Why the question isn't answered as it should be; None when it is."""
    answer = answerer.answer(golden.question, AMONG)
    found = list(dict.fromkeys(hit.passage.article for hit in answer.hits))
    if any(golden.article in _names(article) for article in found):
        return None
    instead = ", ".join(f"“{article.title or article.id}”" for article in found) or "nothing"
    return f"the golden question “{golden.question}” finds {instead} instead of {golden.article}"


def _names(article: Article) -> Iterator[str | None]:
    """The ids and addresses of the article and of its copies."""
    places = [(article.id, article.url), *((copy.id, copy.url) for copy in article.copies)]
    for id, url in places:
        yield from (id, url, url and canonical_url(url))
