"""What needn't be read again: files and lines that are as they were when they last gave an article."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b

from knowledge.articles import Article
from knowledge.sources.source import Item, Unchanged

STAMP_BYTES = 16

HOW = 2
"""Raised whenever the same bytes give another article than before: then everything is read again."""


def digest(*parts: str) -> bytes:
    """16 bytes that tell these texts from others; bytes that are no UTF-8 may be among them."""
    text = "\0".join((str(HOW), *parts))
    return blake2b(text.encode(errors="surrogateescape"), digest_size=STAMP_BYTES).digest()


class Readings:
    """What was read last time, and what is read this time.

    Attributes:
        now: the digests of what gave just an article this time, with the article's id.
    """

    def __init__(self, before: Mapping[bytes, str]) -> None:
        self._before = before
        self._told: set[str] = set()
        self.now: dict[bytes, str] = {}

    def unless_known(
        self,
        stamps: Sequence[bytes],
        read: Callable[[], Iterator[Item]],
        stamp_of: Callable[[Article], bytes],
    ) -> Iterator[Item]:
        """The article as `Unchanged` when one of the stamps is known, or else what `read` gives.

        Of several with one id only the first is remembered: it is the one that counts. What is left out,
        in whole or in part, is read each time, so that it is reported each time.
        """
        for stamp in stamps:
            id = self._before.get(stamp)
            if id is not None and id not in self._told:
                self._remember(stamp, id)
                yield Unchanged(id)
                return
        items = list(read())
        for item in items:
            if isinstance(item, Article) and item.id not in self._told:
                if len(items) == 1:
                    self._remember(stamp_of(item), item.id)
                self._told.add(item.id)
        yield from items

    def _remember(self, stamp: bytes, id: str) -> None:
        self.now[stamp] = id
        self._told.add(id)
