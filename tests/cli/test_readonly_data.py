"""A data folder that may only be read: it answers, and what can't be done says why."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


@pytest.fixture
def read_only(folder: Path, khabar):
    """Runs a command on a published data folder that is mounted read-only, in a name space of its own."""
    assert khabar("reload").code == 0
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare here to mount a folder read-only")
    wrapper = ("unshare", "-m", "sh", "-c", MOUNTED, str(folder / ".khabar"))
    if subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode:
        pytest.skip("mounting a folder read-only is not permitted here")

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*wrapper, sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_a_question_is_answered(read_only):
    asked = read_only("ask", "कोसी नदी पर पुल की लंबाई कितनी है?", "--json")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert '"answered": true' in asked.stdout


@pytest.mark.parametrize("command", ["status", "reload"])
def test_what_must_write_names_the_file_and_says_what_to_do(read_only, command):
    ran = read_only(command)
    assert ran.returncode in (0, 1)
    if ran.returncode:
        assert ran.stderr.startswith("khabar: ")
        assert ".khabar/" in ran.stderr
        assert "writ" in ran.stderr
        assert ran.stderr.count("\n") == 1
    else:
        assert (command, "articles     3" in ran.stdout) == ("status", True)
