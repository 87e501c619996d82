"""Where articles come from."""

from pathlib import Path

from knowledge.errors import SourceError
from knowledge.sources.folder import FolderSource, read_json_lines
from knowledge.sources.source import Skipped, Source

__all__ = ["FolderSource", "Skipped", "Source", "read_json_lines", "source_at"]


def source_at(location: str) -> Source:
    """The source at a location as the operator writes it: a folder's path.

    Raises:
        SourceError: it is something else.
    """
    if not location.strip() or "://" in location:
        raise SourceError(f"source “{location}”: not supported; give the path of a folder of articles")
    return FolderSource(Path(location))
