"""Sparse matrices of counts beside whole ones: changed by blocks, they are what counting anew gives."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import pytest

from knowledge.ranking.counts import BLOCK, Counts, write_counts

HEIGHT, WIDTH = 700, 900
Matrix = npt.NDArray[np.int64]


def sparse(matrix: Matrix) -> Counts:
    rows, columns = np.nonzero(matrix)
    times = matrix[rows, columns]
    return Counts.of(np.repeat(rows, times), np.repeat(columns, times), len(matrix))


def drawn(seed: int, height: int, width: int, share: float, most: int = 3) -> Matrix:
    random = np.random.default_rng(seed)
    matrix = random.integers(1, most + 1, (height, width))
    matrix[random.random((height, width)) > share] = 0
    return matrix


def whole(parts: list[Counts]) -> Counts:
    with TemporaryDirectory() as folder:
        write_counts(Path(folder), "counts", parts)
        return Counts.read(Path(folder), "counts")


def assert_same(found: Counts, expected: Matrix) -> None:
    for part in ("begins", "columns", "counts"):
        ours, theirs = getattr(found, part), getattr(sparse(expected), part)
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("seed", range(4))
def test_changes_in_many_blocks_are_those_of_the_whole_matrix(seed: int) -> None:
    random = np.random.default_rng(seed)
    before = drawn(seed, HEIGHT, WIDTH, 0.7)
    before[random.random(HEIGHT) < 0.1] = 0  # rows without counts, of which some go
    before[350] = 0
    assert np.count_nonzero(before) > 3 * BLOCK
    fewer = np.minimum(before, drawn(seed + 1, HEIGHT, WIDTH, 0.05))
    fewer[4], fewer[500] = before[4], before[500]  # rows that lose all they had
    kept_rows = (before - fewer).any(axis=1) | (random.random(HEIGHT) < 0.3)
    kept_columns = random.random(WIDTH) < 0.95
    places = 1 + np.sort(random.choice(HEIGHT + 39, kept_rows.sum(), replace=False))  # the first row is new
    row_of = np.full(HEIGHT, -1)
    row_of[kept_rows] = places
    column_of = np.where(kept_columns, np.cumsum(kept_columns) + 9, -1)
    more = drawn(seed + 2, HEIGHT + 40, WIDTH + 50, 0.02)
    after = more.copy()
    after[np.ix_(places, column_of[kept_columns])] += (before - fewer)[np.ix_(kept_rows, kept_columns)]
    assert_same(whole(sparse(before).changed(sparse(fewer), row_of, column_of, sparse(more))), after)


def test_counts_that_grow_and_shrink_are_kept_in_the_type_that_holds_them() -> None:
    small, high = np.array([[255, 0], [1, 2]]), np.array([[1, 0], [0, 0]])
    same = np.arange(2)
    grown = whole(sparse(small).changed(Counts.none(2), same, same, sparse(high)))
    assert (grown.counts.dtype.name, grown.counts.tolist()) == ("uint16", [256, 1, 2])
    assert grown.at(np.array([0, 0, 1]), np.array([0, 1, 1])).tolist() == [256, 0, 2]
    shrunk = whole(grown.changed(sparse(high), same, same, Counts.none(2)))
    assert (shrunk.counts.dtype.name, shrunk.counts.tolist()) == ("uint8", [255, 1, 2])


@pytest.mark.parametrize("height", [0, 1, 3])
def test_a_matrix_made_of_nothing_is_what_is_added(height: int) -> None:
    added = drawn(1, height, 5, 0.5)
    nothing = np.empty(0, np.int64)
    assert_same(whole(Counts.none().changed(Counts.none(), nothing, np.arange(5), sparse(added))), added)
