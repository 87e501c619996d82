"""A publisher's server that does to the letter what a test wants: any bytes, in any rhythm, or none."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from knowledge.sources.web.politeness import RobotsFile

PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came; the names of headers are in small letters."""

    path: str
    headers: Mapping[str, str]


Bytes = bytes | Iterable[bytes]
Answer = Bytes | Callable[[Asked], Bytes]


def reply(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP answer; `Retry_After="5"` is a header."""
    fields = {"Content-Length": str(len(body)), **{name.replace("_", "-"): headers[name] for name in headers}}
    lines = (f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} -\r\n{''.join(lines)}\r\n".encode("latin-1") + body


def page(text: str, **headers: str) -> bytes:
    """An HTML page."""
    return reply(200, f"<p>{text}</p>".encode(), Content_Type="text/html", **headers)


def packed(body: bytes, **headers: str) -> bytes:
    """An answer that is packed with gzip."""
    return reply(200, gzip.compress(body), Content_Encoding="gzip", **headers)


def moved(status: int, location: str) -> bytes:
    """A redirect; the location is sent in UTF-8, as many publishers do."""
    return reply(status, Location=location.encode().decode("latin-1"))


@dataclass
class RawServer:
    """Serves `pages` on loopback, one thread a connection; what isn't among them is 404."""

    pages: dict[str, Answer] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(PATIENCE_S)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for so far, in order."""
        return [asked.path for asked in self.asked]

    def answer(self, asked: Asked) -> Bytes:
        """What is said to a request."""
        answer = self.pages.get(asked.path, reply(404))
        return answer(asked) if callable(answer) else answer

    def hang(self, _: Asked) -> Iterable[bytes]:
        """An answer that never comes."""
        self.closing.wait(PATIENCE_S)
        return []

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        self._threads.append(threading.Thread(target=work, args=arguments))
        self._threads[-1].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self._start(self._serve, self._listener.accept()[0])

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:  # the client may go away at any time
            connection.settimeout(PATIENCE_S)
            with self.tls.wrap_socket(connection, server_side=True) if self.tls else connection as stream:
                self._answer(stream)

    def _answer(self, stream: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += (more := stream.recv(4096))
            if not more:
                return
        first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        asked = Asked(first.split(" ")[1], {name.lower(): value for name, value in headers.items()})
        self.asked.append(asked)
        answer = self.answer(asked)
        for piece in [answer] if isinstance(answer, bytes) else answer:
            if self.closing.is_set():
                return
            stream.sendall(piece)


class RememberedHosts:
    """A HostMemory that forgets when the test ends."""

    def __init__(self) -> None:
        self._robots: dict[str, RobotsFile] = {}
        self._quiet: dict[str, datetime] = {}
        self._starts: dict[str, datetime] = {}

    def robots(self, origin: str) -> RobotsFile | None:
        return self._robots.get(origin)

    def remember_robots(self, origin: str, file: RobotsFile) -> None:
        self._robots[origin] = file

    def quiet_until(self, host: str) -> datetime | None:
        return self._quiet.get(host)

    def remember_quiet(self, host: str, until: datetime) -> None:
        self._quiet[host] = until

    def last_start(self, host: str) -> datetime | None:
        return self._starts.get(host)

    def remember_start(self, host: str, at: datetime) -> None:
        self._starts[host] = at
