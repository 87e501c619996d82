"""Telegram's Bot API as data (PaulSonOfLars/telegram-bot-api-spec, MIT), and checks against it."""

import json
from pathlib import Path
from typing import Any

SPEC: dict[str, Any] = json.loads(
    (Path(__file__).parent / "telegram-bot-api" / "api.json").read_text("utf-8")
)
_SCALARS = {"Integer": int, "String": str, "Boolean": bool, "Float": float}


def method(name: str) -> dict[str, Any]:
    return dict(SPEC["methods"][name])


def fields(of: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in of.get("fields", [])}


def faults(value: Any, types: list[str], path: str = "") -> list[str]:
    """What is wrong with a JSON value that should be of one of the spec's types; nothing when it fits one."""
    found = [_faults(value, kind, path) for kind in types]
    return min(found, key=len)


def _faults(value: Any, kind: str, path: str) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{path}: {value!r} is not an array"]
        inner = [kind.removeprefix("Array of ")]
        return [fault for index, one in enumerate(value) for fault in faults(one, inner, f"{path}[{index}]")]
    if kind in _SCALARS:
        fits = isinstance(value, _SCALARS[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if fits else [f"{path}: {value!r} is not of type {kind}"]
    described = SPEC["types"][kind]
    if subtypes := described.get("subtypes"):
        return faults(value, subtypes, path)
    return _object_faults(value, kind, fields(described), path)


def _object_faults(value: Any, kind: str, known: dict[str, dict[str, Any]], path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: {value!r} is not a {kind}"]
    found = [f"{path}.{name}: unknown in {kind}" for name in value if name not in known]
    found += [
        f"{path}.{name}: missing in {kind}" for name in known if known[name]["required"] and name not in value
    ]
    for name, one in value.items():
        if name in known:
            found += faults(one, known[name]["types"], f"{path}.{name}")
    return found
