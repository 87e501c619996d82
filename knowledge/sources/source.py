"""What every source of articles has in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from knowledge.articles import Article
from knowledge.sources.floor import Floor


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that gave no article, or a field that an article lost: its name, the reason in a sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that is as it was at the last reading, and was not read again: its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Retracted:
    """An article that its publisher took back: its id, the reason in a sentence."""

    id: str
    reason: str


Item = Article | Skipped | Unchanged | Retracted


class Source(Protocol):
    """A place that articles come from."""

    @property
    def name(self) -> str:
        """The source as the operator wrote it: a path or an address."""
        ...

    @property
    def whole(self) -> bool:
        """Whether `read` tells of every article there is, so that the others are gone; else they stay."""
        ...

    def read(self) -> Iterator[Item]:
        """What the source has to tell, in a stable order.

        A source that isn't whole remembers an item only when it is asked for the next one: whoever reads
        it keeps each item before that.

        Raises:
            SourceError: the source as a whole can't be read.
        """
        ...


@runtime_checkable
class Waiting(Source, Protocol):
    """A source that mostly waits for a host, so that those of other hosts can be read meanwhile."""

    @property
    def host(self) -> str:
        """Whom it waits for."""
        ...

    def read_beside(self, floor: Floor) -> Iterator[Item]:
        """As `read`, for a thread that has the floor; it is left while the host is waited for.

        Raises:
            SourceError: as with `read`.
            Closed: the floor isn't given any more.
        """
        ...


@runtime_checkable
class Remembering(Protocol):
    """A source that needn't read again what is as it was, if it is told what that was."""

    @property
    def readings(self) -> dict[bytes, str]:
        """Digests of what gave an article, with its id: filled before `read`, and to be kept after it."""
        ...
