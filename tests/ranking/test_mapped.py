from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.mapped import SortedStrings, Strings, carried, spliced

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def sorted_strings(strings: list[str]) -> SortedStrings:
    with TemporaryDirectory() as folder:
        SortedStrings.write(Path(folder), "terms", strings)
        return SortedStrings(Path(folder), "terms")


@given(st.lists(texts))
def test_strings_come_back_as_they_were_written(strings: list[str]) -> None:
    with TemporaryDirectory() as folder:
        Strings.write(Path(folder), "articles", strings)
        read = Strings(Path(folder), "articles")
    assert len(read) == len(strings)
    assert list(read) == strings
    assert [read[number] for number in range(len(read))] == strings


@given(st.lists(st.integers(-1, 9), max_size=20))
def test_what_is_carried_over_stands_between_what_is_new(old_of: list[int]) -> None:
    fresh = iter(range(100, 200))
    expected = [next(fresh) if number < 0 else number for number in old_of]
    found = carried(np.arange(10), np.array(old_of, dtype=np.int64), np.arange(100, 100 + old_of.count(-1)))
    assert found.tolist() == expected


def test_neighbours_are_carried_over_together() -> None:
    old_of = np.array([0, 1, 2, -1, -1, 3, 4, 7, 5])
    pieces = spliced(old_of, lambda *rows: ("old", *rows), lambda *rows: ("new", *rows))
    assert list(pieces) == [("old", 0, 3), ("new", 0, 2), ("old", 3, 5), ("old", 7, 8), ("old", 5, 6)]


@given(st.sets(texts), texts)
def test_each_string_is_found_by_its_number_and_no_other(strings: set[str], other: str) -> None:
    table = sorted_strings(sorted(strings))
    assert [table.number(string) for string in sorted(strings)] == list(range(len(strings)))
    assert (table.number(other) is not None) == (other in strings)


@pytest.mark.parametrize("string", ["", "आम", "a"])
def test_an_empty_table_has_no_number_for_anything(string: str) -> None:
    table = sorted_strings([])
    assert (len(table), list(table), table.number(string)) == (0, [], None)


def test_a_part_of_a_string_is_another_string() -> None:
    table = sorted_strings(["आम", "आमरस", "नदी"])
    assert [table.number(string) for string in ("आ", "आम", "आमर", "आमरस", "ी", "नदी")] == [
        None,
        0,
        None,
        1,
        None,
        2,
    ]
