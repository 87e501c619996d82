"""Following a feed onto a disk that is full, or may only be read: what is served stays, nothing is lost."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from newspaper import Newspaper, item, story
from raw_server import RawServer

Program = Callable[..., "subprocess.Popen[str]"]
TIMEOUT_S = 600
FEW, MANY = 2, 40


def bring_out(paper: Newspaper, count: int) -> list[str]:
    for number in range(count):
        paper.publish(f"/{number}", story(number))
    paper.feed(item(paper.url(f"/{number}"), f"खबर संख्या {number}") for number in range(count))
    return sorted(f"खबर संख्या {number}" for number in range(count))


def test_a_disk_that_fills_up_while_a_feed_is_followed(
    small_disk: tuple[Path, tuple[str, ...]], program: Program
) -> None:
    disk, wrapper = small_disk
    with RawServer() as server:
        paper = Newspaper(server)
        before = bring_out(paper, FEW)
        process = program("cramped_following.py", disk / "data", paper.url("/feed.xml"), wrapper=wrapper)
        assert process.stdout.readline() == "read\n", process.stderr.read()
        after = bring_out(paper, MANY)
        printed, complaints = process.communicate("go on\n", timeout=TIMEOUT_S)
    assert (process.returncode, complaints) == (0, "")
    *failed, succeeded, unwritable = map(json.loads, printed.splitlines())
    assert {each["error"] for each in failed} == {"StoreError", "GenerationError"}
    for each in failed:
        assert each["served"] == before
        assert str(disk / "data") in each["message"]
        assert "make room" in each["message"]
    assert succeeded == {"error": None, "message": "", "failed": [], "served": after}
    assert unwritable["error"] == "StoreError"
    assert str(disk / "data") in unwritable["message"]
    assert "can be written" in unwritable["message"]
    assert unwritable["served"] == after
