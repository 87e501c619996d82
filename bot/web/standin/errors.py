"""How a Bot API server says no: an error with a code, a description and sometimes parameters."""

from typing import Any


class ApiError(Exception):
    """A refused call; `body` is the JSON that Telegram answers with."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        """The answer's JSON: `ok`, `error_code`, `description` and, where there are any, `parameters`."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


def bad_request(reason: str) -> ApiError:
    """The 400 for `reason`, in Telegram's wording."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """The 403 for `reason`, in Telegram's wording."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """The 409 for `reason`: two ways of receiving updates that exclude each other."""
    return ApiError(409, f"Conflict: {reason}")


def flood(retry_after_s: int) -> ApiError:
    """The 429 that asks to wait `retry_after_s` seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s)


TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
