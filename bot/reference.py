"""The reference of all settings, generated from `bot.settings`; the operator guide holds it.

`python -m bot.reference deploy/README.md` renews it there, between the two marker comments.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.settings import Settings
from knowledge.sample import FOLDER as SAMPLE_CORPUS

BEGIN = "<!-- settings: written by `python -m bot.reference deploy/README.md` -->"
END = "<!-- settings: end -->"
_HEAD = "| setting | values | default | meaning |\n|---|---|---|---|"
_TYPES = {"integer": "whole number", "number": "number", "string": "text", "boolean": "`true`, `false`"}
_FORMATS = {"path": "path", "date": "date, as `2024-01-31`", "password": "secret text"}
_BOUNDS = {
    "minimum": "from {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "to {}",
    "minLength": "at least {} characters",
}
_NOT_EMPTY = "minLength", 1
"""Of a text that is needed this goes without saying."""

Schema = Mapping[str, Any]


def reference() -> str:
    """A table of settings for each section, in Markdown."""
    schema = Settings.model_json_schema()
    sections = {name: each for name, each in schema["properties"].items() if "$ref" in each}
    alone = {name: each for name, each in schema["properties"].items() if name not in sections}
    tables = [_table(None, "These stand above all sections.", alone)]
    for name, section in sections.items():
        tables += _section(name, _resolved(section, schema), schema)
    return "\n\n".join(tables)


def renewed(guide: str) -> str:
    """The guide with the reference as it is now.

    Raises:
        ValueError: the guide lacks the two marker comments.
    """
    between = re.compile(f"({re.escape(BEGIN)}\n).*?({re.escape(END)})", re.DOTALL)
    if not between.search(guide):
        raise ValueError(f"the guide must hold the lines {BEGIN} and {END}")
    return between.sub(lambda found: f"{found[1]}{reference()}\n{found[2]}", guide)


def _section(name: str, section: Schema, schema: Schema) -> Iterator[str]:
    yield _table(f"[{name}]", section["description"], section["properties"])
    for key, setting in section["properties"].items():
        if "$ref" in setting.get("items", {}):
            entry = _resolved(setting["items"], schema)
            yield _table(f"[[{name}.{key}]]", entry["description"], entry["properties"])


def _resolved(reference: Schema, schema: Schema) -> Schema:
    found: Schema = schema["$defs"][reference["$ref"].rsplit("/", 1)[-1]]
    return found


def _table(heading: str | None, about: str, settings: Mapping[str, Schema]) -> str:
    prefix = f"{heading.strip('[]')}." if heading else ""
    title = f"`{heading}`: {about}" if heading else about
    return "\n".join([f"{title}\n\n{_HEAD}", *(_row(prefix + name, each) for name, each in settings.items())])


def _row(name: str, setting: Schema) -> str:
    kinds = [kind for kind in setting.get("anyOf", [setting]) if kind.get("type") != "null"]
    cells = f"`{name}`", " or ".join(map(_values, kinds)), _default(setting), setting["description"]
    return f"| {' | '.join(cells)} |"


def _values(kind: Schema) -> str:
    """What may be set: `whole number, from 1 to 8`."""
    if "enum" in kind:
        return ", ".join(f"`{value}`" for value in kind["enum"])
    if kind["type"] == "array":
        listed = "tables, see below" if "$ref" in kind["items"] else f"{_values(kind['items'])}s"
        return f"list of {listed}"
    bounded = {each: kind[each] for each in _BOUNDS if each in kind and (each, kind[each]) != _NOT_EMPTY}
    bounds = " ".join(_BOUNDS[bound].format(value) for bound, value in bounded.items())
    return ", ".join(filter(None, (_FORMATS.get(kind.get("format", "")) or _TYPES[kind["type"]], bounds)))


def _default(setting: Schema) -> str:
    """As it would be written in a settings file; – for nothing."""
    if "default" not in setting:
        return "required"
    if str(SAMPLE_CORPUS) in str(setting["default"]):
        return "the sample corpus"
    return "–" if setting["default"] is None else f"`{json.dumps(setting['default'], ensure_ascii=False)}`"


def main(file: Path) -> None:
    """Renew the reference in the guide."""
    file.write_text(renewed(file.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
