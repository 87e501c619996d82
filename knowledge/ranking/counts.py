"""How often things stand together, as a sparse matrix that is changed in time linear in its size.

Everything that a generation counts has this shape: how often each term stands in each passage, how often
each term follows each other one. An index that is made of the last one by renumbering, taking away and
adding must be the one that counting everything anew would give, byte for byte.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.mapped import mapped, write_pieces

Numbers = npt.NDArray[np.int64]
Range = tuple[int, int]

BLOCK = 1 << 16
"""Counts that are worked on at once, few enough to stay in a processor's cache with all that is made of them:
a matrix of ten million is then changed in two thirds of the time, and without as much memory again."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A sparse matrix of counts other than 0, row by row (CSR).

    Attributes:
        begins: where each row begins, and after the last one where it ends, int64.
        columns: the columns of each row in their order, uint32.
        counts: what stands there, in the smallest unsigned type that holds them all when it is read.
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
        return cls(
            begins, columns.astype(np.uint32), counts.astype(np.min_scalar_type(counts.max(initial=0)))
        )

    @classmethod
    def none(cls, height: int = 0) -> "Counts":
        """The matrix of so many rows without counts."""
        return cls(np.zeros(height + 1, np.int64), np.empty(0, np.uint32), np.empty(0, np.uint8))

    @classmethod
    def read(cls, folder: Path, name: str) -> "Counts":
        """The matrix whose parts are the files `name`.begins, .columns and .counts, memory-mapped."""
        return cls(*(mapped(folder / f"{name}.{part}.npy") for part in ("begins", "columns", "counts")))

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

    def changed(self, fewer: "Counts", row_of: Numbers, column_of: Numbers, more: "Counts") -> "list[Counts]":
        """The counts once some are taken away, what is left is renumbered, and others are added; in parts.

        Args:
            fewer: what is taken away, in these rows and columns; no more than stands there.
            row_of: by row its new number, -1 for one without counts by then; these rise.
            column_of: by column its new number, -1 for one that is dropped with its counts; these rise.
            more: what is added, in the new rows and columns.
        """
        if not len(self.columns):
            return more.parts()
        columns = column_of.astype(np.int32)
        return [
            self._part(*old)
            ._without(fewer._part(*old))
            ._renumbered(row_of[slice(*old)] - new[0], columns, new[1] - new[0])
            ._with(more._part(*new))
            for old, new in _steps(self.begins, row_of, len(more))
        ]

    def parts(self) -> "list[Counts]":
        """Matrices of as many of its rows as are worked on at once, in order."""
        return [self._part(*rows) for rows in pairwise(_blocks(self.begins))]

    def __len__(self) -> int:
        return len(self.begins) - 1

    def _part(self, first: int, end: int) -> "Counts":
        """The rows from `first` up to `end`."""
        begin, stop = self.begins[first], self.begins[end]
        return Counts(self.begins[first : end + 1] - begin, self.columns[begin:stop], self.counts[begin:stop])

    def _renumbered(self, row_of: Numbers, column_of: npt.NDArray[np.int32], height: int) -> "Counts":
        """The counts in their new places, for rows 0 to `height` - 1; below 0 they have none."""
        columns = np.take(column_of, self.columns)
        dropped = np.flatnonzero(columns < 0)
        held = np.diff(self.begins) - np.bincount(self._rows_at(dropped), minlength=len(self))
        lengths = np.zeros(height, dtype=np.int64)
        lengths[row_of[row_of >= 0]] = held[row_of >= 0]
        kept, counts = np.delete(columns, dropped), np.delete(self.counts, dropped)
        return Counts(_begins(lengths), kept.view(np.uint32), counts)

    def _without(self, fewer: "Counts") -> "Counts":
        """What is left of the counts, of these among them; none where 0 is left."""
        if not len(fewer.columns):
            return self
        places = np.searchsorted(self._keys, fewer._keys)
        counts = np.array(self.counts)
        counts[places] -= fewer.counts.astype(counts.dtype)
        gone = places[counts[places] == 0]
        lengths = np.diff(self.begins) - np.bincount(self._rows_at(gone), minlength=len(self))
        return Counts(_begins(lengths), np.delete(self.columns, gone), np.delete(counts, gone))

    def _with(self, more: "Counts") -> "Counts":
        """The sums of both."""
        if not len(more.columns):
            return self
        keys, wanted = self._keys, more._keys
        places = np.searchsorted(keys, wanted)
        new = np.append(keys, -1)[places] != wanted
        counts = self.counts.astype(np.promote_types(self.counts.dtype, more.counts.dtype))
        if not new.all():
            counts = counts.astype(np.uint64)
            counts[places[~new]] += more.counts[~new]
        lengths = np.diff(self.begins) + np.bincount(more._rows_at(np.flatnonzero(new)), minlength=len(self))
        columns = np.insert(self.columns, places[new], more.columns[new])
        return Counts(_begins(lengths), columns, np.insert(counts, places[new], more.counts[new]))

    @property
    def _keys(self) -> Numbers:
        """A number for the place of each count; they rise."""
        return self.rows << 32 | self.columns

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


def write_counts(folder: Path, name: str, parts: Sequence[Counts]) -> None:
    """Write the files that `Counts.read` reads, of a matrix in parts."""
    lengths, size = [np.diff(part.begins) for part in parts], sum(len(part.columns) for part in parts)
    kind = np.min_scalar_type(max(part.counts.max(initial=0) for part in parts))
    np.save(folder / f"{name}.begins.npy", _begins(np.concatenate(lengths)))
    write_pieces(folder / f"{name}.columns.npy", np.uint32, size, (part.columns.data for part in parts))
    counts = (part.counts.astype(kind, copy=False).data for part in parts)
    write_pieces(folder / f"{name}.counts.npy", kind, size, counts)


def _blocks(begins: Numbers) -> list[int]:
    """Where blocks of whole rows with about `BLOCK` counts begin, and where the last one ends."""
    height = len(begins) - 1
    cuts = np.unique(np.searchsorted(begins, np.arange(BLOCK, begins[-1], BLOCK)))
    return [0, *cuts[cuts < height].tolist(), height]


def _steps(begins: Numbers, row_of: Numbers, height: int) -> Iterable[tuple[Range, Range]]:
    """Ranges of rows, each with that of the new rows that they and new ones among them become."""
    row_of = np.append(np.where(row_of < 0, height, row_of), height)
    old = _blocks(begins)
    new = np.minimum.accumulate(row_of[::-1])[::-1][old]
    new[0] = 0
    return zip(pairwise(old), pairwise(new.tolist()), strict=True)


def _begins(lengths: Numbers) -> Numbers:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
