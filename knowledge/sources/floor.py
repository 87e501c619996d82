"""One thread at a time: the others go on while it waits."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Closed(Exception):
    """Nobody gets the floor any more: whoever waited for it is to end."""


class Floor:
    """Who has the floor works; it is left while there is nothing to do but wait.

    So sources are read side by side, though all that they do is done by one thread at a time: neither the
    store nor the libraries that read pages need to know of threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the floor, and have it inside the block.

        Raises:
            Closed: it isn't given any more.
        """
        with self._lock:
            self._check()
            yield

    @contextmanager
    def left(self) -> Iterator[None]:
        """Leave the floor to others inside the block, and wait for it at its end.

        Raises:
            Closed: it isn't given any more.
        """
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()
            self._check()

    def close(self) -> None:
        """Give it to nobody any more."""
        self._closed = True

    def _check(self) -> None:
        if self._closed:
            raise Closed
