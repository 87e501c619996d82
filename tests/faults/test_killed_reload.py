"""kill -9 during a reload: the old generation or the new one is served whole, and the next reload works."""

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from newsroom import TODAY, YESTERDAY, Newsroom, unheard

from knowledge.articles import Article
from knowledge.corpus.reload import reload
from knowledge.corpus.shelf import Shelf
from knowledge.corpus.store import Store
from knowledge.errors import NoGeneration

Program = Callable[..., "subprocess.Popen[str]"]
TIMEOUT_S = 600


def served(data_dir: Path) -> tuple[Article, ...]:
    generation = Shelf(data_dir).open_served()
    return tuple(generation.article(number) for number in range(generation.articles))


def in_order(articles: tuple[Article, ...]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: article.id))


def stored(data_dir: Path) -> tuple[Article, ...]:
    with Store.open(data_dir / "store.sqlite3") as store:
        return tuple(store.articles())


def assert_recovers(data_dir: Path) -> None:
    """The next reload serves its articles and leaves nothing behind of the one that was killed."""
    reload([Newsroom(TODAY)], data_dir, progress=unheard)
    shelf = Shelf(data_dir)
    assert served(data_dir) == stored(data_dir) == in_order(TODAY)
    assert len(shelf.ids()) <= 2
    assert sorted(folder.name for folder in (data_dir / "generations").iterdir()) == shelf.ids()[::-1]
    assert {path.name for path in data_dir.iterdir()} == {
        "current",
        "generations",
        "reload.lock",
        "store.sqlite3",
    }


PHASES = [("reading", 2), ("indexing", 2), ("checking", 0), ("publishing", 0), ("publishing", 1)]


@pytest.mark.parametrize(("phase", "done"), PHASES)
def test_killed_in_a_phase(data_dir: Path, program: Program, phase: str, done: int) -> None:
    process = program("held_reload.py", data_dir, phase, done)
    assert process.stdout.readline() == "held\n", process.stderr.read()
    process.kill()
    assert process.wait(TIMEOUT_S) == -signal.SIGKILL
    published = (phase, done) == ("publishing", 1)
    assert served(data_dir) == in_order(TODAY if published else YESTERDAY)
    assert_recovers(data_dir)


def killed_at_every_step(program: Program, before: Path, work: Path) -> tuple[dict[Path, str], int]:
    """The data folders of the killed reloads with what each was about to do, and which one was to switch."""
    process = program("dying_reload.py", before, work)
    printed, complaints = process.communicate(timeout=TIMEOUT_S)
    assert (process.returncode, complaints) == (0, "")
    steps = dict(line.split(" ", 1) for line in printed.splitlines()[:-1])
    switch = next(int(step) for step, what in steps.items() if "os.rename" in what and "current.new" in what)
    assert len(steps) > switch + 1 > 30
    return {work / step: what for step, what in steps.items()}, switch


def test_killed_at_every_step(
    data_dir: Path, tmp_path: Path, program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    killed, switch = killed_at_every_step(program, data_dir, tmp_path / "work")
    # Just before the switch the store is ahead of what is served, and the next reload must see that.
    assert stored(tmp_path / "work" / str(switch)) == in_order(TODAY)
    for step, (folder, what) in enumerate(killed.items()):
        caplog.clear()
        assert served(folder) == in_order(TODAY if step > switch else YESTERDAY), what
        assert caplog.records == [], what
        assert_recovers(folder)


def test_the_first_reload_killed_at_every_step(tmp_path: Path, program: Program) -> None:
    (tmp_path / "empty").mkdir()
    killed, switch = killed_at_every_step(program, tmp_path / "empty", tmp_path / "work")
    for step, (folder, what) in enumerate(killed.items()):
        if step > switch:
            assert served(folder) == in_order(TODAY), what
        else:
            with pytest.raises(NoGeneration):
                served(folder)
        assert_recovers(folder)
