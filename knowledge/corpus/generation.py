"""A generation: one immutable folder with everything that answering needs, memory-mapped."""

import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.articles import Article, Passage
from knowledge.corpus.records import article_of
from knowledge.corpus.vocabulary import CorpusVocabulary
from knowledge.errors import CorruptGeneration, OutdatedGeneration
from knowledge.mapped import SortedStrings, Strings, mapped
from knowledge.ranking.engine import Ids
from knowledge.ranking.impacts import ImpactEngine

FORMAT = 12
"""Raised whenever the files or the analysis change: a generation of another format is built anew."""

MANIFEST = "manifest.json"


class Generation:
    """An opened generation: its passages, its vocabulary, and its engines.

    An engine each ranks passages, articles and titles by content words, and passages by function words.
    Safe to share between threads. The files stay mapped for as long as anybody holds the object, also
    when the folder has been deleted meanwhile.
    """

    def __init__(self, folder: Path, built_at: datetime) -> None:
        self.id = folder.name
        self.folder = folder
        self.built_at = built_at
        terms = SortedStrings(folder, "terms")
        self._records = Strings(folder, "articles")
        self._places = mapped(folder / "places.npy")
        self._firsts = mapped(folder / "firsts.npy")
        self.by_passage = ImpactEngine(folder, "passage", terms)
        self.by_article = ImpactEngine(folder, "article", terms)
        self.by_title = ImpactEngine(folder, "title", terms)
        self.by_function = ImpactEngine(folder, "function", SortedStrings(folder, "functions"))
        self.vocabulary = CorpusVocabulary(folder, terms, self.by_article)

    @classmethod
    def open(cls, folder: Path) -> "Generation":
        """The generation in `folder`, every file checked against its manifest.

        Raises:
            OutdatedGeneration: it is of another format.
            CorruptGeneration: a file is missing, cut short or altered.
        """
        return cls(folder, datetime.fromisoformat(verified_manifest(folder)["built_at"]))

    @property
    def passages(self) -> int:
        """How many passages it holds."""
        return len(self._places)

    @property
    def articles(self) -> int:
        """How many articles it holds, copies of others not counted."""
        return len(self._records)

    @property
    def copies(self) -> int:
        """How many more articles it knows as copies of those that it holds."""
        return len(Strings(self.folder, "known")) - len(self._records)

    def article(self, number: int) -> Article:
        """The article with that number, 0 to `articles` - 1, in the order of building."""
        return article_of(self._records[number])

    def passage(self, number: int) -> Passage:
        """The passage with that number, 0 to `passages` - 1; an article's passages are neighbours."""
        owner, begin, end, repeats = self._places[number].tolist()
        article = self.article(owner)
        return Passage(article, number - int(self._firsts[owner]), article.text[begin:end], repeats)

    def owners(self, passages: Ids) -> Ids:
        """The numbers of the passages' articles."""
        owners: Ids = self._places[passages, 0]
        return owners

    def passages_of(self, article: int) -> range:
        """The numbers of the article's passages."""
        return range(int(self._firsts[article]), int(self._firsts[article + 1]))


def verified_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the generation in `folder`, after every file was found as it was written."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        if manifest["format"] != FORMAT:
            raise OutdatedGeneration(f"{folder}: {_age(manifest['format'])}; run khabar reload")
        written: dict[str, list[int]] = dict(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorruptGeneration(f"{folder / MANIFEST}: unreadable ({error}); run khabar reload") from error
    for name, as_written in written.items():
        if as_written != fingerprint(folder / name):
            raise CorruptGeneration(f"{folder / name}: missing, cut short or altered; run khabar reload")
    return manifest


def _age(format: int) -> str:
    version = "an earlier" if format < FORMAT else "a later"
    return f"of {version} version of Khabar (format {format}, not {FORMAT})"


def fingerprint(file: Path) -> list[int]:
    """The file's size in bytes and its CRC-32; empty when it can't be read."""
    try:
        with file.open("rb") as opened:
            return [file.stat().st_size, _crc32(iter(lambda: opened.read(1 << 20), b""))]
    except OSError:
        return []


def _crc32(chunks: Iterator[bytes]) -> int:
    checksum = 0
    for chunk in chunks:
        checksum = zlib.crc32(chunk, checksum)
    return checksum
