"""Addresses that open an article at the passage that was shown."""

from urllib.parse import quote, urlsplit

LONGEST_URL = 2048
"""Characters; what all browsers and Telegram's buttons take."""

_WORDS_AT_AN_END = 4


def is_web_address(url: str | None) -> bool:
    """Whether Telegram takes `url` for a button: it refuses the whole message over one that it doesn't."""
    if not url or len(url) > LONGEST_URL or any(c.isspace() or not c.isprintable() for c in url):
        return False
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host.strip(".") and port_is_valid


def to_passage(url: str, sentence: str) -> str:
    """`url` with a text fragment, so that the browser opens it at `sentence` and marks it.

    A short sentence is named whole, a long one by its first and last words; a fragment that `url`
    has stays. Where the fragment would make it too long, `url` alone.
    """
    bare, _, _ = url.partition(":~:")
    hash_sign = "" if "#" in bare else "#"
    fragment = _directive(sentence.split())
    long = f"{bare}{hash_sign}:~:text={fragment}"
    return long if fragment and len(long) <= LONGEST_URL else url


def _directive(words: list[str]) -> str:
    if len(words) <= 2 * _WORDS_AT_AN_END:
        return _encoded(words)
    return f"{_encoded(words[:_WORDS_AT_AN_END])},{_encoded(words[-_WORDS_AT_AN_END:])}"


def _encoded(words: list[str]) -> str:
    # The fragment's own syntax uses the hyphen, which quote() leaves alone.
    return quote(" ".join(words), safe="").replace("-", "%2D")
