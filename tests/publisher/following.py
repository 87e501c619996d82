"""One feed on this machine, followed by what `khabar reload` is made of."""

from datetime import timedelta
from pathlib import Path

from clocks import START, ManualClock

from bot.corpus.sources import Sources
from bot.settings import Settings
from knowledge.corpus.reload import Progress, ReloadReport, reload


def settings_of(data_dir: Path, feed: str) -> Settings:
    return Settings.model_validate(
        {
            "data_dir": data_dir,
            "corpus": {"sources": [{"location": feed, "kind": "feed"}]},
            "fetching": {"allowed_hosts": ["127.0.0.1"]},
        }
    )


def follow(feed: str, data_dir: Path, progress: Progress, later: timedelta = timedelta(0)) -> ReloadReport:
    """What a reload of the feed did, some time after the first day."""
    with Sources.open(settings_of(data_dir, feed), ManualClock(START + later)) as sources:
        return reload(sources.to_read(sources.all()), data_dir, progress=progress)
