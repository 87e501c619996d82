"""When two pages of the web are one article, and the id that it keeps."""

import base64
import hashlib
from urllib.parse import urlsplit

import regex

from knowledge.sources.identity import canonical_url, text_digest

HOST_OF_A_FORM = regex.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.)")
AMP_PATH = regex.compile(
    r"^/amp(?=/.)|/amp(?:\.html?)?$|\.amp(?=$|\.html?$)|(?<=.)\.amp\.html?$", regex.IGNORECASE
)
ID_BYTES = 10


def address_name(url: str) -> str | None:
    """The name of an article by its address; None when it is no http(s) address.

    The same for http and https, with and without www, for the forms for phones (`m.`, `amp.`, `/amp`),
    and with whatever says where the reader came from.
    """
    canonical = canonical_url(url)
    if canonical is None:
        return None
    parts = urlsplit(canonical)
    host = HOST_OF_A_FORM.sub("", parts.netloc)
    path = AMP_PATH.sub("", parts.path)
    return f"{host}{path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def names_of(url: str | None, guid: str | None, text: str | None) -> tuple[str, ...]:
    """The names that an article goes by, best first: its address, its guid, else the digest of its words."""
    address = address_name(url) if url else None
    named = (address and f"address:{address}", guid and f"guid:{guid.strip()}")
    names = tuple(name for name in named if name)
    return names or ((f"text:{text_digest(text)}",) if text else ())


def article_id(name: str) -> str:
    """The id (16 letters and digits) of an article that goes by `name`: the same on every machine."""
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=ID_BYTES).digest()
    return base64.b32encode(digest).decode("ascii").lower()


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are one publisher's: of one host, one below the other, or one domain."""
    from courlan import extract_domain  # here, since it loads a list of all top-level domains

    try:
        hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (one, other)]
    except ValueError:  # a broken IPv6 host
        return False
    if not all(hosts):
        return False
    if hosts[0] == hosts[1] or any(f".{host}".endswith(f".{above}") for host, above in (hosts, hosts[::-1])):
        return True
    domains = [extract_domain(url) for url in (one, other)]
    return domains[0] is not None and domains[0] == domains[1]
