"""Posting updates to the bot's webhook, one after another, until it takes them."""

import asyncio
import contextlib
import time
from itertools import chain, repeat

import httpx

from bot.web.standin.updates import Updates
from bot.web.standin.wire import Update, WebhookInfo

RETRY_DELAYS_S = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
POST_TIMEOUT_S = 60.0


class Webhook:
    """Where updates are posted; nothing is, while `updates.webhook_url` is empty."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._secret_token: str | None = None
        self._max_connections = 40
        self._last_error: tuple[int, str] | None = None
        self._task: asyncio.Task[None] | None = None

    async def set(self, url: str, secret_token: str | None, max_connections: int) -> None:
        """Begins to post to `url`; an empty one ends posting."""
        await self.close()
        self._secret_token, self._max_connections, self._last_error = secret_token, max_connections, None
        self._updates.webhook_url = url
        self._updates.bell.ring()
        if url:
            self._task = asyncio.create_task(self._deliver(url))

    async def close(self) -> None:
        """Ends posting; what wasn't taken stays queued."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def info(self) -> WebhookInfo:
        """What getWebhookInfo answers."""
        updates = self._updates
        if not updates.webhook_url:
            return WebhookInfo(
                url="", has_custom_certificate=False, pending_update_count=len(updates.pending)
            )
        when, what = self._last_error or (None, None)
        return WebhookInfo(
            url=updates.webhook_url,
            has_custom_certificate=False,
            pending_update_count=len(updates.pending),
            last_error_date=when,
            last_error_message=what,
            max_connections=self._max_connections,
            allowed_updates=sorted(updates.allowed),
        )

    async def _deliver(self, url: str) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret_token} if self._secret_token else {}
        async with httpx.AsyncClient(timeout=POST_TIMEOUT_S, headers=headers, trust_env=False) as client:
            while True:
                await self._updates.bell.wait_until(lambda: bool(self._updates.pending), POST_TIMEOUT_S)
                if self._updates.pending:
                    await self._post_until_taken(client, url, self._updates.pending[0])

    async def _post_until_taken(self, client: httpx.AsyncClient, url: str, update: Update) -> None:
        for delay_s in chain(RETRY_DELAYS_S, repeat(RETRY_DELAYS_S[-1])):
            try:
                response = await client.post(url, json=update.json_object())
            except httpx.HTTPError as error:
                self._last_error = (int(time.time()), f"Connection failed: {type(error).__name__}")
            else:
                if response.is_success:
                    self._updates.confirm_one(update)
                    return
                status = f"{response.status_code} {response.reason_phrase}"
                self._last_error = (int(time.time()), f"Wrong response from the webhook: {status}")
            await asyncio.sleep(delay_s)
