"""Words of different registers that mean the same in news: मौत, मृत्यु, निधन."""

from collections.abc import Mapping
from importlib import resources

from knowledge.language.analysis import Analyser

Thesaurus = Mapping[str, tuple[str, ...]]
"""By index term the terms that may stand for it, without itself."""


def read_thesaurus(analyser: Analyser) -> Thesaurus:
    """The groups of `data/synonyms.txt` by their terms; a word of several groups has all their terms."""
    thesaurus: dict[str, dict[str, None]] = {}
    text = resources.files(__package__).joinpath("data/synonyms.txt").read_text("utf-8")
    for line in text.splitlines():
        terms = analyser.terms(line) if not line.startswith("#") else []
        for term in terms:
            thesaurus.setdefault(term, {}).update((other, None) for other in terms if other != term)
    return {term: tuple(others) for term, others in thesaurus.items()}
