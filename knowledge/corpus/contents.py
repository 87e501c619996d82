"""What a generation is to hold, and what of the last one it can keep."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from knowledge.articles import Article

FINGERPRINT_BYTES = 16

NOBODY: Mapping[str, str] = {}
"""The publishers of sources, where none is known."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The articles of a generation, without their texts.

    Attributes:
        ids: the articles' ids.
        fingerprints: of each a digest of all that a reader sees.
        published: when each came out.
        load: the articles with the given numbers, in their order.
    """

    ids: Sequence[str]
    fingerprints: Sequence[bytes]
    published: Sequence[date | None]
    load: Callable[[Sequence[int]], Iterable[Article]]

    @property
    def marks(self) -> npt.NDArray[np.uint8]:
        """The fingerprints as rows of bytes."""
        joined = np.frombuffer(b"".join(self.fingerprints), dtype=np.uint8)
        return joined.reshape(-1, FINGERPRINT_BYTES)

    @classmethod
    def of(cls, articles: Sequence[Article]) -> "Contents":
        """Contents that are in memory."""
        return cls(
            [article.id for article in articles],
            [fingerprint_of(article) for article in articles],
            [article.published for article in articles],
            lambda numbers: (articles[number] for number in numbers),
        )


def fingerprint_of(article: Article) -> bytes:
    """A digest of all that a reader sees of the article, 16 bytes; its copies don't count."""
    published = article.published and article.published.isoformat()
    seen = (article.title, article.text, article.url, published, article.publisher)
    return blake2b("\0".join(part or "" for part in seen).encode(), digest_size=FINGERPRINT_BYTES).digest()


def fingerprint_with(fingerprint: bytes, publisher: str | None) -> bytes:
    """The fingerprint of an article whose source has this publisher; as it is without one."""
    if publisher is None:
        return fingerprint
    return blake2b(fingerprint + publisher.encode(), digest_size=FINGERPRINT_BYTES).digest()
