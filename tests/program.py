"""The real program as a subprocess."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.web.standin import StandIn

REPO = Path(__file__).parents[1]
PATIENCE_S = 300.0
"""Reloads give way to all else that the machine does."""
TOKEN_FORM = re.compile(r"\d+:[\w-]{35}", re.ASCII)


@dataclass
class Program:
    """A running `khabar`, and what it has written so far."""

    process: asyncio.subprocess.Process
    output: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def read(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        async for line in stream:
            async with self._news:
                lines.append(line.decode())
                self._news.notify_all()

    async def wait_for(self, text: str) -> str:
        """The first line of the output or the log with `text` in it."""
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: text in self.said)
        return next(line for line in (*self.output, *self.log) if text in line)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Sends the signal; the exit code."""
        self.process.send_signal(number)
        return await self.exit_code()

    async def exit_code(self) -> int:
        async with asyncio.timeout(PATIENCE_S):
            return await self.process.wait()

    @property
    def said(self) -> str:
        return "".join((*self.output, *self.log))


@asynccontextmanager
async def khabar(*arguments: str, folder: Path, **settings: str) -> AsyncIterator[Program]:
    """`khabar` with these arguments in `folder`, the settings as its environment; killed at the end.

    Whatever it does, nothing that looks like a token may be in what it writes.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=folder,
        env=kept | {"PYTHONPATH": str(REPO), "KHABAR_WEB__PORT": "0"} | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    program = Program(process)
    streams = ((process.stdout, program.output), (process.stderr, program.log))
    readers = [asyncio.create_task(program.read(stream, lines)) for stream, lines in streams if stream]
    try:
        yield program
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await asyncio.gather(*readers)
        print(program.said)  # shown when the test fails
    assert not TOKEN_FORM.search(program.said)


def led_to(standin: StandIn) -> dict[str, str]:
    """The settings that lead the program to a stand-in."""
    return {"TELEGRAM_BOT_TOKEN": standin.token, "KHABAR_TELEGRAM__BASE_URL": standin.origin}
