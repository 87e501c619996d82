"""How common words are in Hindi at large: what a small corpus can't know of its own words."""

from collections.abc import Mapping
from importlib import resources

Background = Mapping[str, float]
"""By index term the share of passages, 0 to 1, that hold it; words that are rare everywhere are left out."""


def read_background() -> Background:
    """The shares in `data/background.tsv`."""
    text = resources.files(__package__).joinpath("data/background.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {term: float(share) for term, share in rows}
