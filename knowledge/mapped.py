"""Strings on disk that are read, and searched, where they lie; nothing is loaded first."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def mapped(file: Path) -> npt.NDArray[Any]:
    """The array in a `.npy` file, memory-mapped, as a plain array: numpy's own class is slow to index."""
    return np.asarray(np.load(file, mmap_mode="r"))


class Strings:
    """Numbered strings, memory-mapped: opening costs the same for ten of them and ten million."""

    def __init__(self, folder: Path, name: str) -> None:
        self._begins = mapped(folder / f"{name}.begins.npy")
        self._bytes = mapped(folder / f"{name}.bytes.npy")

    @staticmethod
    def write(folder: Path, name: str, strings: Iterable[str]) -> None:
        """Write `strings` in their order."""
        encoded = [string.encode() for string in strings]
        np.save(folder / f"{name}.begins.npy", np.cumsum([0, *map(len, encoded)], dtype=np.int64))
        np.save(folder / f"{name}.bytes.npy", np.frombuffer(b"".join(encoded), dtype=np.uint8))

    def __len__(self) -> int:
        return len(self._begins) - 1

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> str:
        return self._encoded(number).decode()

    def _encoded(self, number: int) -> bytes:
        return bytes(self._bytes[self._begins[number] : self._begins[number + 1]])


class SortedStrings(Strings):
    """Distinct strings in the order of their UTF-8 bytes, which is that of their code points."""

    def number(self, string: str) -> int | None:
        """The string's number, by binary search; None for one that isn't there."""
        wanted = string.encode()
        number = bisect_left(range(len(self)), wanted, key=self._encoded)
        return number if number < len(self) and self._encoded(number) == wanted else None
