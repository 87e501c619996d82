"""Where articles come from."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from knowledge.errors import SourceError
from knowledge.sources.folder import FolderSource, read_json_lines
from knowledge.sources.source import Item, Retracted, Skipped, Source, Unchanged

if TYPE_CHECKING:
    from knowledge.sources.web.options import FollowOptions
    from knowledge.sources.web.web_source import Web

__all__ = [
    "FolderSource",
    "Item",
    "Retracted",
    "Skipped",
    "Source",
    "Unchanged",
    "read_json_lines",
    "source_at",
]

A_FOLDER = "give the path of a folder of articles"


def source_at(
    location: str,
    kind: Literal["folder", "page", "feed", "sitemap"] | None = None,
    *,
    options: "FollowOptions | None" = None,
    web: "Web | None" = None,
) -> Source:
    """The source at a location as the operator writes it: a folder's path, or an address of the web.

    Args:
        location: a path, or what begins with http:// or https://.
        kind: what is there; by default a folder, or what an address is found to be at its first check.
        options: how an address is followed.
        web: what an address is followed with; without it there are only folders.

    Raises:
        SourceError: there is no such kind of source at such a location.
    """
    if location.startswith(("http://", "https://")) and kind != "folder":
        if web is None:
            raise SourceError(f"source “{location}”: addresses are not followed here; {A_FOLDER}")
        # here, since httpx, feedparser and lxml take a sixth of a second, and a question needs none of them
        from knowledge.sources.web.options import FollowOptions
        from knowledge.sources.web.web_source import WebSource

        return WebSource(location, kind, options or FollowOptions(), web.memory, web.fetcher, web.clock)
    if not location.strip() or "://" in location:
        raise SourceError(f"source “{location}”: not supported; {A_FOLDER}, or an http(s) address")
    if kind not in (None, "folder"):
        raise SourceError(
            f"source “{location}”: no {kind}, since it is no http(s) address; {A_FOLDER}, or correct it"
        )
    return FolderSource(Path(location))
