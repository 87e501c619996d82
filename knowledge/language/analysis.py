"""From text to index terms: the one reading of words that indexing, asking and highlighting share."""

from functools import lru_cache
from importlib import resources
from threading import Lock

from Stemmer import Stemmer

from knowledge.language.normalise import normalise
from knowledge.language.words import words

CACHED_FORMS = 1 << 18
"""Forms of words whose term is remembered: beyond what a day of news brings, 30 MB when full."""


def read_stop_words() -> frozenset[str]:
    """The normalised stop words of `data/stopwords.txt`."""
    lines = resources.files(__package__).joinpath("data/stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(normalise(word) for line in lines if not line.startswith("#") for word in line.split())


def read_exceptions() -> dict[str, str]:
    """The term of each word in `data/stems.txt`, which would else be that of a different word."""
    lines = resources.files(__package__).joinpath("data/stems.txt").read_text("utf-8").splitlines()
    families = (line.partition("#")[0].split() for line in lines)
    return {normalise(form): normalise(family[0]) for family in families for form in family}


class Analyser:
    """Reads text as index terms; safe to share between threads.

    A term is the Snowball stem (Ramanathan and Rao, EACL 2003) of a normalised word, or the word where
    a single letter would be left: of मां, मई and माता alike. Words that would share another word's stem,
    as वर्षा that of वर्ष, have a term of their own. Stop words, the question words among them,
    give none.
    """

    def __init__(self) -> None:
        self._stop_words = read_stop_words()
        self.function_words = sorted(self._stop_words)
        self._exceptions = read_exceptions()
        self._stem = Stemmer("hindi").stemWord
        self._stemming = Lock()
        self.form = lru_cache(maxsize=CACHED_FORMS)(normalise)
        self.term = lru_cache(maxsize=CACHED_FORMS)(self._term)

    def _term(self, word: str) -> str:
        form = normalise(word)
        if form in self._stop_words or not any(map(str.isalnum, form)):
            return ""  # marks alone, as the one that colours ❤️
        if term := self._exceptions.get(form):
            return term
        with self._stemming:
            stem = str(self._stem(form))
        return stem if len(stem) > 1 else form

    def terms(self, text: str) -> list[str]:
        """The index terms of `text` in order: `terms("सेनाओं का अभ्यास")` gives those of सेना, अभ्यास."""
        return [term for term in map(self.term, words(text)) if term]
