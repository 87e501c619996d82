"""SIGHUP asks the running bot to reload, from its first moment on.

Where the bot runs in a terminal it says that the window was closed, and ends the program as ever.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop  # slow to import, and hold() must come first


def hold() -> None:
    """Has the system keep a SIGHUP until `heard`: to reload a bot that is just starting must not end it."""
    if _asks_to_reload():
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})


@contextmanager
def heard(loop: "AbstractEventLoop", reload: Callable[[], None]) -> Iterator[None]:
    """Has each SIGHUP call `reload` as long as the context lasts, and one that was held at once."""
    if not _asks_to_reload():
        yield
        return
    loop.add_signal_handler(signal.SIGHUP, reload)
    mask_before = signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask_before)  # the loop's end forgets its handlers


def _asks_to_reload() -> bool:
    return sys.stdin is None or not sys.stdin.isatty()
