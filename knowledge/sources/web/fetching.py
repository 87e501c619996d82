"""What following a source needs of whoever fetches for it."""

from typing import Protocol

from knowledge.sources.floor import Floor
from knowledge.sources.web.fetcher import Fetched, NotModified
from knowledge.sources.web.headers import NO_VALIDATORS, Validators

Answer = Fetched | NotModified


class Fetching(Protocol):
    """Fetches addresses; the `Fetcher` does it from the web."""

    def get(self, url: str, validators: Validators = NO_VALIDATORS) -> Answer:
        """What is at `url`, or that it is still as it was when it had these validators.

        Raises:
            FetchError: nothing that can be used.
        """
        ...


class FetchingAside:
    """Fetches for a thread that has the floor, which others may have meanwhile."""

    def __init__(self, fetcher: Fetching, floor: Floor) -> None:
        self._fetcher = fetcher
        self._floor = floor

    def get(self, url: str, validators: Validators = NO_VALIDATORS) -> Answer:
        """What the fetcher gives.

        Raises:
            FetchError: nothing that can be used.
            Closed: the floor isn't given any more.
        """
        with self._floor.left():
            return self._fetcher.get(url, validators)
