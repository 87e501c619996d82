"""Words that say nothing about a topic, in English and in Hindi typed in Latin letters: the, is; ka, hai."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from knowledge.language.normalise import normalise

_ALSO_CONTENT = "?"
_APOSTROPHES = str.maketrans("", "", "'’")


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """The function words of both languages as people type them in Latin letters.

    Many spellings are ambiguous. One that is a function word in both languages (is, the, to, or, me, are)
    is a function word whatever the question's language, and not ambiguous. One that is a function word
    in only one, and a content word in the other or in Hindi itself, is: "bad" (बाद), "main" (मैं), "jati"
    (जाती, जाति), "am" (आम), "do" (दो). For those the neighbours have to decide.

    Attributes:
        english: the English ones in small letters, without apostrophes.
        hindi: the Hindi ones in small letters, each with the Devanagari words it spells, the likeliest first.
        ambiguous: those of either that are content words too.
    """

    english: frozenset[str]
    hindi: Mapping[str, Sequence[str]]
    ambiguous: frozenset[str]

    def is_english(self, word: str) -> bool:
        """Whether `word` is one of English, in any case: The, who, didn't."""
        return _form(word) in self.english

    def is_hindi(self, word: str) -> bool:
        """Whether `word` is one of Hindi in Latin letters, in any of its spellings: hai, h, mein, me, kb."""
        return _form(word) in self.hindi

    def is_ambiguous(self, word: str) -> bool:
        """Whether `word`, a function word of one language, may as well be a content word."""
        return _form(word) in self.ambiguous

    def in_devanagari(self, word: str) -> str:
        """The Hindi function word that `word` spells, "" for another: `in_devanagari("kb")` is कब."""
        return next(iter(self.readings(word)), "")

    def readings(self, word: str) -> Sequence[str]:
        """The Hindi function words that `word` spells, the likeliest first: की and कि for "ki"."""
        return self.hindi.get(_form(word), ())


def read_function_words() -> FunctionWords:
    """The words of `data/stopwords-english.txt` and `data/stopwords-latin.txt`."""
    english = [word for line in _lines("stopwords-english.txt") for word in line]
    spelled = [
        (word, words[0]) for words in _lines("stopwords-latin.txt") for word in words if word.isascii()
    ]
    hindi: defaultdict[str, list[str]] = defaultdict(list)
    for word, devanagari in spelled:
        hindi[_bare(word)].append(devanagari)
    return FunctionWords(
        english=frozenset(map(_bare, english)),
        hindi=dict(hindi),
        ambiguous=frozenset(
            _bare(word) for word in (*english, *dict(spelled)) if word.endswith(_ALSO_CONTENT)
        ),
    )


def _form(word: str) -> str:
    return normalise(word).translate(_APOSTROPHES)


def _bare(word: str) -> str:
    return word.removesuffix(_ALSO_CONTENT)


def _lines(name: str) -> list[list[str]]:
    text = resources.files(__package__).joinpath(f"data/{name}").read_text("utf-8")
    return [line.split() for line in text.splitlines() if not line.startswith("#")]
