"""A data folder that may only be read: it answers, and what can't be done says why."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


UNPRIVILEGED = "-dac_override,-dac_read_search,-fowner"


def mounted_read_only(data: Path) -> tuple[str, ...]:
    """What a command begins with that sees the folder mounted read-only, in a name space of its own."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare here to mount a folder read-only")
    return ("unshare", "-m", "sh", "-c", MOUNTED, str(data))


def of_another_user(data: Path) -> tuple[str, ...]:
    """What a command begins with that may only read, as if the folder were another user's."""
    for path in (data, *data.rglob("*")):
        path.chmod(path.stat().st_mode & 0o555)
    if os.geteuid():
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("there is no setpriv here to take root's privileges away")
    return ("setpriv", f"--bounding-set={UNPRIVILEGED}", f"--inh-caps={UNPRIVILEGED}")


@pytest.fixture(params=[mounted_read_only, of_another_user])
def read_only(request, folder: Path, khabar):
    """Runs a command on a published data folder that can't be written."""
    assert khabar("reload").code == 0
    wrapper = request.param(folder / ".khabar")
    if wrapper and subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode:
        pytest.skip("that is not permitted here")

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


def test_the_status_is_told(read_only):
    ran = read_only("status")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "articles     3" in ran.stdout
    assert " published" in ran.stdout


@pytest.mark.parametrize("command", ["reload", "check"])
def test_what_must_write_names_the_file_and_says_what_to_do(read_only, command):
    ran = read_only(command)
    assert ran.returncode == 1
    for line in ran.stderr.splitlines():
        assert line.startswith("khabar: .khabar")
        assert "writ" in line
    assert ran.stderr


def test_the_status_is_told_though_the_store_is_damaged(khabar, folder):
    khabar("reload")
    (folder / ".khabar" / "store.sqlite3").write_bytes(b"no database at all, but a text")
    told = khabar("status")
    assert told.code == 0
    assert "articles     3" in told.out
    assert told.err.startswith("khabar: the last reload isn't known: .khabar/store.sqlite3: ")
