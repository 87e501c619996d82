"""What every source of articles has in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from knowledge.articles import Article


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that gave no article, or a field that an article lost: its name, the reason in a sentence."""

    name: str
    reason: str


class Source(Protocol):
    """A place that articles come from."""

    @property
    def name(self) -> str:
        """The source as the operator wrote it: a path or an address."""
        ...

    def read(self) -> Iterator[Article | Skipped]:
        """Every article of the source, and every item that gave none, in a stable order.

        Raises:
            SourceError: the source as a whole can't be read.
        """
        ...
