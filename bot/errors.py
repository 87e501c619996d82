"""What ends the bot on purpose.

    knowledge.errors.KhabarError
    ├── AlreadyRunning   another bot on this machine holds the data folder
    ├── TokenRefused     Telegram doesn't know the token
    ├── WebhookRefused   Telegram doesn't deliver to that address
    └── CannotListen     the address of the webhook or of the chat page is taken or not this machine's

Each message says what to do.
"""

from knowledge.errors import KhabarError


class AlreadyRunning(KhabarError):
    """Another bot on this machine holds the data folder."""


class TokenRefused(KhabarError):
    """Telegram doesn't know the token."""


class WebhookRefused(KhabarError):
    """Telegram doesn't deliver to that address."""


class CannotListen(KhabarError):
    """The address to listen on is taken or not this machine's."""
