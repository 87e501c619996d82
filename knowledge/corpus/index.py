"""What a generation counts: the postings of its engines, and which term follows which."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.corpus.reading import Tokens
from knowledge.language.latin.trie import expand
from knowledge.mapped import Numbers, SortedStrings, mapped
from knowledge.ranking.counts import Counts, write_counts
from knowledge.ranking.impacts import write_impacts


@dataclass(frozen=True, slots=True)
class Words:
    """Words of articles that are indexed, or were: the number of each one's form, and where it stands."""

    body: Numbers
    passages: Numbers
    articles: Numbers
    titles: Numbers
    titled: Numbers

    @classmethod
    def of(cls, tokens: Tokens, numbers: Numbers, firsts: Numbers) -> "Words":
        """The words of those articles of `tokens` that have a number, -1 for none.

        `firsts` are by number of article the number of its first passage.
        """
        passage_of = tokens.passage_of
        article_of = tokens.article_of[passage_of]
        within = passage_of - (np.cumsum(tokens.passages) - tokens.passages)[article_of]
        kept, titled = numbers[article_of] >= 0, numbers[tokens.titled] >= 0
        articles = numbers[article_of[kept]]
        passages = firsts[articles] + within[kept]
        return cls(
            tokens.body[kept], passages, articles, tokens.titles[titled], numbers[tokens.titled[titled]]
        )

    @classmethod
    def joined(cls, parts: Sequence["Words"]) -> "Words":
        """All of these."""
        fields = ([getattr(part, field) for part in parts] for field in cls.__slots__)
        return cls(*map(np.concatenate, fields))

    def counted(self, forms: int) -> Numbers:
        """How often each form stands, for forms 0 to `forms` - 1."""
        return np.bincount(self.body, minlength=forms) + np.bincount(self.titles, minlength=forms)

    def termed(self, term_of: Numbers) -> "Words":
        """The same with terms in the place of forms, without the stop words."""
        body, titles = term_of[self.body], term_of[self.titles]
        told, headed = body >= 0, titles >= 0
        return Words(
            body[told], self.passages[told], self.articles[told], titles[headed], self.titled[headed]
        )

    def pairs(self, terms: int) -> Counts:
        """How often each of so many terms comes next after each in a passage or a title, stop words aside."""
        firsts, seconds = [], []
        for words, bags in ((self.body, self.passages), (self.titles, self.titled)):
            together = bags[:-1] == bags[1:]
            firsts.append(words[:-1][together])
            seconds.append(words[1:][together])
        return Counts.of(np.concatenate(firsts), np.concatenate(seconds), terms)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which articles are indexed, and which of their passages where.

    Attributes:
        old_of: by number of article its number in the generation before, -1 for one that is indexed anew.
        firsts: by number of article that of its first passage, and after the last one how many there are.
        old_firsts: the same in the generation before.
    """

    old_of: Numbers
    firsts: Numbers
    old_firsts: Numbers

    @property
    def kept(self) -> Numbers:
        """The articles that are carried over."""
        return np.flatnonzero(self.old_of >= 0)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return int(self.firsts[-1])

    @property
    def new_articles(self) -> Numbers:
        """By old number of article its number now, -1 for one that is gone."""
        return _inverse(self.kept, self.old_of[self.kept], len(self.old_firsts) - 1)

    @property
    def new_passages(self) -> Numbers:
        """By old number of passage its number now, -1 for one that is gone."""
        kept, old = self.kept, self.old_of[self.kept]
        now, _ = expand(self.firsts[kept], self.firsts[kept + 1])
        before, _ = expand(self.old_firsts[old], self.old_firsts[old + 1])
        return _inverse(now, before, int(self.old_firsts[-1]))


class Rows(NamedTuple):
    """By old number of row its number now, -1 for one that is gone; and how many rows there are now."""

    row_of: Numbers
    height: int


@dataclass(frozen=True, slots=True)
class Merger:
    """Carries what is counted over from the generation before to the next one.

    Attributes:
        base: the folder of the one before, None for none.
        folder: that of the next one.
        terms: the index terms of the one before in the next one.
    """

    base: Path | None
    folder: Path
    terms: Rows

    def write(self, layout: Layout, fresh: Words, gone: Words) -> None:
        """Write the pairs, and the postings of the engines of content words.

        Args:
            layout: where the articles stand.
            fresh: what is indexed anew, by the numbers of its terms now.
            gone: what is carried over no more, by those of its terms before.
        """
        row_of, terms = self.terms
        fewer, more = gone.pairs(len(row_of)), fresh.pairs(terms)
        write_counts(self.folder, "pairs", self._read("pairs").changed(fewer, row_of, row_of, more))
        articles, passages = layout.new_articles, layout.new_passages
        both = np.concatenate([fresh.body, fresh.titles]), np.concatenate([fresh.articles, fresh.titled])
        size = len(layout.old_of)
        self._write("passage", self.terms, passages, (fresh.body, fresh.passages), layout.passages)
        self._write("article", self.terms, articles, both, size)
        self._write("title", self.terms, articles, (fresh.titles, fresh.titled), size)

    def write_functions(self, layout: Layout, fresh: Words, words: Sequence[str]) -> None:
        """Write the function words, whose order is always the same, and their postings in passages.

        `fresh` is what is indexed anew, by the numbers of these words.
        """
        SortedStrings.write(self.folder, "functions", words)
        rows = Rows(np.arange(len(words) if self.base else 0), len(words))
        self._write("function", rows, layout.new_passages, (fresh.body, fresh.passages), layout.passages)

    def _write(
        self, name: str, rows: Rows, bag_of: Numbers, fresh: tuple[Numbers, Numbers], size: int
    ) -> None:
        terms, bags = fresh
        before, more = self._read(name), Counts.of(terms, bags, rows.height)
        counts = before.changed(Counts.none(len(before)), rows.row_of, bag_of, more)
        lengths = np.bincount(bags, minlength=size)
        if self.base:
            lengths[bag_of[bag_of >= 0]] += mapped(self.base / f"{name}.lengths.npy")[bag_of >= 0]
        write_impacts(self.folder, name, counts, lengths)

    def _read(self, name: str) -> Counts:
        return Counts.read(self.base, name) if self.base else Counts.none()


def _inverse(now: Numbers, before: Numbers, size: int) -> Numbers:
    """By number before the number now, -1 for one that is gone."""
    inverse = np.full(size, -1, dtype=np.int64)
    inverse[before] = now
    return inverse
