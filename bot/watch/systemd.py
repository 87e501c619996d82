"""What systemd is told: that the bot answers, that it still does, that it stops.

The protocol is sd_notify(3): a datagram of NAME=value lines to the socket that NOTIFY_SOCKET names.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Mapping

_log = logging.getLogger(__name__)

_STATUS_EACH_S = 60.0


class Supervisor:
    """systemd, or nobody: without a socket nothing is told."""

    def __init__(self, address: str | None, watchdog_s: float | None = None) -> None:
        self._address = address
        self.watchdog_s = watchdog_s

    @classmethod
    def of(cls, environment: Mapping[str, str], pid: int) -> "Supervisor":
        """The supervisor that started process `pid`; a watchdog meant for another process isn't ours."""
        usec = environment.get("WATCHDOG_USEC", "")
        is_ours = environment.get("WATCHDOG_PID", str(pid)) == str(pid)
        watchdog_s = int(usec) / 1e6 if is_ours and usec.isdecimal() and int(usec) else None
        return cls(environment.get("NOTIFY_SOCKET") or None, watchdog_s)

    def tell(self, **states: str) -> None:
        """Sends these states; a supervisor that doesn't listen is no reason to stop."""
        if self._address is None:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        message = "\n".join(f"{name}={value}" for name, value in states.items())
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.setblocking(False)
            try:
                notify.sendto(message.encode(), address)
            except OSError as error:
                _log.warning("NOTIFY_SOCKET=%s doesn't take %s: %s", self._address, message, error)


async def supervise(
    supervisor: Supervisor,
    answering: asyncio.Event,
    probe: Callable[[], object],
    status: Callable[[], str],
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Tells `supervisor` once the bot answers, and from then on that it still does, until cancelled.

    The watchdog hears only of a loop that turns and a `probe` (called in a thread) that returned: a bot
    whose library hangs is restarted, since to people it is down.
    """
    supervisor.tell(STATUS="Waiting for Telegram")
    await answering.wait()
    each_s = supervisor.watchdog_s / 2 if supervisor.watchdog_s else _STATUS_EACH_S
    is_ready, now = False, asyncio.get_running_loop().time
    while True:
        began = now()
        if await _returns(probe, each_s):
            news = {"WATCHDOG": "1"} if is_ready else {"READY": "1"}
            supervisor.tell(**news, STATUS=status())
            is_ready = True
        await sleep(began + each_s - now())


async def _returns(probe: Callable[[], object], within_s: float) -> bool:
    try:
        await asyncio.wait_for(asyncio.to_thread(probe), within_s)
    except TimeoutError:
        _log.error("The library didn't answer a question within %.0f s", within_s)
    except Exception as error:  # whatever it is, people get no answers
        _log.error("The library doesn't answer: %r", error, exc_info=error)
    else:
        return True
    return False
