"""Building a generation, in a folder of its own beside the served one: from the one before, or from nothing.

What didn't change is carried over: articles, postings and words are renumbered and merged as they lie, which
is linear and bound by memory; only articles that are new, changed or gone are read. Building from nothing is
the same with nothing to carry over, so that both write the same files, byte for byte.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from knowledge.articles import Article, Copy
from knowledge.corpus.contents import Contents
from knowledge.corpus.copies import Sketches, leads, sketched
from knowledge.corpus.generation import FORMAT, MANIFEST, fingerprint
from knowledge.corpus.index import Layout, Merger, Rows, Words
from knowledge.corpus.known import Known, nothing_known
from knowledge.corpus.lexicon import Lexicon
from knowledge.corpus.reading import Numbering, Reading, Tokens, owners
from knowledge.corpus.records import article_of, record_of
from knowledge.corpus.uncollected import uncollected
from knowledge.language.analysis import Analyser
from knowledge.language.latin.channel import read_channel
from knowledge.language.latin.trie import expand
from knowledge.mapped import Numbers, Strings, mapped

Progress = Callable[[int, int], None]


def build(folder: Path, articles: Sequence[Article], progress: Progress) -> None:
    """Write a whole generation of `articles` into the empty `folder`; see `build_from`."""
    build_from(None, folder, Contents.of(articles), progress)


@uncollected()
def build_from(base: Path | None, folder: Path, contents: Contents, progress: Progress) -> None:
    """Write a generation of these contents into the empty `folder`.

    Args:
        base: the folder of a whole generation whose articles stood in the order of their ids, or None.
        folder: where to write.
        contents: what to hold; where there is a base, in the order of the ids.
        progress: is told (done, of) in articles that must be read.

    Raises:
        OSError: the disk is full or not writable; the folder is then worthless.
    """
    _Build(base, folder, contents, progress).write()


class _Build:
    def __init__(self, base: Path | None, folder: Path, contents: Contents, progress: Progress) -> None:
        self._base, self._folder, self._contents, self._progress = base, folder, contents, progress
        self._before = Known.read(base) if base else nothing_known()
        self._old_firsts = mapped(base / "firsts.npy") if base else np.zeros(1, dtype=np.int64)
        self._records = Strings(base, "articles") if base else None
        self._lexicon = Lexicon.read(base) if base else Lexicon.empty()
        self._numbering = Numbering()
        self._analyser = Analyser()

    def write(self) -> None:
        ids, published = self._contents.ids, self._contents.published
        fingerprints = self._contents.marks
        old_of = self._before.unchanged(ids, fingerprints)
        first = self._read(np.flatnonzero(old_of < 0).tolist(), self._progress)
        sketches = self._sketches(old_of, first)
        known = Known(ids, fingerprints, sketches, leads(sketches, published, ids))
        index_of = self._before.indexed_alike(known, old_of)
        again = self._read(self._touched(known, index_of, old_of), lambda done, total: None)
        self._write_index(known, index_of, [first, again])
        known.write(self._folder)
        _write_manifest(self._folder)

    def _read(self, numbers: Sequence[int], progress: Progress) -> "_Read":
        reading = Reading(self._numbering)
        for done, article in enumerate(self._contents.load(numbers), 1):
            reading.read(article)
            progress(done, len(numbers))
        return _Read(numbers, reading.articles, reading.read_out())

    def _sketches(self, old_of: Numbers, read: "_Read") -> Sketches:
        known = ((form, self._lexicon.term(form)) for form in self._numbering)
        terms = [self._analyser.term(form) if term is None else term for form, term in known]
        return self._before.sketches.carried(old_of, sketched(terms, read.tokens, self._analyser))

    def _touched(self, known: Known, index_of: Numbers, old_of: Numbers) -> list[int]:
        """The articles that are known already, and yet must be read: leads anew, and copies of such leads."""
        anew = known.leads[index_of < 0].tolist()
        members = {number for lead in anew for number in (lead, *known.copies.get(lead, ()))}
        return sorted(number for number in members if old_of[number] >= 0)

    def _write_index(self, known: Known, index_of: Numbers, read: Sequence["_Read"]) -> None:
        place_of = np.full(len(known.ids), -1, dtype=np.int64)
        place_of[known.leads] = np.arange(len(known.leads))
        numbers = [place_of[list(part.numbers)] for part in read]
        layout = self._layout(index_of, read, numbers)
        fresh = Words.joined(
            [Words.of(part.tokens, each, layout.firsts) for part, each in zip(read, numbers, strict=True)]
        )
        gone = self._gone(layout)
        forms = list(self._numbering)
        channel = read_channel()
        before = self._lexicon
        more = fresh.counted(len(forms)) - gone.counted(len(forms))
        after, row_of = before.changed(forms, more, channel, self._analyser)
        after.write(self._folder, channel.digest)
        merger = Merger(self._base, self._folder, Rows(row_of, len(after.terms)))
        terms = after.terms_of(forms)
        merger.write(layout, fresh.termed(terms), gone.termed(before.terms_of(forms)))
        functions = self._functions_of(forms, terms)
        merger.write_functions(layout, fresh.termed(functions), self._analyser.function_words)
        self._write_records(known, index_of, read)

    def _functions_of(self, forms: Sequence[str], terms: Numbers) -> Numbers:
        """The number of each of these forms among the function words, which give no term; -1 for another."""
        numbers = {word: number for number, word in enumerate(self._analyser.function_words)}
        functions = np.full(len(forms), -1, dtype=np.int64)
        for place in np.flatnonzero(terms < 0).tolist():
            functions[place] = numbers.get(self._analyser.form(forms[place]), -1)
        return functions

    def _layout(self, index_of: Numbers, read: Sequence["_Read"], numbers: Sequence[Numbers]) -> Layout:
        """Where everything stands; writes the passages' places on the way."""
        kept = np.flatnonzero(index_of >= 0)
        old = index_of[kept]
        passages = np.zeros(len(index_of), dtype=np.int64)
        passages[kept] = np.diff(self._old_firsts)[old]
        for part, each in zip(read, numbers, strict=True):
            passages[each[each >= 0]] = part.tokens.passages[each >= 0]
        firsts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(passages)])
        places = np.empty((firsts[-1], 4), dtype=np.int64)
        places[:, 0] = owners(passages)
        if self._base:
            now, before = (expand(f[n], f[n + 1])[0] for f, n in ((firsts, kept), (self._old_firsts, old)))
            places[now, 1:] = mapped(self._base / "places.npy")[before, 1:]
        for part, each in zip(read, numbers, strict=True):
            spans = part.tokens.spans[each[part.tokens.article_of] >= 0]
            places[expand(firsts[each[each >= 0]], firsts[each[each >= 0] + 1])[0], 1:] = spans
        np.save(self._folder / "places.npy", places)
        np.save(self._folder / "firsts.npy", firsts)
        return Layout(index_of, firsts, self._old_firsts)

    def _gone(self, layout: Layout) -> Words:
        """The words of the articles that are carried over no more."""
        gone = Reading(self._numbering)
        if self._records:
            for number in np.flatnonzero(layout.new_articles < 0).tolist():
                gone.read(article_of(self._records[number]))
        tokens = gone.read_out()
        numbers = np.arange(len(tokens.passages))
        return Words.of(tokens, numbers, np.cumsum(tokens.passages) - tokens.passages)

    def _write_records(self, known: Known, index_of: Numbers, read: Sequence["_Read"]) -> None:
        articles = {number: article for part in read for number, article in part.by_number()}
        added = []
        for lead in known.leads[index_of < 0].tolist():
            copies = [_copy(articles[number]) for number in known.copies.get(lead, ())]
            copies.sort(key=lambda copy: (copy.published or date.max, copy.id))
            added.append(record_of(replace(articles[lead], copies=tuple(copies))))
        Strings.write_changed(self._folder, "articles", self._records, index_of, added)


@dataclass(frozen=True, slots=True)
class _Read:
    """Articles that were read: their numbers among the contents, themselves, and their words."""

    numbers: Sequence[int]
    articles: Sequence[Article]
    tokens: Tokens

    def by_number(self) -> Iterable[tuple[int, Article]]:
        return zip(self.numbers, self.articles, strict=True)


def _copy(article: Article) -> Copy:
    return Copy(article.id, article.title, article.url, article.published, article.publisher)


def _write_manifest(folder: Path) -> None:
    """Last of all: a folder without a manifest is not a generation."""
    files = {file.name: fingerprint(file) for file in sorted(folder.iterdir())}
    manifest = {"format": FORMAT, "built_at": datetime.now(UTC).isoformat(), "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
