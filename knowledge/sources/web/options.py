"""How a source on the web is followed."""

from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.sources.web.documents import Kind

EVERY_MINUTES: dict[Kind, int] = {"feed": 15, "sitemap": 60, "page": 60}


@dataclass(frozen=True, slots=True)
class FollowOptions:
    """How a source on the web is followed; the fields are those of a source in the settings."""

    every_minutes: int | None = None
    pages_per_check: int = 200
    since: date | None = None
    recheck_days: int = 7

    def interval(self, kind: Kind | None) -> timedelta:
        """How often it is checked."""
        return timedelta(minutes=self.every_minutes or EVERY_MINUTES[kind or "feed"])
