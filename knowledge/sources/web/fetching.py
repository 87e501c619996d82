"""What following a source needs of whoever fetches for it."""

from typing import Protocol

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
