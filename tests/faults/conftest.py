import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from newsroom import YESTERDAY, Newsroom, unheard
from publisher.two_papers import Following, following_two

from knowledge.corpus.reload import reload

HERE = Path(__file__).parent
PATH = os.pathsep.join([str(HERE.parent.parent), str(HERE.parent)])

Program = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def program() -> Iterator[Program]:
    """Starts a program of this folder, `program("held_reload.py", arguments...)`; killed at the end."""
    with ExitStack() as running:

        def start(name: str, *arguments: object, wrapper: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
            process = subprocess.Popen(
                [*wrapper, sys.executable, "-W", "error", str(HERE / name), *map(str, arguments)],
                env=os.environ | {"PYTHONPATH": PATH},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            running.enter_context(process)
            running.callback(process.kill)
            return process

        yield start


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder that serves yesterday's articles."""
    folder = tmp_path / "data"
    reload([Newsroom(YESTERDAY)], folder, progress=unheard)
    return folder


@pytest.fixture(scope="session")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """A folder, and the command that starts a program for which this folder is a disk of 4 MB.

    The disk is mounted in a name space of its own, and gone with the program.
    """
    folder = tmp_path_factory.mktemp("disk")
    script = 'mount -t tmpfs -o size=4m tmpfs "$0" && exec "$@"'
    for unshare in (["unshare", "-m"], ["unshare", "-Urm"]):
        wrapper = (*unshare, "sh", "-c", script, str(folder))
        with suppress(FileNotFoundError):
            if subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode == 0:
                return folder, wrapper
    pytest.skip("mounting a small disk is not permitted here")


@pytest.fixture(scope="session")
def authorities() -> ssl.SSLContext:
    return ssl.create_default_context()


@pytest.fixture
def following(tmp_path: Path, authorities: ssl.SSLContext) -> Iterator[Following]:
    with following_two(tmp_path / "data", authorities) as following:
        yield following
