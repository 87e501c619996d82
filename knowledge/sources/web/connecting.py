"""Connections that lead nowhere else than to an address that was checked, and that end in time."""

import ssl
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import httpcore
import httpx

from knowledge.errors import NotAllowed, Unreachable
from knowledge.sources.web.addresses import IPAddress, Resolve, is_public
from knowledge.sources.web.clock import Clock


class Deadline:
    """Until when a whole request must be done."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._most_s = seconds
        self._ends = clock.now() + timedelta(seconds=seconds)

    def left_s(self) -> float:
        """The seconds that are left, above 0; never more than at the start, should the clock jump back.

        Raises:
            httpcore.ReadTimeout: none are left.
        """
        left_s = (self._ends - self._clock.now()).total_seconds()
        if left_s <= 0:
            raise httpcore.ReadTimeout
        return min(left_s, self._most_s)


class Gate:
    """The addresses that a host may be reached at."""

    def __init__(self, resolve: Resolve, allowed_hosts: Iterable[str]) -> None:
        self._resolve = resolve
        self._allowed = {
            httpx.URL(scheme="http", host=name).raw_host.decode("ascii") for name in allowed_hosts
        }

    def addresses(self, host: str, port: int) -> Sequence[IPAddress]:
        """All addresses of a host, best first. One that isn't public is enough to refuse them all.

        Raises:
            NotAllowed: it has an address that isn't public, and the settings don't allow the host by name.
            Unreachable: the name has no address.
        """
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise Unreachable(
                f"the name {host} can't be resolved: {error}; it is tried again later"
            ) from error
        if not addresses:
            raise Unreachable(f"the name {host} has no address; it is tried again later")
        local = next((address for address in addresses if not is_public(address)), None)
        if local and host not in self._allowed:
            raise NotAllowed(
                f"{host} is at {local}, which isn't a public address: "
                f'if it is meant, add "{host}" to fetching.allowed_hosts'
            )
        return addresses


class CheckedBackend(httpcore.NetworkBackend):
    """Connections to addresses that were checked, each alive until the deadline.

    A name is resolved once, and only what was checked is connected to: it can't change its mind in between.
    """

    def __init__(self, gate: Gate, deadline: Deadline) -> None:
        self._gate = gate
        self._deadline = deadline
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that takes one; each gets an equal share of the time."""
        addresses = self._gate.addresses(host, port)
        failure: Exception = httpcore.ConnectError("no address")
        for untried, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                stream = self._system.connect_tcp(
                    str(address), port, self._deadline.left_s() / untried, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure


class _TimedStream(httpcore.NetworkStream):
    """The time-outs of httpcore are for single operations; a server that dribbles would never meet one."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left_s())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left_s())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left_s())
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
