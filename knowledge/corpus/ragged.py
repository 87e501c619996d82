"""Rows of different lengths, one after the other in two flat arrays."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.language.latin.trie import expand
from knowledge.mapped import Numbers, carried, mapped, spliced


@dataclass(frozen=True, slots=True)
class Ragged:
    """Numbered rows of numbers.

    Attributes:
        begins: where each row begins in `values`, and after the last one where it ends.
        values: the rows one after the other.
    """

    begins: Numbers
    values: npt.NDArray[Any]

    @classmethod
    def of(cls, rows: Iterable[npt.ArrayLike], kind: npt.DTypeLike) -> "Ragged":
        """These rows."""
        arrays = [np.asarray(row, dtype=kind) for row in rows]
        begins = np.cumsum([0, *map(len, arrays)], dtype=np.int64)
        return cls(begins, np.concatenate([np.empty(0, dtype=kind), *arrays]))

    @classmethod
    def read(cls, folder: Path, name: str) -> "Ragged":
        """The rows in the files `name`.begins and `name`.values, memory-mapped."""
        return cls(*(mapped(folder / f"{name}.{part}.npy") for part in ("begins", "values")))

    def write(self, folder: Path, name: str) -> None:
        """Write the files that `read` reads."""
        np.save(folder / f"{name}.begins.npy", self.begins)
        np.save(folder / f"{name}.values.npy", self.values)

    def __len__(self) -> int:
        return len(self.begins) - 1

    def __getitem__(self, number: int) -> npt.NDArray[Any]:
        return self.values[self.begins[number] : self.begins[number + 1]]

    def taken(self, numbers: Numbers) -> "Ragged":
        """The rows with these numbers, in the order of the numbers."""
        places, _ = expand(self.begins[numbers], self.begins[numbers + 1])
        lengths = np.diff(self.begins)[numbers]
        return Ragged(np.cumsum(np.append(0, lengths)), self.values[places])

    def carried(self, old_of: Numbers, fresh: "Ragged") -> "Ragged":
        """By new number the row of number `old_of`, or for -1 the next one of `fresh`."""
        lengths = carried(np.diff(self.begins), old_of, np.diff(fresh.begins))
        values = np.concatenate(list(spliced(old_of, self._joined, fresh._joined)))
        return Ragged(np.cumsum(np.append(0, lengths)), values)

    def _joined(self, first: int, end: int) -> npt.NDArray[Any]:
        return self.values[self.begins[first] : self.begins[end]]
