from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.mapped import SortedStrings, Strings

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
