"""Ports of this machine."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_port() -> Iterator[int]:
    """A port that nobody else gets, and at which nobody listens, unless a test has a server do so."""
    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # servers, which set it too, may share it
        place.bind(("127.0.0.1", 0))
        yield int(place.getsockname()[1])
