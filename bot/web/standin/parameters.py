"""A call's parameters: from forms, JSON or the query string, checked, and refused in Telegram's words."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from bot.web.standin.errors import ApiError, bad_request

T = TypeVar("T")


def _from_json_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValueError("can't parse JSON") from error


def _as_chat_id(value: object) -> object:
    if isinstance(value, str) and value.removeprefix("-").isdecimal():
        return int(value)
    return value


Json = Annotated[T, BeforeValidator(_from_json_text)]
"""A nested value, which forms and query strings carry as JSON text."""

ChatId = Annotated[int | str, BeforeValidator(_as_chat_id)]


class Parameters(BaseModel):
    """The parameters of one method: a name that isn't listed is refused, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


P = TypeVar("P", bound=Parameters)

_TYPE_NAMES = {
    "bool": "Boolean",
    "int": "Integer",
    "string": "String",
    "list": "Array",
    "model": "Object",
    "float": "Float",
}


def read(model: type[P], values: Mapping[str, Any]) -> P:
    """The checked parameters of a call.

    Raises:
        ApiError: 400, when one is missing, unknown or of the wrong type.
    """
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise refusal(error) from error


def refusal(error: ValidationError) -> ApiError:
    """The 400 for the first thing that is wrong."""
    first = error.errors(include_url=False)[0]
    names = [str(part) for part in first["loc"] if part not in {"int", "str"}]  # a union names its branches
    name = next((part for part in reversed(names) if not part.isdecimal()), "")
    kind = first["type"]
    if kind == "extra_forbidden":
        return bad_request(f'unknown parameter "{".".join(names)}": the stand-in knows only what Khabar uses')
    if kind == "missing":
        return bad_request(_missing(names, name))
    expected = _TYPE_NAMES.get(kind.split("_")[0])
    if expected:
        return bad_request(f'field "{name}" must be of type {expected}')
    return bad_request(f'wrong parameter "{".".join(names)}": {first["msg"]}')


def _missing(names: list[str], name: str) -> str:
    if len(names) > 1:
        within = "can't parse inline keyboard button: Can't" if "inline_keyboard" in names else "can't"
        return f'{within} find field "{name}"'
    return "message text is empty" if name == "text" else f"{name} is empty"
