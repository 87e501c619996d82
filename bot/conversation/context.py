"""The context of a handler, typed: no data hangs on it, handlers get what they need when they are made."""

from typing import Any, TypeAlias

from telegram.ext import CallbackContext, ExtBot

Context: TypeAlias = CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[Any, Any]]
