"""How often things stand together, as a sparse matrix that is changed in time linear in its size.

Everything that a generation counts has this shape: how often each term stands in each passage, how often
each term follows each other one. An index that is made of the last one by renumbering, taking away and
adding must be the one that counting everything anew would give, byte for byte.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.mapped import mapped

Numbers = npt.NDArray[np.int64]
Range = tuple[int, int]

BLOCK = 1 << 17
"""Counts that are worked on at once, few enough to stay in a processor's cache with all that is made of them:
a matrix of ten million is then changed in a third of the time, and without as much memory again."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A sparse matrix of counts other than 0, row by row (CSR).

    Attributes:
        begins: where each row begins, and after the last one where it ends, int64.
        columns: the columns of each row in their order, uint32.
        counts: what stands there, in the smallest unsigned type that holds them all.
    """

    begins: Numbers
    columns: npt.NDArray[np.uint32]
    counts: npt.NDArray[Any]

    @classmethod
    def of(cls, rows: Numbers, columns: Numbers, height: int) -> "Counts":
        """How often each pair of a row and a column comes among these, for rows 0 to `height` - 1."""
        width = int(columns.max(initial=0)) + 1
        keys, counts = np.unique(rows * width + columns, return_counts=True)
        held, columns = np.divmod(keys, width)
        begins = np.searchsorted(held, np.arange(height + 1))
        return cls(begins, columns.astype(np.uint32), _smallest(counts))

    @classmethod
    def none(cls, height: int = 0) -> "Counts":
        """The matrix of so many rows without counts."""
        return cls(np.zeros(height + 1, np.int64), np.empty(0, np.uint32), np.empty(0, np.uint8))

    @classmethod
    def read(cls, folder: Path, name: str) -> "Counts":
        """The matrix whose parts are the files `name`.begins, .columns and .counts, memory-mapped."""
        return cls(*(mapped(folder / f"{name}.{part}.npy") for part in ("begins", "columns", "counts")))

    def write(self, folder: Path, name: str) -> None:
        """Write the files that `read` reads."""
        np.save(folder / f"{name}.begins.npy", self.begins)
        np.save(folder / f"{name}.columns.npy", self.columns)
        np.save(folder / f"{name}.counts.npy", self.counts)

    @property
    def rows(self) -> Numbers:
        """The row of each count."""
        return np.repeat(np.arange(len(self)), np.diff(self.begins))

    def at(self, rows: Numbers, columns: Numbers) -> Numbers:
        """The counts in these places, 0 where nothing stands."""
        places, known = self._found(rows, columns)
        counts = np.zeros(len(rows), dtype=np.int64)
        counts[known] = self.counts[places[known]]
        return counts

    def changed(self, fewer: "Counts", row_of: Numbers, column_of: Numbers, more: "Counts") -> "Counts":
        """The counts once some are taken away, what is left is renumbered, and others are added.

        Args:
            fewer: what is taken away, in these rows and columns; no more than stands there.
            row_of: by row its new number, -1 for one without counts by then; these rise.
            column_of: by column its new number, -1 for one that is dropped with its counts; these rise.
            more: what is added, in the new rows and columns.
        """
        if not len(self.columns):
            return more
        parts = [
            self._part(*old)
            ._plus(fewer._part(*old), -1)
            ._renumbered(row_of[slice(*old)] - new[0], column_of, new[1] - new[0])
            ._plus(more._part(*new), 1)
            for old, new in _steps(self.begins, row_of, len(more))
        ]
        lengths = np.concatenate([np.diff(part.begins) for part in parts])
        columns = np.concatenate([part.columns for part in parts])
        return Counts(_begins(lengths), columns, np.concatenate([_smallest(part.counts) for part in parts]))

    def parts(self) -> Iterator["Counts"]:
        """Matrices of as many of its rows as are worked on at once, in order."""
        return (self._part(*rows) for rows in pairwise(_blocks(self.begins).tolist()))

    def __len__(self) -> int:
        return len(self.begins) - 1

    def _part(self, first: int, end: int) -> "Counts":
        """The rows from `first` up to `end`."""
        begin, stop = self.begins[first], self.begins[end]
        return Counts(self.begins[first : end + 1] - begin, self.columns[begin:stop], self.counts[begin:stop])

    def _renumbered(self, row_of: Numbers, column_of: Numbers, height: int) -> "Counts":
        """The counts in their new places, for rows 0 to `height` - 1; below 0 they have none."""
        columns = column_of[self.columns]
        dropped = np.flatnonzero(columns < 0)
        held = np.diff(self.begins) - np.bincount(self._rows_at(dropped), minlength=len(self))
        lengths = np.zeros(height, dtype=np.int64)
        lengths[row_of[row_of >= 0]] = held[row_of >= 0]
        kept, counts = np.delete(columns, dropped), np.delete(self.counts, dropped)
        return Counts(_begins(lengths), kept.astype(np.uint32), counts)

    def _plus(self, other: "Counts", sign: int) -> "Counts":
        """The sums with `sign` times the other ones, fewer ones in as many rows, without those that are 0."""
        if not len(other.columns):
            return self
        rows = other.rows
        places, known = self._found(rows, other.columns)
        more = sign * other.counts.astype(np.int64)
        counts = self.counts.astype(np.int64)
        counts[places[known]] += more[known]
        gone = places[known][counts[places[known]] == 0]
        lengths = np.diff(self.begins) + np.bincount(rows[~known], minlength=len(self))
        lengths -= np.bincount(self._rows_at(gone), minlength=len(self))
        columns = np.insert(self.columns, places[~known], other.columns[~known])
        counts = np.insert(counts, places[~known], more[~known])
        if len(gone):
            gone = gone + np.searchsorted(places[~known], gone, side="right")
            columns, counts = np.delete(columns, gone), np.delete(counts, gone)
        return Counts(_begins(lengths), columns, counts)

    def _rows_at(self, places: Numbers) -> Numbers:
        return np.searchsorted(self.begins, places, side="right") - 1

    def _found(self, rows: Numbers, columns: npt.NDArray[Any]) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """Where in its row each of these columns stands or belongs, and whether it stands there.

        Binary searches, all at once.
        """
        low, high = self.begins[rows], self.begins[rows + 1]
        ends = high.copy()
        while len(left := np.flatnonzero(low < high)):
            middle = (low[left] + high[left]) // 2
            before = self.columns[middle] < columns[left]
            low[left[before]] = middle[before] + 1
            high[left[~before]] = middle[~before]
        known = low < ends
        known[known] = self.columns[low[known]] == columns[known]
        return low, known


def _blocks(begins: Numbers) -> Numbers:
    """Where blocks of whole rows with about `BLOCK` counts begin, and where the last one ends."""
    cuts = np.searchsorted(begins, np.arange(BLOCK, begins[-1], BLOCK))
    return np.unique([0, *cuts, len(begins) - 1])


def _steps(begins: Numbers, row_of: Numbers, height: int) -> Iterable[tuple[Range, Range]]:
    """Ranges of rows, each with that of the new rows that they and new ones among them become."""
    row_of = np.append(np.where(row_of < 0, height, row_of), height)
    old = _blocks(begins)
    new = np.minimum.accumulate(row_of[::-1])[::-1][old]
    new[0] = 0
    return zip(pairwise(old.tolist()), pairwise(new.tolist()), strict=True)


def _smallest(counts: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return counts.astype(np.min_scalar_type(counts.max(initial=0)), copy=False)


def _begins(lengths: Numbers) -> Numbers:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
