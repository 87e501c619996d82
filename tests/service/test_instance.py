import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import AlreadyRunning
from bot.instance import LOCK_FILE, only_instance

HOLD = "import sys; from pathlib import Path; from bot.instance import only_instance\n" \
    "with only_instance(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"  # fmt: skip


def test_a_second_holder_is_told_the_file_and_the_process(tmp_path: Path):
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning) as refused, only_instance(tmp_path):
            pass
        assert str(tmp_path / LOCK_FILE) in str(refused.value)
        assert f"process {other.pid}:" in str(refused.value)
        other.kill()
        other.wait()
        with only_instance(tmp_path):
            assert (tmp_path / LOCK_FILE).read_text() == str(os.getpid())


def test_the_folder_is_made_where_it_is_missing(tmp_path: Path):
    with only_instance(tmp_path / "data" / "bot"):
        assert (tmp_path / "data" / "bot" / LOCK_FILE).exists()
