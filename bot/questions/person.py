"""Who asked, as a keyed hash: questions of one person belong together, and nobody can tell whose they are.

Telegram's ids are few enough to try them all, so the hash is worth what its key is kept secret. The key
stands in a file of its own that only the bot may read, and not in the database: whoever gets a copy of the
questions, to look into them or in a backup, doesn't get the key with it.
"""

import hmac
import os
import secrets
from pathlib import Path

from knowledge.errors import KhabarError

KEY_FILE = "questions.key"
_BYTES = 32
_HASH_BYTES = 16


class KeyUnusable(KhabarError):
    """The file of the key can't be read or made, or holds something else."""


def hashed(person: int, key: bytes) -> str:
    """The pseudonym of the person with this Telegram id, the same as long as the key is."""
    return hmac.digest(key, str(person).encode(), "sha256")[:_HASH_BYTES].hex()


def key_in(folder: Path) -> bytes:
    """The key in the folder, made when absent, readable by its owner alone.

    Raises:
        KeyUnusable: it can't be read or made, or the file holds something else.
    """
    file = folder / KEY_FILE
    try:
        if not file.exists():
            _make(file)
        key = file.read_bytes()
    except OSError as error:
        raise KeyUnusable(
            f"{file}: can't be read or made ({error.strerror}); make sure that its folder can be written"
            " and its disk has room"
        ) from error
    if len(key) != _BYTES:
        raise KeyUnusable(
            f"{file}: must hold {_BYTES} bytes and holds {len(key)}; put the right file back, or delete it:"
            " with the key that is made then, nobody can delete questions that are kept already"
        )
    return key


def _make(file: Path) -> None:
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:  # noqa: PTH123
        opened.write(secrets.token_bytes(_BYTES))
        opened.flush()
        os.fsync(opened.fileno())
    new.rename(file)
