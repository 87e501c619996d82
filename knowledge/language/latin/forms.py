"""What matching needs to know of the words of a corpus as written."""

from typing import Protocol

from knowledge.language.latin.trie import Array, Trie

NO_TERM = -1
"""The term of a form that is a stop word."""


class Written(Protocol):
    """Numbered strings."""

    def __getitem__(self, number: int) -> str:
        """The string with that number."""
        ...


class Forms(Protocol):
    """The forms of a corpus by number: their spelling, how often each stands, and its index term."""

    @property
    def written(self) -> Written:
        """The forms themselves."""
        ...

    @property
    def counts(self) -> Array:
        """How often each stands in the corpus."""
        ...

    @property
    def terms(self) -> Array:
        """The number of each one's index term, NO_TERM for a stop word."""
        ...

    @property
    def trie(self) -> Trie:
        """The forms as they are spelled in the symbols of a channel."""
        ...
