"""Reloads in a process of their own, so that questions are answered as quickly as ever meanwhile."""

import asyncio
import json
import logging
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.watch.facts import ReloadProgress
from knowledge.corpus.reload import STORE
from knowledge.corpus.store import Reload, Store
from knowledge.errors import KhabarError

_log = logging.getLogger(__name__)

SILENT_FOR_S = 3600.0
"""A reload that says nothing for so long hangs: fetching and building tell of every step."""
_END_WITHIN_S = 10.0
_LONGEST_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a reload ended.

    Attributes:
        result: what became of it; "nothing" was due; one that "died" left no word of its end.
        report: what it did, when it got to its end.
        error: why it didn't.
    """

    result: str
    report: Mapping[str, Any] | None = None
    error: str = ""


def reload_command(config: Path | None, data_dir: Path) -> list[str]:
    """The program that reloads this data folder by the settings of this file, read anew each time."""
    options = [*(["--config", str(config)] if config else []), "--data-dir", str(data_dir)]
    return [sys.executable, "-m", "bot", "reload", "--progress", "json", *options]


def remembering(data_dir: Path) -> Callable[[Reload], None]:
    """What writes a reload into the history of the data folder."""

    def remember(reload: Reload) -> None:
        with Store.open(data_dir / STORE) as store:
            store.remember(reload)

    return remember


class ReloadRunner:
    """Starts reloads, at most one at a time, and tells all who wait how they go.

    `command` is the program with its options; it prints lines of JSON as `khabar reload --progress json`
    does. What it serves, libraries pick up by themselves. `remember` is given those that died, in a thread:
    all others write into the history themselves.
    """

    def __init__(
        self,
        command: Sequence[str],
        silent_for_s: float = SILENT_FOR_S,
        remember: Callable[[Reload], None] = lambda _: None,
    ) -> None:
        self._command = command
        self._silent_for_s = silent_for_s
        self._remember = remember
        self._running: asyncio.Task[None] | None = None
        self._progress: ReloadProgress | None = None
        self._outcome: Outcome | None = None
        self._stopped = False
        self._news = asyncio.Condition()

    def start(self, *, force: bool = False, due: bool = False) -> bool:
        """Whether one was started: at most one runs at a time.

        Args:
            force: publish though much is gone.
            due: read only the sources whose time has come.
        """
        if self._progress or self._stopped:
            return False
        self._progress, self._outcome = ReloadProgress("starting"), None
        options = [*(["--force"] if force else []), *(["--due"] if due else [])]
        self._running = asyncio.create_task(self._run(options))
        return True

    def progress(self) -> ReloadProgress | None:
        """How far it is; None when none runs."""
        return self._progress

    def outcome(self) -> Outcome | None:
        """How the last one ended; None before that."""
        return self._outcome

    async def changed(self, seen: ReloadProgress | None) -> ReloadProgress | None:
        """How far it is as soon as it is further than `seen`; None when it has ended."""
        async with self._news:
            await self._news.wait_for(lambda: self._progress is not seen or seen is None)
        return self._progress

    async def ended(self) -> Outcome | None:
        """How the reload that runs ends, or how the last one did."""
        async with self._news:
            await self._news.wait_for(lambda: self._progress is None)
        return self._outcome

    async def stop(self) -> None:
        """Ends a reload that runs, and starts none any more; what it leaves, the next process clears."""
        first, self._stopped = not self._stopped, True
        if self._running:
            if first:
                self._running.cancel()
            await asyncio.wait([self._running])  # unlike gather, it passes no cancellation on

    async def _run(self, options: Sequence[str]) -> None:
        outcome = Outcome("failed", error="it was ended before its end")
        began, began_s = datetime.now(UTC), time.monotonic()
        try:
            outcome = await self._outcome_of(options)
            if outcome.result == "died":
                await self._keep(Reload(began, time.monotonic() - began_s, "died", reason=outcome.error))
        finally:
            level = logging.WARNING if outcome.error else logging.INFO
            _log.log(level, "A reload ended (%s)%s", outcome.result, outcome.error and f": {outcome.error}")
            self._progress, self._outcome = None, outcome
            await self._tell()

    async def _keep(self, death: Reload) -> None:
        try:
            await asyncio.to_thread(self._remember, death)
        except KhabarError as error:
            _log.error("A reload that died isn't in the history: %s", error)

    async def _outcome_of(self, options: Sequence[str]) -> Outcome:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                *options,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                limit=_LONGEST_LINE,
            )
        except OSError as error:  # such as no memory left to start it in
            return Outcome("died", error=f"{self._command[0]} can't be started: {error.strerror}")
        _log.info("A reload runs as process %d", process.pid)
        try:
            if process.stdout is None:
                raise ValueError("the reload was started without a pipe")
            said = await self._listen(process.stdout)
            code = await asyncio.wait_for(process.wait(), _END_WITHIN_S)
        except TimeoutError:
            return Outcome("died", error=f"it said nothing for {self._silent_for_s:.0f} s and was ended")
        finally:
            await _end(process)
        return _outcome(said, code)

    async def _listen(self, stream: asyncio.StreamReader) -> Mapping[str, Any]:
        """The last line, which says how it ended; empty when none does.

        Raises:
            TimeoutError: nothing was said for too long.
        """
        last: Mapping[str, Any] = {}
        while True:
            async with asyncio.timeout(self._silent_for_s):
                try:
                    line = await stream.readline()
                except ValueError:  # longer than any that is meant
                    continue
            if not line:
                return last
            said = _read(line)
            if "phase" in said:
                self._progress = _progress(said)
                await self._tell()
            elif said:
                last = said

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


def _read(line: bytes) -> Mapping[str, Any]:
    """The object of a line; empty for anything else, as when a library prints something."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _progress(said: Mapping[str, Any]) -> ReloadProgress:
    done, total = said.get("done"), said.get("total")
    return ReloadProgress(
        str(said["phase"]), done if isinstance(done, int) else 0, total if isinstance(total, int) else None
    )


def _outcome(said: Mapping[str, Any], code: int) -> Outcome:
    if "report" in said:
        report = said["report"]
        if report is None:
            return Outcome("nothing")
        return Outcome("published" if report.get("published") else "unchanged", report)
    if "error" in said:
        return Outcome(str(said.get("result", "failed")), error=str(said["error"]))
    ended = f"by signal {-code}" if code < 0 else f"with exit code {code}"
    hint = "maybe memory ran out (journalctl -k)" if code == -signal.SIGKILL else "the log says more"
    return Outcome("died", error=f"its process ended {ended} without a report; {hint}")


async def _end(process: asyncio.subprocess.Process) -> None:
    """Waits for the process, which is asked to end, then made to."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _END_WITHIN_S)
    finally:  # also when the wait was cancelled: no reload outlives the bot
        if process.returncode is None:
            process.kill()
            await process.wait()
