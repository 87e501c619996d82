"""Where the settings are read from, and what is said when they are wrong.

The first place that holds a setting wins: the command line, the environment, secret files, `khabar.toml`,
the default in `bot.settings`.
"""

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource
from pydantic_settings import SettingsError as UnreadableVariable

from bot.settings import Settings
from knowledge.errors import KhabarError

DEFAULT_FILE = Path("khabar.toml")
Key = tuple[str | int, ...]
"""Where a setting stands: `("ranking", "engine")`."""
SECRET_FILES: Mapping[str, Key] = {
    "telegram_bot_token": ("telegram", "token"),
    "telegram_webhook_secret": ("telegram", "webhook_secret"),
    "operator_token": ("web", "operator_token"),
}


class SettingsError(KhabarError):
    """Settings are missing, unknown or not allowed; the message names each with its place."""


def _dotted(key: Key) -> str:
    return ".".join(map(str, key))


def _variable(key: Key) -> str:
    return "KHABAR_" + "__".join(map(str, key)).upper()


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place sets, and how a setting is written there."""

    place: str
    values: Mapping[str, Any]
    written: Callable[[Key], str] = _dotted


DEFAULTS = Layer("default", {})


def load(config: Path | None = None, *, data_dir: Path | None = None) -> Settings:
    """The settings in force.

    Args:
        config: the settings file; by default `khabar.toml` in the working folder, if there is one.
        data_dir: overrides the setting of that name.

    Raises:
        SettingsError: the file can't be read, or settings are unknown or not allowed.
    """
    layers = read_layers(config, data_dir)
    try:
        return Settings(**_merged(layers))
    except ValidationError as error:
        raise SettingsError("\n".join(_explained(each, layers) for each in error.errors())) from None


def read_layers(config: Path | None, data_dir: Path | None) -> list[Layer]:
    """What each place sets, the one that wins first.

    Raises:
        SettingsError: a settings file or a secret file can't be read.
    """
    file = config or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    return [
        Layer("command line", {} if data_dir is None else {"data_dir": data_dir}),
        Layer("environment", _environment(), _variable),
        *_secrets(os.environ),
        *([Layer(str(file), _settings_file(file))] if file else []),
    ]


def listed(settings: Settings) -> Iterator[tuple[Key, object]]:
    """Every setting with its value, in the order of their definition; secrets stay masked."""
    for name, value in settings:
        if isinstance(value, BaseModel):
            yield from (((name, key), each) for key, each in value)
        else:
            yield (name,), value


def place_of(key: Key, layers: Sequence[Layer]) -> Layer:
    """The layer whose value is in force."""
    return next((layer for layer in layers if _holds(layer.values, key)), DEFAULTS)


def _environment() -> dict[str, Any]:
    try:
        known: dict[str, Any] = EnvSettingsSource(Settings)()
    except UnreadableVariable as error:
        raise SettingsError(
            f"environment: {error}; write KHABAR_<SECTION>__<SETTING>=value instead"
        ) from None
    prefix = Settings.model_config["env_prefix"].lower()
    names = (name.lower().removeprefix(prefix) for name in os.environ if name.lower().startswith(prefix))
    return known | {name: "" for name in names if name.split("__")[0] not in Settings.model_fields}


def _secrets(environment: Mapping[str, str]) -> Iterator[Layer]:
    token = SECRET_FILES["telegram_bot_token"]
    if value := environment.get("TELEGRAM_BOT_TOKEN"):
        yield Layer("TELEGRAM_BOT_TOKEN", _nested(token, value))
    if named := environment.get("TELEGRAM_BOT_TOKEN_FILE"):
        yield _secret_file(Path(named), token)
    for folder in filter(None, (environment.get("CREDENTIALS_DIRECTORY"), "/run/secrets")):
        for name, key in SECRET_FILES.items():
            if (file := Path(folder, name)).is_file():
                yield _secret_file(file, key)


def _secret_file(file: Path, key: Key) -> Layer:
    try:
        return Layer(str(file), _nested(key, file.read_text("utf-8").strip()))
    except (OSError, ValueError) as error:
        raise SettingsError(f"secret file {file} can't be read: {_reason(error)}") from None


def _nested(key: Key, value: str) -> dict[str, Any]:
    section, name = key
    return {str(section): {str(name): value}}


def _settings_file(file: Path) -> dict[str, Any]:
    try:
        values: dict[str, Any] = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"settings file {file} can't be read: {_reason(error)}") from None
    return _relative_to(file.parent, values)


def _relative_to(folder: Path, values: dict[str, Any]) -> dict[str, Any]:
    """The same values, with the paths that are relative made relative to the file's own folder."""
    place = partial(_place, folder)
    corpus = values.get("corpus")
    if isinstance(corpus, dict) and isinstance(corpus.get("sources"), list):
        corpus = corpus | {"sources": [_placed(place, source) for source in corpus["sources"]]}
        values = values | {"corpus": corpus}
    paths = {name: place(values[name]) for name in ("english_dictionary", "data_dir") if name in values}
    return values | paths


def _placed(place: Callable[[object], object], source: object) -> object:
    """A source is a location, or a table that holds one."""
    if isinstance(source, dict) and "location" in source:
        return source | {"location": place(source["location"])}
    return place(source)


def _place(folder: Path, location: object) -> object:
    if not isinstance(location, str) or "://" in location:
        return location
    return str(folder / Path(location).expanduser())


def _merged(layers: Sequence[Layer]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        for name, value in layer.values.items():
            below = merged.get(name)
            merged[name] = below | value if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _holds(values: object, key: Key) -> bool:
    for part in key:
        if not isinstance(values, Mapping) or part not in values:
            return False
        values = values[part]
    return True


def _explained(problem: ErrorDetails, layers: Sequence[Layer]) -> str:
    key = problem["loc"]
    # A fault may lie below what a place sets (one source of a list) or in a section as a whole.
    owners = (place_of(key[:end], layers) for end in range(len(key), 0, -1))
    layer = next((owner for owner in owners if owner is not DEFAULTS), DEFAULTS)
    name = f"{layer.place}: {layer.written(key)}"
    if problem["type"] == "extra_forbidden":
        return f"{name} is not a setting; there are {_allowed(key[:-1], layer)}"
    if problem["type"] == "model_type":
        return f"{name} is a section; in it there are {_allowed(key, layer)}"
    value = f" = {problem['input']!r}" if _may_be_shown(key) else ""
    return f"{name}{value} is not allowed: {problem['msg'].removeprefix('Value error, ')}"


def _allowed(section: Key, layer: Layer) -> str:
    return ", ".join(layer.written(key) for key, _ in listed(Settings()) if key[: len(section)] == section)


def _may_be_shown(key: Key) -> bool:
    """Whether the value is a single setting that is not secret."""
    return key not in SECRET_FILES.values() and any(key[:2] == each for each, _ in listed(Settings()))


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
