"""Which addresses of the internet are public, and what a name stands for."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

IPAddress = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[IPAddress]]
"""From a host's name and a port to its addresses, best first; raises OSError for a name that has none."""

UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is routed; outside of it addresses are local, multicast, reserved, or wrap one of IPv4."""
NAT64 = IPv6Network("64:ff9b::/96")
RETIRED = IPv6Network("2002::/16")
"""6to4, out of use since RFC 7526: it leads to whatever IPv4 address stands in it."""


def resolve(host: str, port: int) -> list[IPAddress]:
    """The addresses that the system's resolver knows for `host`, best first; OSError for an unknown name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError("it is no name of a host") from error
    texts = (str(place[0]).partition("%")[0] for *_, place in found)
    return [ip_address(text) for text in dict.fromkeys(texts)]


def is_public(address: IPAddress) -> bool:
    """Whether everybody on the internet reaches the same machine there; an IPv4 address in IPv6 decides."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    if address in NAT64:
        return is_public(IPv4Address(address.packed[-4:]))
    return address in UNICAST and address not in RETIRED and address.is_global
