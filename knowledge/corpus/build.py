"""Building a generation from articles, in a folder of its own beside the served one."""

import json
from array import array
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.articles import Article
from knowledge.corpus.generation import FORMAT, MANIFEST, fingerprint
from knowledge.corpus.passages import passages
from knowledge.corpus.vocabulary import write_vocabulary
from knowledge.language.analysis import Analyser
from knowledge.language.latin.channel import read_channel
from knowledge.language.latin.forms import write_forms
from knowledge.language.words import words
from knowledge.mapped import SortedStrings, Strings
from knowledge.ranking.impacts import write_impacts

Numbers = npt.NDArray[np.int64]


def build(folder: Path, articles: Sequence[Article], progress: Callable[[int, int], None]) -> None:
    """Write a whole generation into the empty `folder`; `progress` is told (done, of) in articles.

    Raises:
        OSError: the disk is full or not writable; the folder is then worthless.
    """
    tokens = _Tokens()
    places: list[tuple[int, int, int]] = []
    for number, article in enumerate(articles):
        tokens.read_title(article.title)
        begin = 0
        for passage in passages(article):
            begin = article.text.index(passage.text, begin)
            tokens.read_passage(number, passage.text)
            places.append((number, begin, begin + len(passage.text)))
        progress(number + 1, len(articles))
    Strings.write(folder, "articles", map(_record, articles))
    np.save(folder / "places.npy", np.array(places, dtype=np.int64).reshape(-1, 3))
    owners = np.array([owner for owner, _, _ in places], dtype=np.int64)
    np.save(folder / "firsts.npy", np.searchsorted(owners, np.arange(len(articles) + 1)))
    tokens.write(folder, len(places), len(articles))
    _write_manifest(folder)


def _record(article: Article) -> str:
    fields = {field: getattr(article, field) for field in Article.__slots__}
    return json.dumps(fields, ensure_ascii=False, default=str)


class _Forms(dict[str, int]):
    """Words as they are written, each with a number of its own from its first look-up on."""

    def __missing__(self, form: str) -> int:
        self[form] = number = len(self)
        return number


class _Tokens:
    """Every word read so far by the number of its form, with where passages and titles end.

    Forms are made terms only once, at the end: a word of running text costs one look-up.
    """

    def __init__(self) -> None:
        self._forms = _Forms()
        self._body, self._passage_ends, self._passage_owners = array("q"), array("q"), array("q")
        self._titles, self._title_ends = array("q"), array("q")

    def read_passage(self, owner: int, text: str) -> None:
        self._body.extend(map(self._forms.__getitem__, words(text)))
        self._passage_ends.append(len(self._body))
        self._passage_owners.append(owner)

    def read_title(self, text: str) -> None:
        self._titles.extend(map(self._forms.__getitem__, words(text)))
        self._title_ends.append(len(self._titles))

    def write(self, folder: Path, passages: int, articles: int) -> None:
        terms, term_of = self._terms()
        SortedStrings.write(folder, "terms", terms)
        body, passage_of = _indexed(term_of[_array(self._body)], _bags(self._passage_ends))
        titles, title_of = _indexed(term_of[_array(self._titles)], _bags(self._title_ends))
        article_of = np.concatenate([_array(self._passage_owners)[passage_of], title_of])
        vocabulary = len(terms)
        write_vocabulary(folder, terms, [(body, passage_of), (titles, title_of)])
        self._write_forms(folder, term_of)
        write_impacts(folder, "passage", body, passage_of, passages, vocabulary)
        write_impacts(folder, "article", np.concatenate([body, titles]), article_of, articles, vocabulary)
        write_impacts(folder, "title", titles, title_of, articles, vocabulary)

    def _write_forms(self, folder: Path, term_of: Numbers) -> None:
        """How often each form stands, for matching what is typed in Latin letters."""
        seen = np.bincount(np.concatenate([_array(self._body), _array(self._titles)]), minlength=len(term_of))
        counts = dict(zip(self._forms, seen.tolist(), strict=True))
        term_numbers = {
            form: number for form, number in zip(self._forms, term_of.tolist(), strict=True) if number >= 0
        }
        write_forms(folder, counts, term_numbers.get, read_channel())

    def _terms(self) -> tuple[list[str], Numbers]:
        """The index terms in the order of the table, and each form's number there; -1 for stop words."""
        analyser = Analyser()
        terms_of_forms = [analyser.term(form) for form in self._forms]
        terms = sorted(set(terms_of_forms) - {""})
        numbers = {term: number for number, term in enumerate(terms)} | {"": -1}
        return terms, np.array([numbers[term] for term in terms_of_forms], dtype=np.int64)


def _indexed(terms: Numbers, bags: Numbers) -> tuple[Numbers, Numbers]:
    """The tokens that are index terms, without the stop words among them."""
    kept = terms >= 0
    return terms[kept], bags[kept]


def _array(numbers: "array[int]") -> Numbers:
    return np.frombuffer(numbers, dtype=np.int64) if numbers else np.empty(0, dtype=np.int64)


def _bags(ends: "array[int]") -> Numbers:
    """For each token the number of its bag, given where each bag's tokens end."""
    return np.repeat(np.arange(len(ends)), np.diff(_array(ends), prepend=0))


def _write_manifest(folder: Path) -> None:
    """Last of all: a folder without a manifest is not a generation."""
    files = {file.name: fingerprint(file) for file in sorted(folder.iterdir())}
    manifest = {"format": FORMAT, "built_at": datetime.now(UTC).isoformat(), "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
