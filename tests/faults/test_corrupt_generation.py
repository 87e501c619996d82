"""Damaged files of the served generation at the start: the one before is served, and a reload mends it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from newsroom import TODAY, YESTERDAY, Newsroom, unheard

from knowledge.corpus.reload import reload
from knowledge.corpus.shelf import Shelf
from knowledge.errors import CorruptGeneration
from knowledge.library import Library


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def lengthen(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


@pytest.mark.parametrize("damage", [truncate, empty, flip, lengthen, Path.unlink])
def test_damage_to_any_file_makes_the_one_before_serve(
    data_dir: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    shelf = Shelf(data_dir)
    before = shelf.current()
    newest = reload([Newsroom(TODAY)], data_dir, progress=unheard).generation
    files = list((data_dir / "generations" / newest).iterdir())
    assert len(files) > 10
    for file in files:
        whole = file.read_bytes()
        damage(file)
        caplog.clear()
        assert shelf.open_served().id == before, file.name
        assert file.name in caplog.text
        assert f"serving generation {before} instead of {newest}" in caplog.text
        file.write_bytes(whole)
    assert shelf.open_served().id == newest


def test_a_library_answers_from_the_one_before_until_a_reload_mends_it(data_dir: Path) -> None:
    before = Shelf(data_dir).current()
    newest = reload([Newsroom(TODAY)], data_dir, progress=unheard).generation
    flip(next((data_dir / "generations" / newest).glob("*.npy")))
    library = Library.open(data_dir)
    assert library.generation == before
    assert library.ask("आम की फसल कैसी है?").ranked[0].passage.article == YESTERDAY[2]
    mended = reload([Newsroom(TODAY)], data_dir, progress=unheard).generation
    assert library.refresh()
    assert library.generation == mended
    assert library.ask("शतरंज प्रतियोगिता किसने जीती?").ranked[0].passage.article == TODAY[1]


def test_with_no_readable_generation_the_start_fails_and_says_what_to_do(data_dir: Path) -> None:
    for manifest in (data_dir / "generations").glob("*/manifest.json"):
        flip(manifest)
    with pytest.raises(CorruptGeneration, match=r"generations: no generation can be read; run khabar reload"):
        Library.open(data_dir)
    reload([Newsroom(YESTERDAY)], data_dir, progress=unheard)
    assert Library.open(data_dir).articles == len(YESTERDAY)
