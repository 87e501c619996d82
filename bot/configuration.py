"""Where the settings are read from, and what is said when they are wrong.

The first place that holds a setting wins: the command line, the environment, secret files, `khabar.toml`,
the default in `bot.settings`.
"""

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial, reduce
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource
from pydantic_settings import SettingsError as UnreadableVariable

from bot.settings import GoldenQuestion, Settings, SourceSettings
from knowledge.errors import KhabarError

DEFAULT_FILE = Path("khabar.toml")
_ALIKE = 0.85
"""How much of a name is right at least, 0 to 1, for it to be taken for a slip: web.prot, KHABAR_WEB_PORT."""
Key = tuple[str | int, ...]
"""Where a setting stands: `("ranking", "engine")`."""
SECRET_FILES: Mapping[str, Key] = {
    "telegram_bot_token": ("telegram", "token"),
    "telegram_webhook_secret": ("telegram", "webhook_secret"),
    "operator_token": ("web", "operator_token"),
}
TABLES: Mapping[Key, type[BaseModel]] = {
    ("corpus", "sources"): SourceSettings,
    ("reload", "golden"): GoldenQuestion,
}
"""The settings that list tables, with what a table holds."""


class SettingsError(KhabarError):
    """Settings are missing, unknown or not allowed; the message names each with its place."""


def _dotted(key: Key) -> str:
    return ".".join(map(str, key))


def _variable(key: Key) -> str:
    """A variable holds a whole setting; what lies below is named by its path in there."""
    return _dotted(("KHABAR_" + "__".join(map(str, key[:2])).upper(), *key[2:]))


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
        raise SettingsError("\n".join(_explained(each, layers) for each in _causes(error))) from None


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
    """Every setting with its value, in the order of their definition; secrets stay masked.

    Where a setting lists tables, each stands for itself: `("corpus", "sources", 0)`.
    """
    for key in _keys():
        value: Any = reduce(getattr, map(str, key), settings)
        if key in TABLES and value:
            yield from (((*key, number), table) for number, table in enumerate(value))
        else:
            yield key, value


def _keys() -> Iterator[Key]:
    for name, field in Settings.model_fields.items():
        if isinstance(section := field.annotation, type) and issubclass(section, BaseModel):
            yield from ((name, key) for key in section.model_fields)
        else:
            yield (name,)


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
    """Whether the setting is given there, or a whole value that it is a part of (one source of the list)."""
    for part in key:
        if not isinstance(values, Mapping):
            return True
        if part not in values:
            return False
        values = values[part]
    return True


def _causes(error: ValidationError) -> Iterator[ErrorDetails]:
    """Each fault, but those of a list as a whole that only follow from one in it."""
    places = [each["loc"] for each in error.errors()]
    for each in error.errors():
        place = each["loc"]
        if not any(len(other) > len(place) and other[: len(place)] == place for other in places):
            yield each


def _explained(problem: ErrorDetails, layers: Sequence[Layer]) -> str:
    key = problem["loc"]
    # A fault may lie in a section as a whole, or in what is missing from it.
    owners = (place_of(key[:end], layers) for end in range(len(key), 0, -1))
    layer = next((owner for owner in owners if owner is not DEFAULTS), DEFAULTS)
    name = f"{layer.place}: {layer.written(key)}"
    if problem["type"] == "extra_forbidden":
        allowed = _allowed(key[:-1], layer)
        meant = get_close_matches(layer.written(key), allowed, 1, _ALIKE)
        return f"{name} is not a setting; " + (f"is {meant[0]} meant?" if meant else _there_are(allowed))
    if problem["type"] == "model_type":
        kind = "table" if key[:2] in TABLES else "section"
        return f"{name} is a {kind}; in it {_there_are(_allowed(key, layer))}"
    if problem["type"] == "missing":
        return f"{name} is missing"
    value = f" = {problem['input']!r}" if _may_be_shown(key) else ""
    return f"{name}{value} is not allowed: {_wrong(problem)}"


def _wrong(problem: ErrorDetails) -> str:
    """What is wrong, in the words of settings files where pydantic speaks of Python's types."""
    match problem["type"]:
        case "tuple_type":
            return "it must be a list, in [ ]"
        case "too_short":
            if not isinstance(problem["input"], str | SecretStr):
                return "it must not be empty"
            return f"it must have at least {problem['ctx']['min_length']} characters"
        case "path_type":
            return "it must be a path, in quotes"
        case "int_parsing" | "int_type" | "int_from_float":
            return "it must be a whole number"
        case "float_parsing" | "float_type":
            return "it must be a number"
    return problem["msg"].removeprefix("Value error, ")


def _there_are(names: Sequence[str]) -> str:
    return f"there are {', '.join(names)}"


def _allowed(section: Key, layer: Layer) -> list[str]:
    table = TABLES.get(section[:2])
    below = ((*section, name) for name in table.model_fields) if table else _keys()
    return [layer.written(key) for key in below if key[: len(section)] == section]


def _may_be_shown(key: Key) -> bool:
    """Whether the value is a single setting that is not secret; a wrong location may hold a password."""
    return key not in SECRET_FILES.values() and key[:2] in set(_keys()) and key[-1] != "location"


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
