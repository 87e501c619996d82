"""What values of single settings must be like: each function gives the value back, or says what is wrong."""

import re
from typing import Any

from pydantic import SecretStr, TypeAdapter


def bot_token(token: SecretStr) -> SecretStr:
    """The token, if it looks like one."""
    if not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value(), re.ASCII):
        raise ValueError("it must look like 123456:ABC-DEF, as @BotFather gave it")
    return token


def webhook_secret(secret: SecretStr) -> SecretStr:
    """The secret, if Telegram takes it."""
    if not re.fullmatch(r"[\w-]{1,256}", secret.get_secret_value(), re.ASCII):
        raise ValueError("it must be 1 to 256 of A-Z, a-z, 0-9, _ and -")
    return secret


def one_or_json(value: object) -> object:
    """An environment variable holds one value, or a JSON list of them."""
    if not isinstance(value, str):
        return value
    return TypeAdapter(list[Any]).validate_json(value) if value.startswith("[") else [value]


def located(source: object) -> object:
    """A source may be written as its location alone."""
    return {"location": source} if isinstance(source, str) else source


def contact(contact: str) -> str:
    """The address at which publishers find whoever runs the bot."""
    if not re.fullmatch(r"(https?://|mailto:)\S+", contact):
        raise ValueError("it must be an address such as https://example.org/bot or mailto:desk@example.org")
    return contact


def host(name: str) -> str:
    """The name of a host alone."""
    if not re.fullmatch(r"[^\s/:@?#\[\]]+|\[?[0-9A-Fa-f.]*(:[0-9A-Fa-f.]*){2,}\]?", name):
        raise ValueError("it must be the name or the address of a host alone, without http:// and a port")
    return name


def without_password(location: str) -> str:
    """The location, if reports may show it."""
    if re.match(r"https?://[^/?#]*@", location):
        raise ValueError("it has a name or a password in it, which reports would show: write it without them")
    return location
