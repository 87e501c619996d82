"""What Khabar does when the schedule calls: read the sources whose time has come, and publish."""

import mmap
import struct
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.corpus.sources import Sources
from bot.settings import Settings, SourceSettings
from knowledge.corpus.reload import Conditions, Progress, ReloadReport, reload

DOUBLE = struct.Struct("d")


class SharedClock:
    """A clock that several processes put forward: it stands in a file, and stands still by itself."""

    def __init__(self, path: Path, now: datetime | None = None) -> None:
        self.path = path
        if now:
            path.write_bytes(DOUBLE.pack(now.timestamp()))
        with path.open("r+b") as file:
            self._time = mmap.mmap(file.fileno(), DOUBLE.size)

    def now(self) -> datetime:
        return datetime.fromtimestamp(DOUBLE.unpack(self._time[:])[0], UTC)

    def sleep(self, seconds: float) -> None:
        self._time[:] = DOUBLE.pack(self.now().timestamp() + seconds)

    def put(self, now: datetime) -> None:
        self._time[:] = DOUBLE.pack(now.timestamp())


def settings_of(data_dir: Path, sources: Sequence[SourceSettings]) -> Settings:
    """Those of an operator who follows these sources on this machine."""
    return Settings.model_validate(
        {
            "data_dir": data_dir,
            "corpus": {"sources": sources},
            "fetching": {"allowed_hosts": ["127.0.0.1"], "max_mb": 1},
        }
    )


def check(sources: Sources, settings: Settings, progress: Progress) -> ReloadReport | None:
    """What a reload of the sources that are due did; None when none is."""
    if not sources.is_due():
        return None
    to_read = sources.to_read(sources.all(), due=True)
    conditions = Conditions(largest_fall=settings.reload.largest_fall)
    report = reload(to_read, settings.data_dir, conditions, progress=progress)
    sources.have_read(to_read, {failed.name: failed.reason for failed in report.failed})
    return report
