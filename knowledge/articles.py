"""What Khabar knows and says: articles, their passages, and the answer to a question."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Script = Literal["devanagari", "latin", "mixed", "other"]
Span = tuple[int, int]
"""A half-open range of Unicode code points, `text[start:end]`."""


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned of page furniture; paragraphs are separated by line ends."""

    id: str
    title: str
    text: str
    url: str | None = None
    published: date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The `position`-th run of whole sentences of an article: the unit that is ranked and shown."""

    article: Article
    position: int
    text: str

    @property
    def id(self) -> str:
        """The passage's name: its article's id, `#`, its position."""
        return f"{self.article.id}#{self.position}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    `highlights` are the spans of `passage.text` that match the question, in order and not
    overlapping; `best_sentence` is the span of the sentence that answers best.
    """

    passage: Passage
    score: float
    highlights: tuple[Span, ...]
    best_sentence: Span


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question.

    `ranked` holds the best passages whether or not they answer, best first; only `hits` may be
    shown as an answer. `confidence` is the probability, 0 to 1, that the first passage answers;
    `unsure` says that an answer is given all the same, but had better be read with care.

    Where there is no answer, `nearby` holds up to three articles that come near to the question, and
    `meant` the question with one word spelled as the corpus has it, if that one has an answer.
    """

    question: str
    script: Script
    answered: bool
    confidence: float
    ranked: tuple[Hit, ...]
    generation: str
    took_ms: float
    unsure: bool = False
    nearby: tuple[Article, ...] = ()
    meant: str | None = None

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The passages that may be shown: empty when the corpus doesn't cover the question."""
        return self.ranked if self.answered else ()
