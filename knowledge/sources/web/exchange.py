"""One request and its answer, whatever the answer."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore
import httpx

from knowledge.errors import Unreachable
from knowledge.sources.web import urls
from knowledge.sources.web.clock import Clock
from knowledge.sources.web.connecting import CheckedBackend, Deadline, Gate
from knowledge.sources.web.headers import user_agent
from knowledge.sources.web.packing import Damaged, Overflow, unpacked


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status, its headers letter by letter (Latin-1), and for 200 the unpacked body.

    `whole` is False when there is more than was wanted; the body is its start then.
    """

    status: int
    headers: httpx.Headers
    body: bytes
    whole: bool


class Exchange:
    """Sends requests, each over a connection of its own."""

    def __init__(
        self, contact: str | None, timeout_s: float, gate: Gate, clock: Clock, ssl_context: ssl.SSLContext
    ) -> None:
        self._timeout_s = timeout_s
        self._gate = gate
        self._clock = clock
        self._ssl_context = ssl_context
        self._headers = {
            b"User-Agent": user_agent(contact).encode("ascii"),
            b"Accept": b"*/*",
            b"Accept-Encoding": b"gzip, deflate",
            b"Connection": b"close",
        }

    def get(self, url: httpx.URL, headers: Mapping[bytes, bytes], max_bytes: int) -> Reply:
        """The answer to a GET request; at most `max_bytes` of its body.

        Raises:
            NotAllowed: it isn't at a public address.
            Unreachable: there is no answer in time, or a broken one.
        """
        try:
            return self._sent(url, headers, max_bytes)
        except httpcore.TimeoutException as error:
            raise Unreachable(
                f"{urls.shown(url)} wasn't done in {self._timeout_s:g} seconds (fetching.timeout_s); "
                "it is tried again later"
            ) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, Damaged) as error:
            raise Unreachable(
                f"{urls.shown(url)} gave no whole answer: {error}; it is tried again later"
            ) from error

    def _sent(self, url: httpx.URL, headers: Mapping[bytes, bytes], max_bytes: int) -> Reply:
        place = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        backend = CheckedBackend(self._gate, Deadline(self._clock, self._timeout_s))
        fields = [(b"Host", url.netloc), *self._headers.items(), *headers.items()]
        with (
            httpcore.HTTPConnection(place.origin, self._ssl_context, network_backend=backend) as connection,
            connection.stream("GET", place, headers=fields) as response,
        ):
            return _reply(response, max_bytes)


def _reply(response: httpcore.Response, max_bytes: int) -> Reply:
    headers = httpx.Headers(response.headers, encoding="latin-1")
    if response.status != 200:
        return Reply(response.status, headers, b"", True)
    try:
        body = unpacked(response.iter_stream(), headers.get("content-encoding", ""), max_bytes)
    except Overflow as overflow:
        return Reply(response.status, headers, overflow.start, False)
    return Reply(response.status, headers, body, True)
