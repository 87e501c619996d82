"""What Khabar knows and says: articles, their passages, and the answer to a question."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Literal

Script = Literal["devanagari", "latin", "mixed", "other"]
Span = tuple[int, int]
"""A half-open range of Unicode code points, `text[start:end]`."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Where else an article came out: one of its near-duplicates, such as the same agency's report."""

    id: str
    title: str
    url: str | None = None
    published: date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned of page furniture; paragraphs are separated by line ends.

    `copies` are its near-duplicates, which stand for nothing of their own; the article came out first.
    """

    id: str
    title: str
    text: str
    url: str | None = None
    published: date | None = None
    publisher: str | None = None
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The `position`-th run of whole sentences of an article: the unit that is ranked and shown.

    `repeats` is how many of the passages before it in the article have the same text.
    """

    article: Article
    position: int
    text: str
    repeats: int = 0

    @property
    def id(self) -> str:
        """The passage's name, which it keeps in a corrected article for as long as its text is the same.

        It is the article's id, `#`, a digest of the text, and `.1` and so on for one that repeats another.
        """
        digest = blake2b(self.text.encode(), digest_size=5).hexdigest()
        return f"{self.article.id}#{digest}" + (f".{self.repeats}" if self.repeats else "")


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
