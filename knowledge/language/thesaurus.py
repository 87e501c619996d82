"""Words of different registers that mean the same in news: मौत, मृत्यु, निधन."""

from collections.abc import Iterator, Mapping
from importlib import resources
from itertools import chain

from knowledge.language.analysis import Analyser
from knowledge.language.words import words

Thesaurus = Mapping[str, tuple[str, ...]]
"""By index term the terms that may stand for it, without itself."""


def read_thesaurus(analyser: Analyser) -> Thesaurus:
    """The groups of `data/synonyms.txt`, and the words that translate the same English in `data/english.tsv`.

    A word of several groups has all their terms.
    """
    thesaurus: dict[str, dict[str, None]] = {}
    for terms in map(analyser.terms, chain(_lines("synonyms.txt"), _translations())):
        for term in terms:
            thesaurus.setdefault(term, {}).update((other, None) for other in terms if other != term)
    return {term: tuple(others) for term, others in thesaurus.items()}


def thesaurus_words() -> frozenset[str]:
    """The words of `data/synonyms.txt`, as written."""
    return frozenset(word for line in _lines("synonyms.txt") for word in words(line))


def _translations() -> Iterator[str]:
    """What single English words are in Hindi; of longer entries, each word is only a part."""
    for line in _lines("english.tsv"):
        head, _, hindi = line.partition("\t")
        if " " not in head:
            yield hindi


def _lines(name: str) -> list[str]:
    text = resources.files(__package__).joinpath(f"data/{name}").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
