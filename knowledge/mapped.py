"""Strings on disk that are read, and searched, where they lie; nothing is loaded first."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
T = TypeVar("T")


def mapped(file: Path) -> npt.NDArray[Any]:
    """The array in a `.npy` file, memory-mapped, as a plain array: numpy's own class is slow to index."""
    return np.asarray(np.load(file, mmap_mode="r"))


def write_pieces(file: Path, kind: npt.DTypeLike, length: int, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a flat array of `length` values of that kind as `np.save` would, piece by piece."""
    header = {"descr": np.dtype(kind).str, "fortran_order": False, "shape": (length,)}
    with file.open("wb") as opened:
        np.lib.format.write_array_header_1_0(opened, header)
        opened.writelines(pieces)


def spliced(old_of: Numbers, old: Callable[[int, int], T], fresh: Callable[[int, int], T]) -> Iterator[T]:
    """What a sequence is made of, in as few pieces as go.

    Args:
        old_of: for each member its number in an older sequence, -1 for the next one of what is new.
        old: the older one's piece from one number up to another.
        fresh: the same of what is new.
    """
    breaks = np.flatnonzero(np.diff(old_of) != (old_of[:-1] >= 0)) + 1
    taken = 0
    for begin, end in pairwise([0, *breaks.tolist(), len(old_of)]):
        first, length = int(old_of[begin]) if begin < end else 0, end - begin
        if first < 0:
            yield fresh(taken, taken := taken + length)
        else:
            yield old(first, first + length)


def carried(old: npt.NDArray[Any], old_of: Numbers, fresh: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """By new number the row of number `old_of` in `old`, or for -1 the next one of `fresh`."""
    pieces = spliced(old_of, lambda *rows: old[slice(*rows)], lambda *rows: fresh[slice(*rows)])
    return np.concatenate(list(pieces))


class Strings:
    """Numbered strings, memory-mapped: opening costs the same for ten of them and ten million."""

    def __init__(self, folder: Path, name: str) -> None:
        self._begins = mapped(folder / f"{name}.begins.npy")
        self._bytes = mapped(folder / f"{name}.bytes.npy")

    @staticmethod
    def write(folder: Path, name: str, strings: Iterable[str]) -> None:
        """Write `strings` in their order."""
        encoded = [string.encode() for string in strings]
        _write(folder, name, np.array(list(map(len, encoded)), dtype=np.int64), [b"".join(encoded)])

    @staticmethod
    def write_changed(
        folder: Path, name: str, old: "Strings | None", old_of: Numbers, added: Sequence[str]
    ) -> None:
        """Write strings of which most are in `old`; runs of these are copied as they lie.

        Args:
            folder: where to write.
            name: under which name.
            old: what most of the strings are copied from; None for nothing.
            old_of: by new number the number in `old`, -1 for the next of `added`.
            added: the strings that aren't copied, in their order.
        """
        if old is None:
            return Strings.write(folder, name, added)
        encoded = [string.encode() for string in added]
        lengths = carried(np.diff(old._begins), old_of, np.array(list(map(len, encoded)), dtype=np.int64))
        pieces: Iterator[bytes | memoryview] = spliced(
            old_of, old._joined, lambda first, end: b"".join(encoded[first:end])
        )
        _write(folder, name, lengths, pieces)

    def _joined(self, first: int, end: int) -> memoryview:
        return self._bytes[self._begins[first] : self._begins[end]].data

    def __len__(self) -> int:
        return len(self._begins) - 1

    def __iter__(self) -> Iterator[str]:
        """All strings in order, the faster way to read them all."""
        whole, begins = self._bytes.tobytes(), self._begins.tolist()
        return (whole[begin:end].decode() for begin, end in pairwise(begins))

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


def _write(folder: Path, name: str, lengths: Numbers, pieces: Iterable[bytes | memoryview]) -> None:
    begins = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    np.save(folder / f"{name}.begins.npy", begins)
    write_pieces(folder / f"{name}.bytes.npy", np.uint8, int(begins[-1]), pieces)
