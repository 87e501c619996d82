import ssl
from collections.abc import Callable, Iterator
from ipaddress import ip_address

import pytest
from clocks import ManualClock
from raw_server import RawServer, RememberedHosts

from knowledge.sources.web.addresses import IPAddress
from knowledge.sources.web.fetcher import Fetcher, FetchPolicy

MakeFetcher = Callable[..., Fetcher]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def hosts() -> RememberedHosts:
    return RememberedHosts()


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as server:
        yield server


@pytest.fixture
def names() -> dict[str, list[str]]:
    """What the names of hosts stand for in a test; a name that isn't in here doesn't exist."""
    return {"127.0.0.1": ["127.0.0.1"]}


@pytest.fixture(scope="session")
def authorities() -> ssl.SSLContext:
    """Read once: the list of certificate authorities is long."""
    return ssl.create_default_context()


@pytest.fixture
def make_fetcher(
    hosts: RememberedHosts, clock: ManualClock, names: dict[str, list[str]], authorities: ssl.SSLContext
) -> MakeFetcher:
    """A fetcher with these fields of its policy; by default it may go to 127.0.0.1."""

    def resolve(host: str, port: int) -> list[IPAddress]:
        if host not in names:
            raise OSError("Name or service not known")
        return [ip_address(address) for address in names[host]]

    def make(*, ssl_context=authorities, **policy) -> Fetcher:
        policy = {"allowed_hosts": ("127.0.0.1",), **policy}
        return Fetcher(FetchPolicy(**policy), hosts, clock, resolve=resolve, ssl_context=ssl_context)

    return make


@pytest.fixture
def fetcher(make_fetcher: MakeFetcher) -> Fetcher:
    return make_fetcher()
