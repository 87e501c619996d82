"""When two articles are one: the same address, or the same words."""

import hashlib
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import regex

# courlan's own list is made for crawling: it also drops parameters such as `cid`, `gallery` or a bare
# `?12345`, which tell one publisher's articles apart, and two stories would become one.
TRACKING = regex.compile(
    r"utm_.+|fbclid|gclid|dclid|gclsrc|g?wbraid|gbraid|msclkid|yclid|ysclid|ttclid|twclid|li_fat_id|igshid|igsh"
    r"|mc_[ce]id|_ga|_gl|__twitter_impression|__tn__|at_(?:medium|campaign)|ocid|xtor|ref|referrer|amp"
    r"|(?:_hs|vero_|pk_|mtm_|piwik_|oly_).+",
    regex.IGNORECASE,
)
SAFE_IN_PATH = "/!=:,-@+;$&'()*~"
NOT_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def canonical_url(url: str) -> str | None:
    """The one spelling of an article's address, for comparing; None when it is no http(s) address.

    Scheme and host in lower case, no default port, no fragment, no tracking parameters, the others
    sorted, one spelling of percent signs, no slash at the end:
    `HTTPS://Example.com:443/खबर/?utm_source=x#top` becomes `https://example.com/%E0%A4%96%E0%A4%AC%E0%A4%B0`.
    """
    from courlan import normalize_url  # here, since it loads a list of all top-level domains

    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        # quoted after unquoting, since courlan leaves %e0 and %E0 apart
        _ = parts.port  # raises when out of range
        path = quote(unquote(parts.path, errors="surrogateescape"), SAFE_IN_PATH, errors="surrogateescape")
        base = normalize_url(f"{parts.scheme}://{parts.netloc}{path}")
    except ValueError:  # a port out of range, a broken IPv6 host
        return None
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    query = urlencode(
        sorted(pair for pair in pairs if not TRACKING.fullmatch(pair[0])), errors="surrogateescape"
    )
    return base.rstrip("/") + (f"?{query}" if query else "")


def text_digest(text: str) -> str:
    """A digest (32 hex digits) of the words alone: the same for copies that differ in layout.

    White space, punctuation, case, zero-width joiners and the two ways to write a nukta don't count.
    """
    words = NOT_WORDS.sub("", "".join(text.split()))  # split() first: twice as fast
    folded = unicodedata.normalize("NFD", words).casefold()
    return hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
