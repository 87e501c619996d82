from pathlib import Path

import pytest

from knowledge.errors import DictionaryError
from knowledge.language.freedict import Dictionary, dictionary_index, find_dictionary


@pytest.mark.parametrize("packed", [True, False])
def test_entries_are_read_packed_or_not(write_dictionary, packed) -> None:
    assert Dictionary.open(write_dictionary(packed=packed)).words("cobbler") == ["मोची"]


def test_nouns_come_first_and_single_words_before_those_of_longer_glosses(write_dictionary) -> None:
    words = Dictionary.open(write_dictionary()).words("sieve")

    assert words == ["छलनी", "चलनी", "छानना", "ध्यान", "से", "देखना"]


def test_only_heads_of_one_word_are_kept(write_dictionary) -> None:
    assert set(Dictionary.open(write_dictionary()).heads) == {"cobbler", "sieve", "the", "meander"}


def test_an_unknown_head_has_no_words(write_dictionary) -> None:
    assert Dictionary.open(write_dictionary()).words("tailor") == []


def test_it_is_found_in_the_folder_where_it_is_installed(write_dictionary, tmp_path) -> None:
    assert find_dictionary(tmp_path) is None
    index = write_dictionary()
    assert find_dictionary(tmp_path) == index
    (tmp_path / "freedict-eng-hin.dict.dz").unlink()
    assert find_dictionary(tmp_path) is None


def test_any_of_its_files_and_its_folder_lead_to_it(write_dictionary, tmp_path) -> None:
    index = write_dictionary()
    for location in (index, index.with_suffix(".dict.dz"), tmp_path):
        assert dictionary_index(location) == index


@pytest.mark.parametrize("missing", ["freedict-eng-hin.index", "freedict-eng-hin.dict.dz"])
def test_a_missing_file_is_named(write_dictionary, missing) -> None:
    index = write_dictionary()
    index.with_name(missing).unlink()
    with pytest.raises(DictionaryError, match=r"freedict-eng-hin\.\w+ is missing"):
        dictionary_index(index)


def cut_short(index: Path) -> None:
    packed = index.with_suffix(".dict.dz")
    packed.write_bytes(packed.read_bytes()[:-20])


def not_packed(index: Path) -> None:
    index.with_suffix(".dict.dz").write_text("मोची", "utf-8")


def of_another_dictionary(index: Path) -> None:
    index.write_text(index.read_text("utf-8") + "zebra\t////\tB\n", "utf-8")


def not_an_index(index: Path) -> None:
    index.write_text("cobbler: मोची\n", "utf-8")


def not_utf_8(index: Path) -> None:
    index.write_bytes(b"\xff\xfe\tA\tB\n")


@pytest.mark.parametrize("damage", [cut_short, not_packed, of_another_dictionary, not_an_index, not_utf_8])
def test_a_damaged_dictionary_is_an_error_that_names_it(write_dictionary, damage) -> None:
    index = write_dictionary()
    damage(index)
    with pytest.raises(DictionaryError, match=r"freedict-eng-hin\.index can't be read: .+"):
        Dictionary.open(index)


def test_the_dictionary_as_debian_installs_it() -> None:
    index = find_dictionary()
    if index is None:
        pytest.skip("FreeDict's English-Hindi dictionary (dict-freedict-eng-hin) is not installed")

    dictionary = Dictionary.open(index)

    assert len(dictionary.heads) > 18_000
    assert dictionary.words("flood")[0] == "बाढ़"
    assert dictionary.words("election") == ["चुनाव"]
    assert dictionary.words("water")[0] == "पानी"
