"""The articles that a generation was made of, indexed or as another one's copies: told apart and compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.corpus.contents import FINGERPRINT_BYTES, Contents
from knowledge.corpus.copies import Sketches
from knowledge.mapped import Numbers, Strings, mapped


@dataclass(frozen=True)
class Known:
    """Articles by number, with what tells whether they have changed.

    Attributes:
        ids: their ids.
        fingerprints: digests of what a reader sees of each, a row of bytes each.
        sketches: what copies are found by.
        lead_of: the number of the article that each is a copy of; its own if of none.
    """

    ids: Sequence[str]
    fingerprints: npt.NDArray[np.uint8]
    sketches: Sketches
    lead_of: Numbers

    @classmethod
    def read(cls, folder: Path) -> "Known":
        """Those of the generation in `folder`."""
        fingerprints, lead_of = (mapped(folder / f"known.{part}.npy") for part in ("fingerprints", "leads"))
        return cls(list(Strings(folder, "known")), fingerprints, Sketches.read(folder), lead_of)

    @classmethod
    def of(cls, contents: Contents) -> "Known":
        """Those of contents, each taken for no copy of another."""
        lead_of = np.arange(len(contents.ids))
        return cls(contents.ids, contents.marks, Sketches.none(), lead_of)

    def write(self, folder: Path) -> None:
        """Write the files that `read` reads."""
        Strings.write(folder, "known", self.ids)
        np.save(folder / "known.fingerprints.npy", self.fingerprints)
        self.sketches.write(folder)
        np.save(folder / "known.leads.npy", self.lead_of)

    @cached_property
    def leads(self) -> Numbers:
        """The numbers of the articles that are indexed, in order."""
        return np.flatnonzero(self.lead_of == np.arange(len(self.lead_of)))

    @cached_property
    def copies(self) -> dict[int, list[int]]:
        """By the number of each lead that has copies their numbers."""
        copies: dict[int, list[int]] = {}
        for number in np.flatnonzero(self.lead_of != np.arange(len(self.lead_of))).tolist():
            copies.setdefault(int(self.lead_of[number]), []).append(number)
        return copies

    def unchanged(self, ids: Sequence[str], fingerprints: npt.NDArray[np.uint8]) -> Numbers:
        """For each of these articles its number here; -1 for a new one, or one that looks otherwise."""
        numbers = {id: number for number, id in enumerate(self.ids)}
        found = np.array([numbers.get(id, -1) for id in ids], dtype=np.int64)
        same = np.flatnonzero(found >= 0)
        differ = (self.fingerprints[found[same]] != fingerprints[same]).any(axis=1)
        found[same[differ]] = -1
        return found

    def indexed_alike(self, later: "Known", old_of: Numbers) -> Numbers:
        """For each lead of `later` its place among the leads here, -1 where it or one of its copies changed.

        `old_of` are the numbers here of all articles of `later`, -1 for a changed one.
        """
        place_of = np.full(len(self.ids) + 1, -1, dtype=np.int64)  # one more, for the -1 of changed ones
        place_of[self.leads] = np.arange(len(self.leads))
        places = place_of[old_of[later.leads]]
        copied = set(later.copies) | set(_where(old_of, set(self.copies)))
        for place in np.flatnonzero(np.isin(later.leads, list(copied))).tolist():
            lead = int(later.leads[place])
            now = [int(old_of[number]) for number in later.copies.get(lead, [])]
            if now != self.copies.get(int(old_of[lead]), []):
                places[place] = -1
        return places


def _where(old_of: Numbers, old: set[int]) -> list[int]:
    """The new numbers of these old ones."""
    return np.flatnonzero(np.isin(old_of, list(old))).tolist()


def nothing_known() -> Known:
    """No articles at all."""
    return Known(
        [],
        np.empty((0, FINGERPRINT_BYTES), dtype=np.uint8),
        Sketches.none(),
        np.empty(0, dtype=np.int64),
    )
