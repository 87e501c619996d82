"""Which machines Khabar connects to."""

from ipaddress import ip_address

import pytest
from raw_server import page

from knowledge.errors import NotAllowed, Unreachable
from knowledge.sources.web.addresses import is_public, resolve
from knowledge.sources.web.fetcher import Fetcher, FetchPolicy

TEXT = page("बिजली की दरें घटीं")


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822", "2a00:1450::1"],
)
def test_addresses_that_everybody_reaches_are_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.5",
        "224.0.0.251",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:224.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_all_other_addresses_are_not(address):
    assert not is_public(ip_address(address))


def test_the_systems_resolver_sees_through_strange_spellings():
    for name in ("127.1", "0x7f.1", "2130706433"):
        assert resolve(name, 80) == [ip_address("127.0.0.1")]


@pytest.mark.parametrize("name", ["a..example", "a" * 64 + ".example"])
def test_the_systems_resolver_knows_no_impossible_names(name):
    with pytest.raises(OSError, match=r"."):
        resolve(name, 80)


def test_the_systems_resolver_is_used_unless_told_otherwise(server, hosts, clock):
    server.pages["/"] = TEXT

    with pytest.raises(NotAllowed, match=r"127\.0\.0\.1"):
        Fetcher(FetchPolicy(), hosts, clock).get(server.url())
    allowed = Fetcher(FetchPolicy(allowed_hosts=("127.0.0.1",)), hosts, clock)
    assert allowed.get(server.url()).url == server.url()


def test_a_private_address_needs_the_operators_word(make_fetcher, names, server):
    names["redaktion.example"] = ["127.0.0.1"]
    server.pages["/"] = TEXT
    url = server.url("/", "redaktion.example")

    with pytest.raises(NotAllowed, match=r'add "redaktion\.example" to fetching\.allowed_hosts'):
        make_fetcher().get(url)
    assert server.asked == []
    assert make_fetcher(allowed_hosts=("Redaktion.Example",)).get(url).url == url


def test_a_name_in_hindi_can_be_allowed(make_fetcher, names, server):
    names["xn--61b3bh3a5ab.example"] = ["127.0.0.1"]
    server.pages["/"] = TEXT

    found = make_fetcher(allowed_hosts=("समाचार.example",)).get(server.url("/", "समाचार.example"))

    assert found.body == TEXT.partition(b"\r\n\r\n")[2]


def test_an_address_in_ipv6_can_be_allowed(make_fetcher, names):
    names["::1"] = ["::1"]

    with pytest.raises(Unreachable, match="gave no whole answer"):  # nobody listens at port 1
        make_fetcher(allowed_hosts=("::1",)).get("http://[::1]:1/")


def test_one_private_address_is_enough_to_refuse_a_name(make_fetcher, names, server):
    names["samachar.example"] = ["93.184.216.34", "127.0.0.1"]

    with pytest.raises(NotAllowed, match=r"samachar\.example is at 127\.0\.0\.1"):
        make_fetcher().get(server.url("/", "samachar.example"))


def test_a_name_that_changes_its_mind_gains_nothing(hosts, clock, server):
    """The second answer of the resolver would be the inside; it is never asked twice for one request."""
    answers = iter([ip_address("127.0.0.1"), ip_address("127.0.0.1"), ip_address("10.0.0.1")])
    asked = []

    def resolve(host, port):
        asked.append(host)
        return [next(answers)]

    server.pages["/"] = TEXT
    policy = FetchPolicy(allowed_hosts=("samachar.example",))
    Fetcher(policy, hosts, clock, resolve=resolve).get(server.url("/", "samachar.example"))

    assert server.paths() == ["/robots.txt", "/"]
    assert asked == ["samachar.example"] * 2


def test_another_address_is_tried_when_one_is_dead(make_fetcher, names, server):
    names["samachar.example"] = ["::1", "127.0.0.1"]  # the server listens at the second alone
    server.pages["/"] = TEXT

    fetcher = make_fetcher(allowed_hosts=("samachar.example",))

    assert fetcher.get(server.url("/", "samachar.example")).url


def test_a_name_without_an_address_is_told(make_fetcher, names):
    names["samachar.example"] = []

    with pytest.raises(Unreachable, match="has no address"):
        make_fetcher().get("http://samachar.example/")


def test_proxies_of_the_environment_are_not_used(monkeypatch, fetcher, server):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.pages["/"] = TEXT

    assert fetcher.get(server.url()).url == server.url()
