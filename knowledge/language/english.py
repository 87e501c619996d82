"""English words by the Hindi that news writes for them: flood is बाढ़, prime ministers are प्रधानमंत्री, पीएम."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from itertools import islice, takewhile
from pathlib import Path
from threading import Lock

import regex
from Stemmer import Stemmer

from knowledge.errors import DictionaryError
from knowledge.language.analysis import Analyser
from knowledge.language.freedict import Dictionary, dictionary_index
from knowledge.language.function_words import read_function_words
from knowledge.language.words import words as words_of

logger = logging.getLogger(__name__)

MOST_TERMS = 6
"""Terms that a dictionary's entry may give: later senses are rare ones, as the pitch of a strike."""

_LEXICON = ("english.tsv", "english-news.tsv")
"""An entry of the latter stands instead of one of the former, which the thesaurus draws on too."""

_CACHED_WORDS = 1 << 14
_SHORTEST_PART = 3
"""Letters from which on each of two words may be part of one: cease fire, heat wave; not "so on" for soon."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What English words of a question mean in Hindi.

    Attributes:
        length: how many of the question's words were read, at least 1.
        terms: the index terms, all different, the commonest translation first; none for several words
            that say nothing about a topic (took place).
        sure: whether the shipped lexicon has the words; else they are a dictionary's, for any topic.
    """

    length: int
    terms: tuple[str, ...]
    sure: bool


class English:
    """Reads English words as index terms; safe to share between threads."""

    def __init__(self, analyser: Analyser, lexicon: Mapping[str, str], dictionary: Path | None) -> None:
        """Made by `read_english`.

        Args:
            analyser: gives the index terms.
            lexicon: the Hindi words by the English ones, apart by spaces in both.
            dictionary: the index of a dictionary that is read once a word isn't in the lexicon.
        """
        self.function_words = read_function_words()
        self._analyser = analyser
        self._lexicon = lexicon
        self._index = dictionary
        self._spelling = Spelling()
        self._heads = Heads(lexicon, self._spelling)
        phrases = (head for head in lexicon if " " in head)
        self._phrases = {self._spelling.phrase(head.split()): head for head in phrases}
        self._longest = max((len(phrase) for phrase in self._phrases), default=1)

    def at(self, words: Sequence[str], place: int) -> Reading | None:
        """The longest entry that begins at word number `place`, None where the lexicon has none.

        `at(["Prime", "Ministers", "meet"], 0)` reads two words as प्रधानमंत्री, पीएम. A word is looked up as
        it stands, then by its stem and in American spelling, in the lexicon first. Function words are
        read only as part of a longer entry (state of emergency), or as an acronym in capitals (US, WHO).

        Args:
            words: all words of the question, as `knowledge.language.words` cuts them.
            place: from 0 to below the number of words.
        """
        parts = list(islice(_parts(words, place), max(self._longest, len("UNIFIL"))))
        for count in range(len(parts), 0, -1):
            spelled, length = [word for word, _ in parts[:count]], sum(taken for _, taken in parts[:count])
            head = self._phrase(spelled) if count > 1 else self._word(spelled[0], words)
            terms = self._terms(self._lexicon[head]) if head else ()
            if terms or (head and count > 1):
                return Reading(length, terms, sure=True)
        return self._from_dictionary(*parts[0]) if parts else None

    def _phrase(self, spelled: list[str]) -> str | None:
        lower = [word.lower() for word in spelled]
        if head := self._phrases.get(self._spelling.phrase(lower)):
            return head
        joined = "".join(lower)
        letters = all(len(word) == 1 for word in spelled)
        if letters and (not self.function_words.is_english(joined) or "".join(spelled).isupper()):
            return joined if joined in self._lexicon else None
        return joined if _may_be_closed(lower) and joined in self._lexicon else None

    def _word(self, word: str, words: Sequence[str]) -> str | None:
        if not self.function_words.is_english(word):
            return self._inflected(self._heads, word.lower())
        capitals = word.isupper() and (len(words) == 1 or not all(map(str.isupper, words)))
        return word.lower() if capitals and len(word) > 1 and word.lower() in self._lexicon else None

    def _from_dictionary(self, word: str, length: int) -> Reading | None:
        if self._dictionary is None or len(word) == 1 or self.function_words.is_english(word):
            return None
        dictionary, heads = self._dictionary
        head = self._inflected(heads, word.lower())
        terms = self._terms(" ".join(dictionary.words(head)))[:MOST_TERMS] if head else ()
        return Reading(length, terms, sure=False) if terms else None

    def _inflected(self, heads: "Heads", word: str) -> str | None:
        """The head of `word`; gaye, a function word of Hindi, is no inflection of gay."""
        return heads.find(word) if word in heads or not self.function_words.is_hindi(word) else None

    def _terms(self, hindi: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._analyser.terms(hindi)))

    @cached_property
    def _dictionary(self) -> tuple[Dictionary, "Heads"] | None:
        if self._index is None:
            return None
        try:
            dictionary = Dictionary.open(self._index)
        except DictionaryError:
            logger.exception("Answering without the English dictionary")
            return None
        return dictionary, Heads(dictionary.heads, self._spelling)


