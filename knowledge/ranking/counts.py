"""How often things stand together, as a sparse matrix that is changed in time linear in its size.

Everything that a generation counts has this shape: how often each term stands in each passage, how often
each term follows each other one. An index that is made of the last one by renumbering, taking away and
adding must be the one that counting everything anew would give, byte for byte.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.mapped import mapped

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """A sparse matrix of counts other than 0, row by row (CSR).

    Attributes:
        begins: where each row begins, and after the last one where it ends, int64.
        columns: the columns of each row in their order, uint32.
        counts: what stands there, int32.
    """

    begins: Numbers
    columns: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.int32]

    @classmethod
    def of(cls, rows: Numbers, columns: Numbers, height: int) -> "Counts":
        """How often each pair of a row and a column comes among these, for rows 0 to `height` - 1."""
        width = int(columns.max(initial=0)) + 1
        keys, counts = np.unique(rows * width + columns, return_counts=True)
        held, columns = np.divmod(keys, width)
        begins = np.searchsorted(held, np.arange(height + 1))
        return cls(begins, columns.astype(np.uint32), counts.astype(np.int32))

    @classmethod
    def none(cls) -> "Counts":
        """The matrix without rows."""
        return cls(np.zeros(1, np.int64), np.empty(0, np.uint32), np.empty(0, np.int32))

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
        return np.repeat(np.arange(len(self.begins) - 1), np.diff(self.begins))

    def at(self, rows: Numbers, columns: Numbers) -> Numbers:
        """The counts in these places, 0 where nothing stands."""
        places, known = self._found(rows, columns)
        counts = np.zeros(len(rows), dtype=np.int64)
        counts[known] = self.counts[places[known]]
        return counts

    def renumbered(self, row_of: Numbers, column_of: Numbers, height: int) -> "Counts":
        """The same counts in other places, for rows 0 to `height` - 1.

        Args:
            row_of: by row its new number, -1 for one without counts; these rise.
            column_of: by column its new number, -1 for one that is dropped with its counts; these rise.
            height: how many rows there are from now on.
        """
        columns = column_of.astype(np.int32)[self.columns]
        dropped = np.flatnonzero(columns < 0)
        held = np.diff(self.begins) - np.bincount(self._rows_at(dropped), minlength=len(row_of))
        lengths = np.zeros(height, dtype=np.int64)
        lengths[row_of[row_of >= 0]] = held[row_of >= 0]
        kept, counts = np.delete(columns, dropped), np.delete(self.counts, dropped)
        return Counts(_begins(lengths), kept.view(np.uint32), counts)

    def plus(self, other: "Counts") -> "Counts":
        """The sums, without those that are 0; `other` has as many rows, and had better be the smaller one."""
        rows = other.rows
        places, known = self._found(rows, other.columns)
        counts = np.array(self.counts)
        counts[places[known]] += other.counts[known]
        gone = places[known][counts[places[known]] == 0]
        lengths = np.diff(self.begins) + np.bincount(rows[~known], minlength=len(self.begins) - 1)
        lengths -= np.bincount(self._rows_at(gone), minlength=len(lengths))
        columns = np.insert(self.columns, places[~known], other.columns[~known])
        counts = np.insert(counts, places[~known], other.counts[~known])
        if len(gone):
            gone = gone + np.searchsorted(places[~known], gone, side="right")
            columns, counts = np.delete(columns, gone), np.delete(counts, gone)
        return Counts(_begins(lengths), columns, counts)

    def negated(self) -> "Counts":
        """What takes these counts away when it is added."""
        return Counts(self.begins, self.columns, -self.counts)

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


def _begins(lengths: Numbers) -> Numbers:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
