"""Reading articles word by word: what a generation counts, before it is counted."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from knowledge.articles import Article
from knowledge.corpus.passages import passages
from knowledge.language.words import words

Numbers = npt.NDArray[np.int64]


class Numbering(dict[str, int]):
    """Words as they are written, each with a number of its own from its first look-up on."""

    def __missing__(self, form: str) -> int:
        self[form] = number = len(self)
        return number


@dataclass(slots=True)
class _Bags:
    """Bags of words one after the other: the number of each word's form, and where each bag ends."""

    forms: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, forms: Iterator[int]) -> None:
        self.forms.extend(forms)
        self.ends.append(len(self.forms))


class Reading:
    """The articles read so far, and every word of them by the number of its form.

    Forms are made terms only once, at the end: a word of running text costs one look-up.
    """

    def __init__(self, numbering: Numbering) -> None:
        self.articles: list[Article] = []
        self._number = numbering.__getitem__
        self._body, self._titles = _Bags(), _Bags()
        self._spans = array("q")
        self._passages = array("q")

    def read(self, article: Article) -> None:
        """Read one more article."""
        self._titles.add(map(self._number, words(article.title)))
        end, found = 0, passages(article)
        for passage in found:
            text = passage.text
            begin = article.text.index(text, end)
            end = begin + len(text)
            self._body.add(map(self._number, words(text)))
            self._spans.extend((begin, end, passage.repeats))
        self._passages.append(len(found))
        self.articles.append(article)

    def read_out(self) -> "Tokens":
        """All of it as arrays; nothing may be read afterwards."""
        return Tokens(
            _array(self._body.forms),
            _array(self._body.ends),
            _array(self._titles.forms),
            _array(self._titles.ends),
            _array(self._spans).reshape(-1, 3),
            _array(self._passages),
        )


@dataclass(frozen=True)
class Tokens:
    """The words of articles, by the numbers of their forms.

    Attributes:
        body: the words of all passages.
        body_ends: where each passage ends in `body`.
        titles: the words of all titles.
        title_ends: where each article's title ends in `titles`.
        spans: for each passage its begin and end in its article's text, and how many before it in the
            same article have the same text.
        passages: how many passages each article has.
    """

    body: Numbers
    body_ends: Numbers
    titles: Numbers
    title_ends: Numbers
    spans: Numbers
    passages: Numbers

    @cached_property
    def passage_of(self) -> Numbers:
        """The passage of each word of `body`."""
        return owners(np.diff(self.body_ends, prepend=0))

    @cached_property
    def article_of(self) -> Numbers:
        """The article of each passage."""
        return owners(self.passages)

    @cached_property
    def titled(self) -> Numbers:
        """The article of each word of `titles`."""
        return owners(np.diff(self.title_ends, prepend=0))


def owners(lengths: Numbers) -> Numbers:
    """For each member of groups of these lengths the number of its group."""
    return np.repeat(np.arange(len(lengths)), lengths)


def _array(numbers: "array[int]") -> Numbers:
    return np.frombuffer(numbers, dtype=np.int64) if numbers else np.empty(0, dtype=np.int64)
