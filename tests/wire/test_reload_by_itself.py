"""The running program and its reloads: by SIGHUP, schedule, operators and dashboard; killed; two at once."""

import asyncio
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import httpx
import program
import pytest
from filelock import FileLock
from program import led_to
from reloads import held_back
from standin_client import Person

from bot.commands.options import reload_from
from bot.configuration import load
from bot.messages import catalogue

TOKEN = "sampadak-ka-raaz-2026"
OPERATOR = 9_001
SAID = catalogue.load().hindi.operate
METRO = "सूरजपुर में मेट्रो रेल अगले साल मार्च में चलेगी। पहले चरण में बारह स्टेशन होंगे।"
STORIES = {
    f"{number}.txt": f"{village} में इस साल {number * 7 + 3} नए हैंडपंप लगाए गए। गाँव के लोगों ने इस पर ख़ुशी जताई।"
    for number, village in enumerate(("रामपुर", "सोनपुर", "हरिपुर", "देवपुर", "माधोपुर", "शिवपुर"))
}
QUESTION = "सूरजपुर में मेट्रो कब चलेगी?"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of news that is served, with khabar.toml beside it."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(text, "utf-8")
    (tmp_path / "khabar.toml").write_text('data_dir = "data"\n[corpus]\nsources = ["news"]\n', "utf-8")
    reload_from(load(tmp_path / "khabar.toml"), lambda *_: None)
    return folder


@pytest.fixture
def start(news: Path, tmp_path: Path) -> Callable[..., object]:
    return partial(program.khabar, "run", "--config", str(tmp_path / "khabar.toml"), folder=tmp_path)


def make_due(data_dir: Path) -> None:
    """Every source's time has come."""
    with closing(sqlite3.connect(data_dir / "store.sqlite3")) as store:
        store.execute("UPDATE web_sources SET next_check_at = NULL")
        store.commit()


async def test_a_hangup_reloads_everything(start, telegram, news):
    async with start(**led_to(telegram)) as khabar, Person(telegram.origin) as meera:
        await khabar.wait_for("Answering as @")
        (news / "metro.txt").write_text(METRO, "utf-8")
        khabar.process.send_signal(signal.SIGHUP)
        await khabar.wait_for("SIGHUP: everything is reloaded")
        await khabar.wait_for("from now on")
        assert "मार्च" in (await meera.ask(QUESTION))["text"]
        assert await khabar.stop() == 0


async def test_a_hangup_while_it_starts_is_remembered(start, telegram, news, tmp_path):
    config = tmp_path / "khabar.toml"
    settings = config.read_text("utf-8")
    config.unlink()
    os.mkfifo(config)  # the program waits for its settings: it is in the midst of its start
    (news / "metro.txt").write_text(METRO, "utf-8")
    async with start(**led_to(telegram)) as khabar, Person(telegram.origin) as meera:
        with await asyncio.wait_for(asyncio.to_thread(config.open, "w"), program.PATIENCE_S) as pipe:
            khabar.process.send_signal(signal.SIGHUP)
            regular = tmp_path / "regular"  # for the reload, which reads them as well
            regular.write_text(settings, "utf-8")
            regular.replace(config)
            pipe.write(settings)
        await khabar.wait_for("SIGHUP: everything is reloaded")
        await khabar.wait_for("from now on")
        assert "मार्च" in (await meera.ask(QUESTION))["text"]


async def test_the_schedule_reads_what_is_due(start, telegram, news, tmp_path):
    (news / "metro.txt").write_text(METRO, "utf-8")
    make_due(tmp_path / "data")
    async with start(**led_to(telegram)) as khabar, Person(telegram.origin) as meera:
        await khabar.wait_for("from now on")
        assert "मार्च" in (await meera.ask(QUESTION))["text"]


async def test_an_operator_reloads_and_a_stranger_gets_the_help(start, telegram, news):
    operators = {"KHABAR_TELEGRAM__OPERATORS": str(OPERATOR)}
    async with (
        start(**led_to(telegram), **operators) as khabar,
        Person(telegram.origin, id=OPERATOR) as radha,
        Person(telegram.origin) as meera,
    ):
        assert (await meera.ask("/reload"))["text"] == (await meera.ask("/help"))["text"]
        (news / "metro.txt").write_text(METRO, "utf-8")
        assert (await radha.ask("/reload"))["text"].startswith(SAID.starting)
        text = ""
        while SAID.counts.format(added=1, changed=0, removed=0, unchanged=6) not in text:
            text = (await radha.next_event("edited"))["content"]["text"]
        await khabar.wait_for("from now on")
        assert "मार्च" in (await meera.ask(QUESTION))["text"]


async def test_the_dashboards_button_reloads(start, telegram, news, tmp_path):
    async with start(**led_to(telegram), KHABAR_WEB__OPERATOR_TOKEN=TOKEN) as khabar:
        origin = (await khabar.wait_for("Health, metrics and the dashboard are at ")).split()[-1]
        async with httpx.AsyncClient(base_url=origin, trust_env=False, timeout=60) as http:
            await http.post("/operate/login", data={"token": TOKEN})
            page = (await http.get("/operate")).text
            key = page.partition('name="key" value="')[2].partition('"')[0]
            (news / "metro.txt").write_text(METRO, "utf-8")
            with held_back(tmp_path / "data"):
                assert (await http.post("/operate/reload", data={"key": key})).status_code == 303
                assert (await http.get("/operate/reload")).json()["running"] is True
            await khabar.wait_for("from now on")
            async with asyncio.timeout(program.PATIENCE_S):
                while (await http.get("/operate/reload")).json()["running"]:
                    pass
            assert "1 added" in (await http.get("/operate")).text


async def test_a_killed_reload_is_survived_shown_and_the_next_one_publishes(start, telegram, news, tmp_path):
    async with start(**led_to(telegram)) as khabar, Person(telegram.origin) as meera:
        await khabar.wait_for("Answering as @")
        (news / "metro.txt").write_text(METRO, "utf-8")
        with held_back(tmp_path / "data"):
            khabar.process.send_signal(signal.SIGHUP)
            os.kill(await child_of(khabar), signal.SIGKILL)
        await khabar.wait_for("A reload ended (died): its process ended by signal 9 without a report")
        assert (await meera.ask("/start"))["text"]
        async with program.khabar("status", "--data-dir", "data", folder=tmp_path) as status:
            assert "died its process ended by signal 9" in await status.wait_for("last reload")
        khabar.process.send_signal(signal.SIGHUP)
        await khabar.wait_for("from now on")
        assert "मार्च" in (await meera.ask(QUESTION))["text"]


async def child_of(khabar: program.Program) -> int:
    """The process of its reload."""
    return int((await khabar.wait_for("A reload runs as process ")).split()[-1])


async def test_a_reload_that_runs_elsewhere_is_told_kindly(start, telegram, news, tmp_path):
    operators = {"KHABAR_TELEGRAM__OPERATORS": str(OPERATOR)}
    async with start(**led_to(telegram), **operators), Person(telegram.origin, id=OPERATOR) as radha:
        with FileLock(tmp_path / "data" / "reload.lock"):
            await radha.say("/reload")
            text = ""
            while text != SAID.busy:
                text = (await radha.next_event("edited"))["content"]["text"]


async def test_a_stop_ends_a_reload_too(start, telegram, news, tmp_path):
    async with start(**led_to(telegram)) as khabar:
        await khabar.wait_for("Answering as @")
        with held_back(tmp_path / "data"):
            khabar.process.send_signal(signal.SIGHUP)
            child = await child_of(khabar)
            assert await khabar.stop() == 0
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
