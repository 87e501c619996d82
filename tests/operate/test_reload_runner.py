"""The runner with real processes: small programs that talk, fall silent, die or talk nonsense."""

import asyncio
import os
import signal
import sys

import pytest

from bot.corpus.reloading import ReloadRunner
from bot.watch.facts import ReloadProgress

PATIENCE_S = 300.0
SAYS = "import json, sys, time\ndef say(**line): print(json.dumps(line), flush=True)\n"
PUBLISHED = "say(report={'published': True, 'generation': 'g1'})\n"
WAITS = "say(phase='reading', done=3, total=9)\ntime.sleep(600)\n"


def runner(program: str, **options: float) -> ReloadRunner:
    return ReloadRunner([sys.executable, "-c", SAYS + program], **options)


async def ended(runner: ReloadRunner) -> tuple[str, str]:
    async with asyncio.timeout(PATIENCE_S):
        outcome = await runner.ended()
    assert outcome
    assert runner.progress() is None
    return outcome.result, outcome.error


async def until_reading(runner: ReloadRunner) -> ReloadProgress:
    progress = runner.progress()
    async with asyncio.timeout(PATIENCE_S):
        while progress and progress.phase != "reading":
            progress = await runner.changed(progress)
    assert progress
    return progress


async def test_it_tells_how_far_it_is_and_what_was_done(tmp_path):
    os.mkfifo(seen := tmp_path / "seen")
    reloads = runner(f"say(phase='reading', done=1, total=None)\nopen({str(seen)!r}).read()\n" + PUBLISHED)
    assert reloads.start()
    assert await until_reading(reloads) == ReloadProgress("reading", 1, None)
    seen.write_text("so that it goes on")
    assert await ended(reloads) == ("published", "")
    assert reloads.outcome().report == {"published": True, "generation": "g1"}


async def test_the_options_reach_the_program():
    reloads = runner("say(error=' '.join(sys.argv[1:]), result='refused')")
    for options, written in (({}, ""), ({"force": True}, "--force"), ({"due": True}, "--due")):
        reloads.start(**options)
        assert await ended(reloads) == ("refused", written)


async def test_at_most_one_runs():
    reloads = runner(WAITS)
    assert reloads.start()
    assert not reloads.start(force=True)
    await until_reading(reloads)
    assert not reloads.start()
    await reloads.stop()


async def test_all_who_wait_are_told():
    reloads = runner("say(phase='reading', done=1, total=2)\n" + PUBLISHED)
    reloads.start()
    async with asyncio.timeout(PATIENCE_S):
        outcomes = await asyncio.gather(*(reloads.ended() for _ in range(3)))
    assert {outcome.result for outcome in outcomes} == {"published"}


@pytest.mark.parametrize(
    ("program", "result", "error"),
    [
        ("say(report=None)", "nothing", ""),
        ("say(report={'published': False})", "unchanged", ""),
        ("say(error='a disk is full', result='failed')", "failed", "a disk is full"),
        ("say(error='elsewhere', result='busy')", "busy", "elsewhere"),
        ("sys.exit(3)", "died", "exit code 3 without a report"),
        ("print('{\"half')", "died", "exit code 0 without a report"),
        ("print('[1]'); print('null'); sys.stdout.buffer.write(b'\\xff\\n')", "died", "without a report"),
        ("print('x' * 3_000_000); " + PUBLISHED, "published", ""),
        ("say(phase='reading', done='many', total='x'); " + PUBLISHED, "published", ""),
    ],
)  # fmt: skip
async def test_whatever_the_program_says_it_ends(program, result, error, caplog):
    caplog.set_level("INFO", "bot.corpus.reloading")
    reloads = runner(program)
    reloads.start()
    said = await ended(reloads)
    assert said[0] == result
    assert error in said[1]
    assert caplog.messages[-1].startswith(f"A reload ended ({result})")


async def test_a_process_that_is_killed_is_survived():
    reloads = runner("import os\nsay(phase='reading', done=os.getpid())\ntime.sleep(600)")
    reloads.start()
    os.kill((await until_reading(reloads)).done, signal.SIGKILL)
    assert await ended(reloads) == (
        "died", "its process ended by signal 9 without a report; maybe memory ran out (journalctl -k)"
    )  # fmt: skip
    assert reloads.start(), "the next one may try"
    await reloads.stop()


async def test_one_that_hangs_is_ended():
    reloads = runner(WAITS, silent_for_s=0.5)
    reloads.start()
    result, error = await ended(reloads)
    assert result == "died"
    assert "said nothing" in error


async def test_a_stop_ends_the_process_and_lets_none_begin():
    reloads = runner("import os\nsay(phase='reading', done=os.getpid())\ntime.sleep(600)")
    reloads.start()
    process = (await until_reading(reloads)).done
    await reloads.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert (await ended(reloads))[0] == "failed"
    assert not reloads.start()


async def test_a_stop_that_is_hurried_kills_a_process_that_wont_end(monkeypatch):
    deaf = "import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    reloads = runner(deaf + "say(phase='reading', done=os.getpid())\ntime.sleep(600)")
    reloads.start()
    process = (await until_reading(reloads)).done
    monkeypatch.setattr("bot.corpus.reloading._END_WITHIN_S", 1.0)
    stopping = asyncio.create_task(reloads.stop())
    await asyncio.sleep(0)  # it is asked to end
    await asyncio.sleep(0)
    stopping.cancel()  # as when the bot has stopped before it
    await asyncio.gather(stopping, return_exceptions=True)
    await reloads.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_a_program_that_isnt_there_is_an_outcome():
    reloads = ReloadRunner(["/none/khabar"])
    reloads.start()
    assert await ended(reloads) == ("died", "/none/khabar can't be started: No such file or directory")