def read_english(analyser: Analyser, dictionary: Path | None) -> English:
    """The lexicon of `data/english.tsv` and `data/english-news.tsv`, and behind it the dictionary, if any.

    The dictionary is read when the first word is asked that the lexicon hasn't; one that turns out
    to be damaged then is logged and left out.

    Raises:
        DictionaryError: there is no dictionary at the place.
    """
    lines = (line.split("\t") for name in _LEXICON for line in _data_lines(name))
    lexicon = {" ".join(words_of(english.lower())): hindi for english, hindi in lines}
    apart = [head for head in lexicon if head.count(" ") == 1]
    closed = {head.replace(" ", ""): lexicon[head] for head in apart if _may_be_closed(head.split())}
    return English(analyser, closed | lexicon, dictionary and dictionary_index(dictionary))


def _may_be_closed(words: Sequence[str]) -> bool:
    """Whether the words may as well be written as one: heat wave, heatwave."""
    return len(words) == 2 and min(map(len, words)) >= _SHORTEST_PART


def _data_lines(name: str) -> list[str]:
    text = resources.files(__package__).joinpath(f"data/{name}").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _parts(words: Sequence[str], place: int) -> Iterator[tuple[str, int]]:
    """The words from `place` on, each with how many it takes: the s of minister's belongs to it."""
    while place < len(words) and words[place].isascii():
        word = words[place]
        owner = len(word) > 1 and words[place + 1 : place + 2] in (["s"], ["S"])
        yield word, 1 + owner
        place += 1 + owner


class Heads:
    """The words of a lexicon, found by any inflection and either spelling of theirs."""

    def __init__(self, heads: Collection[str], spelling: "Spelling") -> None:
        self._spelling = spelling
        self._heads = heads
        by_key: dict[str, tuple[str, ...]] = {}
        for key, head in zip(spelling.keys(heads), heads, strict=True):
            by_key[key] = (*by_key.get(key, ()), head)
        self._by_key = by_key

    def __contains__(self, word: str) -> bool:
        return word in self._heads

    def find(self, word: str) -> str | None:
        """The head of a word in small letters: itself, its singular, or of its stem the one most alike."""
        for form in (word, word.removesuffix("s")):  # MPs, whose stem Snowball leaves alone
            if form in self._heads:
                return form
        alike = self._by_key.get(self._spelling.key(word), ())
        return max(alike, key=lambda head: (_common(head, word), -len(head)), default=None)


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


_AMERICAN = regex.compile(
    r"(?P<or>our)|(?P<iz>is)(?=(?:e[drs]?|ers|es|ings?|ations?|ational)$)|(?P<yz>ys)(?=e[ds]?$)"
    r"|(?P<e>ae(?=[omd])|oe(?=[ad]))|(?P<l>ll)(?=ments?$|ful)"
)
_AMERICAN_STEM = {"nc": "ns", "ll": "l", "mm": "m", "ogu": "og", "tr": "ter", "br": "ber"}
"""Ends of stems: defenc(e), travell(ed), programm(e), dialogu(e), centr(e), sabr(e)."""

_LONG_STEM = 5
"""Letters from which on their ends are changed: ball and rogue would be bal and rog, which are बल and रोग."""


class Spelling:
    """One key for all inflections of an English word and both its spellings, safe to share."""

    def __init__(self) -> None:
        lines = (line.split() for line in _data_lines("irregular-english.txt"))
        self._regular = {form: base for base, *forms in lines for form in forms}
        self._stems = Stemmer("english").stemWords
        self._stemming = Lock()
        self.key = lru_cache(maxsize=_CACHED_WORDS)(lambda word: self.keys([word])[0])

    def keys(self, words: Iterable[str]) -> list[str]:
        """The key of each word: those of defence, defenses, children are defens, defens, child."""
        american = [_AMERICAN.sub(_last_group, self._regular.get(word, word)) for word in words]
        with self._stemming:
            stems: list[str] = self._stems(american)
        return [_american_stem(stem) for stem in stems]

    def phrase(self, words: Iterable[str]) -> tuple[str, ...]:
        """The keys of several words: prime ministers are prime, minist."""
        return tuple(map(self.key, words))


def _last_group(british: "regex.Match[str]") -> str:
    return str(british.lastgroup)


def _american_stem(stem: str) -> str:
    end = next((end for end in _AMERICAN_STEM if stem.endswith(end)), None)
    return stem.removesuffix(end) + _AMERICAN_STEM[end] if end and len(stem) >= _LONG_STEM else stem
