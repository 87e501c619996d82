"""Trouble on order: the next calls of a method meet a flood limit, a broken server or a dead line."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

from pydantic import Field

from bot.web.standin.parameters import Parameters

Trouble = Literal["flood", "server_error", "conflict", "hang", "drop", "drop_after"]


class Fault(Parameters):
    """What the next `times` calls meet.

    `flood`: 429 with `retry_after` seconds. `server_error`: `status` with an HTML page, as a proxy
    answers. `conflict`: 409. `hang`: no answer until the caller gives up. `drop`: the connection is
    cut. `drop_after`: the call is carried out, then the connection is cut.
    """

    trouble: Trouble
    method: str | None = None
    """None: any method."""
    times: int = 1
    retry_after: int = Field(1, ge=1)
    status: Literal[500, 502, 503, 504] = 502


@dataclass(slots=True)
class Faults:
    """The trouble that is still to come, oldest first."""

    ordered: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Orders trouble."""
        self.ordered.append(fault)

    def take(self, method: str) -> Fault | None:
        """The trouble that this call meets, counted as met."""
        for index, fault in enumerate(self.ordered):
            if fault.method in {None, method}:
                rest = [fault.model_copy(update={"times": fault.times - 1})] if fault.times > 1 else []
                self.ordered[index : index + 1] = rest
                return fault
        return None


def bad_gateway_page(status: int) -> str:
    """The page of a proxy whose server doesn't answer."""
    title = f"{status} {HTTPStatus(status).phrase}"
    return (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n<hr><center>nginx/1.26.3</center>\r\n</body>\r\n</html>\r\n"
    )
