"""The sample corpus: short Hindi articles that Khabar serves until it is told where a publisher's are."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""The folder of the sample articles."""
