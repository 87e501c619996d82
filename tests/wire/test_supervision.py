"""The running program, as systemd, Prometheus and those who run it see it."""

import asyncio
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from ports import kept_port
from program import Program, led_to
from standin_client import Person

from bot.web.standin.faults import Fault

BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"
TOKEN = "sampadak-ka-raaz-2026"


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    """The other end of NOTIFY_SOCKET."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


async def states(systemd: socket.socket, wanted: str) -> dict[str, str]:
    """The states of the next datagram that has the one that is wanted."""
    async with asyncio.timeout(60):
        while True:
            datagram = (await asyncio.get_running_loop().sock_recv(systemd, 4096)).decode()
            told = dict(line.split("=", 1) for line in datagram.split("\n"))
            if wanted in told:
                return told


async def operations_at(program: Program) -> httpx.AsyncClient:
    line = await program.wait_for("Health, metrics and the dashboard are at ")
    return httpx.AsyncClient(base_url=line.split()[-1], trust_env=False, timeout=60)


async def test_systemd_is_told_from_the_start_to_the_stop(run, telegram, systemd, tmp_path):
    notify = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "1000000"}
    telegram.faults.add(Fault(trouble="server_error", method="getMe", status=502))
    async with run(**led_to(telegram), **notify) as program:
        assert (await states(systemd, "STATUS"))["STATUS"] == "Waiting for Telegram"
        ready = await states(systemd, "READY")
        assert re.fullmatch(r"4 articles, \d+ passages; Telegram heard \d+ s ago", ready["STATUS"])
        await program.wait_for("Telegram can't be reached")  # so that ready came after Telegram answered
        for _ in range(2):
            await states(systemd, "WATCHDOG")
        program.process.terminate()
        await states(systemd, "STOPPING")
        assert await program.exit_code() == 0


async def test_health_and_metrics_of_the_bot_on_telegram(run, telegram):
    async with run(**led_to(telegram)) as program, Person(telegram.origin) as meera:
        await meera.ask(BRIDGE)
        async with await operations_at(program) as http:
            assert (await http.get("/livez")).status_code == 200
            assert (await http.get("/readyz")).json()["ready"] is True
            metrics = (await http.get("/metrics")).text
            assert (await http.get("/operate")).status_code == 404, "no dashboard without a token"
        assert 'khabar_queries_total{outcome="answered",script="devanagari"} 1.0' in metrics
        assert "khabar_articles 4.0" in metrics
        await program.wait_for("There is no dashboard: it needs web.operator_token")


async def test_it_is_not_ready_while_telegram_is_out_of_reach(run, telegram):
    telegram.faults.add(Fault(trouble="server_error", times=1000))
    async with run(**led_to(telegram)) as program, await operations_at(program) as http:
        await program.wait_for("Telegram can't be reached")
        assert (await http.get("/livez")).status_code == 200
        unready = await http.get("/readyz")
        assert (unready.status_code, list(unready.json()["missing"])) == (503, ["telegram"])
        assert 'khabar_telegram_errors_total{type="server"} 0.0' not in (await http.get("/metrics")).text


async def test_it_hears_telegram_behind_a_webhook(run, telegram):
    with kept_port() as port:
        webhook = {
            "KHABAR_TELEGRAM__MODE": "webhook",
            "KHABAR_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
            "KHABAR_TELEGRAM__WEBHOOK_PORT": str(port),
            "KHABAR_TELEGRAM__WEBHOOK_SECRET": "ek-raaz-ki-baat",
        }
        async with run(**led_to(telegram), **webhook) as program, await operations_at(program) as http:
            await program.wait_for("Answering as @")
            assert (await http.get("/readyz")).json()["ready"] is True


async def test_the_bot_answers_though_its_port_is_taken(run, telegram):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with (
            run(**led_to(telegram), KHABAR_WEB__PORT=str(port)) as program,
            Person(telegram.origin) as meera,
        ):
            assert "तीन महीने" in (await meera.ask(BRIDGE))["text"]
    assert f"web.port = {port}: Address already in use" in program.said


async def test_the_operator_sees_the_questions_on_the_dashboard(run, telegram):
    async with (
        run(**led_to(telegram), KHABAR_WEB__OPERATOR_TOKEN=TOKEN) as program,
        await operations_at(program) as http,
        Person(telegram.origin) as meera,
    ):
        assert (await http.get("/operate")).headers["location"] == "/operate/login"
        assert (await http.post("/operate/login", data={"token": TOKEN})).status_code == 303
        await meera.ask(BRIDGE)
        await meera.ask("सूरजपुर में मेट्रो कब चलेगी?")
        page = ""
        async with asyncio.timeout(60):
            while not ("</i>answered <b>1</b>" in page and "</i>unanswered <b>1</b>" in page):
                page = (await http.get("/operate")).text
    assert "मेट्रो" in page
    assert TOKEN not in program.said


async def test_without_a_token_the_printed_link_opens_the_dashboard(run):
    async with run() as program:
        line = await program.wait_for("See how it does at ")
        assert line in program.output
        found = re.search(r"(http://\S+)/operate/login#token=(\S+)", line)
        async with httpx.AsyncClient(base_url=found[1], trust_env=False, timeout=60) as http:
            entered = await http.post("/operate/login", data={"token": found[2]})
            assert entered.status_code == 303
            assert "4" in (await http.get("/operate")).text
            assert (await http.get("/livez")).status_code == 200
            assert (await http.get("/")).status_code == 200, "the chat page"
            foreign = {"host": "attacker.example"}
            assert (await http.get("/people/bot", headers=foreign)).status_code == 403


async def test_a_token_of_the_settings_is_never_printed(run):
    async with run(KHABAR_WEB__OPERATOR_TOKEN=TOKEN) as program:
        line = await program.wait_for("See how it does at ")
        assert line.strip().endswith("/operate/login")
        assert TOKEN not in program.said


async def test_the_operators_chat_is_told_that_the_disk_is_short(run, telegram):
    short = {"KHABAR_ALERTS__DISK_FREE_MB": "1000000000", "KHABAR_TELEGRAM__OPERATORS_CHAT": "9001"}
    async with Person(telegram.origin, id=9001) as operator:
        await operator.say("/help")
        async with run(**led_to(telegram), **short):
            texts = [(await operator.next_reply())["text"] for _ in range(2)]
    assert sum("less than 1000000000 MB (alerts.disk_free_mb)" in text for text in texts) == 1
