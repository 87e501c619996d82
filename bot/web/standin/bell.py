"""Waiting for something to happen, without looking again and again."""

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes everybody who waits for it; used within one event loop."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Lets all who wait look again."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait_until(self, ready: Callable[[], bool], timeout_s: float) -> bool:
        """Whether `ready` has become true within `timeout_s`; looked at now and at every ring."""
        try:
            async with asyncio.timeout(timeout_s):
                while not ready():
                    await self._rung.wait()
        except TimeoutError:
            return ready()
        return True
