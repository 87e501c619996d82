"""kill -9 during a restore: what was there goes on, or what was restored does, and never half of each."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from newsroom import CHESS, YESTERDAY, Newsroom, unheard

from bot.backup import backup
from bot.settings import Settings
from knowledge.corpus.reload import reload

TIMEOUT_S = 240


def test_killed_at_each_step(
    data_dir: Path, tmp_path: Path, program: Callable[..., "subprocess.Popen[str]"]
) -> None:
    reload([Newsroom((CHESS,))], tmp_path / "other", progress=unheard)
    backup(Settings(data_dir=tmp_path / "other"), tmp_path / "khabar.tar.gz")
    (tmp_path / "work").mkdir()

    process = program("dying_restore.py", tmp_path / "khabar.tar.gz", data_dir, tmp_path / "work")
    output, complaints = process.communicate(timeout=TIMEOUT_S)

    assert process.returncode == 0, complaints
    steps = [line.split()[1:] for line in output.splitlines() if line.startswith("state ")]
    states = [tuple(map(int, step)) for step in steps]
    old, new = len(YESTERDAY), 1
    assert len(states) > 30
    assert set(states) == {(old, old, old), (new, old, old), (new, new, new)}
    assert states == sorted(states, reverse=True, key=lambda state: state[1:]), "once it is new it stays so"
    assert states[-1] == (new, new, new)
