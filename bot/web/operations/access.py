"""Who may see the dashboard: who knows the operator token, until the session ends.

The cookie holds no token but an expiry, signed with a key made of it: sessions outlive a restart, and end
all at once when the token is changed.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable

SESSION_S = 12 * 3600
_WRONG_AT_ONCE = 5
_FORGIVEN_AFTER_S = 60.0


class Access:
    """Sessions for who knows `token`; `now` is the wall clock in seconds since 1970."""

    def __init__(self, token: str, now: Callable[[], float]) -> None:
        self._token = token.encode()
        self._key = hashlib.sha256(b"khabar session " + self._token).digest()
        self._now = now

    def knows(self, token: str) -> bool:
        """Whether that is the token; takes as long for a wrong one."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self._token)

    def new_session(self) -> str:
        """The cookie of a session that begins now."""
        claim = f"{int(self._now()) + SESSION_S}.{secrets.token_urlsafe(12)}"
        return f"{claim}.{self._signed('session', claim)}"

    def is_open(self, session: str) -> bool:
        """Whether a cookie holds a session that was begun here and hasn't ended."""
        claim, _, signature = session.rpartition(".")
        if not hmac.compare_digest(
            signature.encode("utf-8", "replace"), self._signed("session", claim).encode()
        ):
            return False
        return int(claim.partition(".")[0]) > self._now()

    def form_key(self, session: str) -> str:
        """What a form of that session must send along: other sites can't know it."""
        return self._signed("form", session)

    def is_form_key(self, key: str, session: str) -> bool:
        """Whether a form sent along what it must."""
        return hmac.compare_digest(key.encode("utf-8", "replace"), self.form_key(session).encode())

    def _signed(self, purpose: str, text: str) -> str:
        return hmac.new(self._key, f"{purpose} {text}".encode("utf-8", "replace"), "sha256").hexdigest()


class Attempts:
    """Counts wrong tokens, from wherever they come; `now` is a monotonic clock in seconds.

    Five may come at once and one more each minute. Those beyond are turned away unheard of, so that nobody
    fills the log; the right token is never one of them. Addresses aren't told apart: behind a proxy all have
    the same one, and where a proxy passes on what it is told, everybody has as many as they like.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._empty_at = 0.0

    def wrong(self) -> float:
        """Counts a wrong token; for how many seconds none is counted any more, 0 for one that was."""
        now = self._now()
        over = self._empty_at - now - (_WRONG_AT_ONCE - 1) * _FORGIVEN_AFTER_S
        if over > 0:
            return over
        self._empty_at = max(now, self._empty_at) + _FORGIVEN_AFTER_S
        return 0.0
