"""sd_notify over a real datagram socket."""

import asyncio
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.watch.systemd import Supervisor, supervise

PATIENT_S = 600.0


async def no_pause(_: float) -> None:
    await asyncio.sleep(0)


@dataclass
class Systemd:
    """The other end of NOTIFY_SOCKET."""

    address: str
    socket: socket.socket
    received: list[dict[str, str]] = field(default_factory=list)

    async def next(self) -> dict[str, str]:
        """The next datagram's states."""
        async with asyncio.timeout(60):
            datagram = await asyncio.get_running_loop().sock_recv(self.socket, 4096)
        states = dict(line.split("=", 1) for line in datagram.decode().split("\n"))
        self.received.append(states)
        return states


@pytest.fixture(params=["path", "abstract"])
def systemd(request, tmp_path) -> Iterator[Systemd]:
    address = (
        str(tmp_path / "notify") if request.param == "path" else f"@khabar-{os.getpid()}-{tmp_path.name}"
    )
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0" + address[1:] if address.startswith("@") else address)
        listening.setblocking(False)
        yield Systemd(address, listening)


async def test_states_are_told(systemd):
    supervisor = Supervisor(systemd.address)
    supervisor.tell(READY="1", STATUS="चार ख़बरें")
    assert await systemd.next() == {"READY": "1", "STATUS": "चार ख़बरें"}


def test_without_a_socket_nothing_happens():
    Supervisor.of({}, 1).tell(READY="1")


def test_a_supervisor_that_is_gone_is_no_reason_to_stop(tmp_path, caplog):
    Supervisor(str(tmp_path / "gone")).tell(READY="1")
    assert "doesn't take READY=1: No such file" in caplog.text.replace("[Errno 2] ", "")


@pytest.mark.parametrize(
    ("environment", "watchdog_s"),
    [
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({}, None),
    ],
)
def test_the_watchdog_is_ours_when_it_names_this_process(environment, watchdog_s):
    assert Supervisor.of(environment, 7).watchdog_s == watchdog_s


async def test_ready_comes_after_the_bot_answers_and_the_library_too(systemd):
    answering, attempts = asyncio.Event(), iter([OSError("no shelf"), None, None])

    def probe() -> None:
        if error := next(attempts):
            raise error

    supervising = asyncio.create_task(
        supervise(Supervisor(systemd.address, PATIENT_S), answering, probe, lambda: "well", no_pause)
    )
    assert await systemd.next() == {"STATUS": "Waiting for Telegram"}
    answering.set()
    assert await systemd.next() == {"READY": "1", "STATUS": "well"}
    assert await systemd.next() == {"WATCHDOG": "1", "STATUS": "well"}
    supervising.cancel()
    await asyncio.gather(supervising, return_exceptions=True)


async def test_the_watchdog_hears_only_of_probes_that_returned(systemd):
    answering, fails, probes = asyncio.Event(), {3, 4, 6}, []
    answering.set()

    def probe() -> None:
        probes.append("asked")
        if len(probes) in fails:
            raise OSError("no shelf")

    supervisor = Supervisor(systemd.address, PATIENT_S)
    supervising = asyncio.create_task(
        supervise(supervisor, answering, probe, lambda: str(len(probes)), no_pause)
    )
    await systemd.next()
    told = [await systemd.next() for _ in range(4)]
    supervising.cancel()
    await asyncio.gather(supervising, return_exceptions=True)
    assert [states["STATUS"] for states in told] == ["1", "2", "5", "7"]
    assert [("READY" in states, "WATCHDOG" in states) for states in told] == [(True, False)] + 3 * [
        (False, True)
    ]


async def test_a_library_that_hangs_is_not_alive(systemd):
    answering, asked, free = asyncio.Event(), threading.Event(), threading.Event()
    answering.set()

    def probe() -> None:
        if not asked.is_set():
            asked.set()
            free.wait(60)

    supervising = asyncio.create_task(
        supervise(Supervisor(systemd.address, 0.02), answering, probe, lambda: str(free.is_set()))
    )
    await systemd.next()
    assert await systemd.next() == {"READY": "1", "STATUS": "False"}, "the second probe, not the first"
    free.set()
    supervising.cancel()
    await asyncio.gather(supervising, return_exceptions=True)
