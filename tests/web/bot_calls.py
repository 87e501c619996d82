"""Calls of the Bot API as a bot makes them, and what is said to them."""

from typing import Any

import httpx


async def result(bot: httpx.AsyncClient, method: str, **parameters: Any) -> Any:
    answer = await bot.post(method, json=parameters)
    assert answer.json()["ok"], answer.text
    return answer.json()["result"]


async def refused(bot: httpx.AsyncClient, method: str, **parameters: Any) -> tuple[int, str]:
    answer = await bot.post(method, json=parameters)
    body = answer.json()
    assert body["ok"] is False
    assert body["error_code"] == answer.status_code
    return answer.status_code, body["description"].removeprefix("Bad Request: ")
