"""Who may see the dashboard: who knows the operator token, until the session ends.

The cookie holds no token but an expiry, signed with a key made of it: sessions outlive a restart, and end
all at once when the token is changed.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable

SESSION_S = 12 * 3600
_WRONG_AT_ONCE = 5
_FORGIVEN_AFTER_S = 60.0
_ADDRESSES = 10_000


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
    """Counts wrong tokens by address; `now` is a monotonic clock in seconds.

    An address has five at once and one more each minute. The oldest addresses are forgotten first, so
    that nobody can fill the memory.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._empty_at: OrderedDict[str, float] = OrderedDict()

    def wait_s(self, address: str) -> float:
        """For how many seconds the address has to wait; 0 when it may try."""
        over = self._empty_at.get(address, 0.0) - self._now() - (_WRONG_AT_ONCE - 1) * _FORGIVEN_AFTER_S
        return max(0.0, over)

    def failed(self, address: str) -> None:
        """Counts a wrong token."""
        begin = max(self._now(), self._empty_at.pop(address, 0.0))
        self._empty_at[address] = begin + _FORGIVEN_AFTER_S
        if len(self._empty_at) > _ADDRESSES:
            self._empty_at.popitem(last=False)
