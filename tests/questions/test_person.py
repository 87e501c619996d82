import stat

import pytest

from bot.questions.person import KEY_FILE, KeyUnusable, hashed, key_in


def test_a_person_is_the_same_under_one_key_and_another_under_another():
    assert hashed(501, b"a" * 32) == hashed(501, b"a" * 32)
    assert len({hashed(person, key) for person in (501, 502) for key in (b"a" * 32, b"b" * 32)}) == 4
    assert "501" not in hashed(501, b"a" * 32)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    key = key_in(tmp_path)

    assert key_in(tmp_path) == key
    assert len(key) == 32
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE]


def test_each_folder_has_its_own(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert key_in(tmp_path / "a") != key_in(tmp_path / "b")


def test_a_start_that_was_killed_halfway_does_no_harm(tmp_path):
    (tmp_path / KEY_FILE).with_suffix(".new").write_bytes(b"half")
    assert len(key_in(tmp_path)) == 32


def test_a_damaged_key_is_named_with_what_to_do(tmp_path):
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(
        KeyUnusable, match=f"{KEY_FILE}: must hold 32 bytes and holds 5; put the right file back"
    ):
        key_in(tmp_path)


def test_a_key_that_cant_be_made_is_named_with_what_to_do(tmp_path):
    with pytest.raises(KeyUnusable, match=f"gone/{KEY_FILE}: can't be read or made .No such file"):
        key_in(tmp_path / "gone")
