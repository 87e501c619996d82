"""Two reloads at once: the second is told whom it waits for, and the first goes on undisturbed."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from newsroom import CHESS, TODAY, YESTERDAY, Newsroom, unheard

from knowledge.corpus.reload import reload
from knowledge.corpus.shelf import Shelf
from knowledge.errors import ReloadInProgress

Program = Callable[..., "subprocess.Popen[str]"]
TIMEOUT_S = 600


@pytest.mark.parametrize("phase", ["reading", "indexing", "checking", "publishing"])
def test_the_second_is_told_and_the_first_goes_on(data_dir: Path, program: Program, phase: str) -> None:
    first = program("held_reload.py", data_dir, phase, 0)
    assert first.stdout.readline() == "held\n", first.stderr.read()
    message = rf"reload\.lock: another reload is running \(process {first.pid}\); wait .* run khabar reload"
    with pytest.raises(ReloadInProgress, match=message):
        reload([Newsroom((CHESS,))], data_dir, progress=unheard)
    assert Shelf(data_dir).open_served().articles == len(YESTERDAY)
    generation, complaints = first.communicate("go on\n", timeout=TIMEOUT_S)
    assert (first.returncode, complaints) == (0, "")
    assert Shelf(data_dir).open_served().id == generation.strip()
    assert Shelf(data_dir).open_served().articles == len(TODAY)


def test_the_second_may_start_when_the_first_was_killed(data_dir: Path, program: Program) -> None:
    first = program("held_reload.py", data_dir, "indexing", 0)
    assert first.stdout.readline() == "held\n", first.stderr.read()
    first.kill()
    first.wait(TIMEOUT_S)
    reload([Newsroom((CHESS,))], data_dir, progress=unheard)
    assert Shelf(data_dir).open_served().articles == 1
