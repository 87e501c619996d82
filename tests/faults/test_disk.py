"""A disk that is full or can't be written: the served generation stays, and the error says what to do."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from newsroom import TODAY, YESTERDAY, Newsroom, unheard

from knowledge.corpus.reload import reload
from knowledge.corpus.shelf import Shelf

Program = Callable[..., "subprocess.Popen[str]"]
SmallDisk = tuple[Path, tuple[str, ...]]
TIMEOUT_S = 600


def printed(process: "subprocess.Popen[str]") -> list[str]:
    output, complaints = process.communicate(timeout=TIMEOUT_S)
    assert (process.returncode, complaints) == (0, "")
    return output.splitlines()


def test_a_disk_that_fills_up_at_any_point_of_a_reload(small_disk: SmallDisk, program: Program) -> None:
    disk, wrapper = small_disk
    tries = [
        json.loads(line) for line in printed(program("cramped_reload.py", disk / "data", wrapper=wrapper))
    ]
    *failed, succeeded = tries
    assert {tried["error"] for tried in failed} == {"StoreError", "GenerationError"}
    before = failed[0]["served"]
    for tried in failed:
        assert str(disk / "data") in tried["message"]
        assert "make room" in tried["message"]
        assert (tried["served"], tried["folders"]) == (before, [before])
    assert succeeded["served"] == succeeded["generation"] != before


def test_a_disk_that_cannot_be_written(small_disk: SmallDisk, program: Program) -> None:
    disk, wrapper = small_disk
    (line,) = printed(program("readonly_reload.py", disk / "data", wrapper=wrapper))
    tried = json.loads(line)
    assert tried["served"] == tried["before"]
    for error, name in zip(tried["errors"], ["data/reload.lock", "new"], strict=True):
        assert error.startswith(f"{disk / name}: Read-only file system; make room or make it writable")


@pytest.mark.parametrize(
    ("limit_bytes", "phase", "stopped"),
    [
        (0, "start", ": File too large"),
        (400, "start", "/store.sqlite3: disk I/O error"),
        (10_000, "indexing", "/generations/.building-"),
    ],
)
def test_files_that_may_not_grow(
    data_dir: Path, program: Program, limit_bytes: int, phase: str, stopped: str
) -> None:
    before = Shelf(data_dir).current()
    (error,) = printed(program("limited_reload.py", data_dir, limit_bytes, phase))
    assert error.startswith(f"{data_dir}{stopped}")
    assert "make room" in error
    shelf = Shelf(data_dir)
    assert shelf.open_served().id == shelf.current() == before
    assert [folder.name for folder in (data_dir / "generations").iterdir()] == [before]
    reload([Newsroom(TODAY)], data_dir, progress=unheard)
    assert shelf.open_served().articles == len(TODAY) != len(YESTERDAY)
