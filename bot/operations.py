"""What watches the bot, and what those who run it see of it."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.service import Service
from bot.settings import AlertSettings, WebSettings
from bot.watch.alerts import Alerts
from bot.watch.facts import Facts, Reloads
from bot.watch.gathering import Gathering
from bot.watch.hearing import Hearing, keep_hearing
from bot.watch.metrics import Metrics
from bot.watch.systemd import Supervisor, supervise
from bot.web.operations import health
from bot.web.operations.access import Access, Attempts
from bot.web.operations.dashboard import Dashboard
from bot.web.server import running, server_of, theme

_log = logging.getLogger(__name__)

PROBE = "मौसम"
"""A question that costs little: whether the library answers it doesn't matter, only that it does reply."""
_ALERTS_EACH_S = 60.0


@dataclass(frozen=True, slots=True)
class Operations:
    """Everything around the bot that isn't answering; `probe` asks the library something."""

    metrics: Metrics
    hearing: Hearing
    gathering: Gathering
    reloads: Reloads | None
    probe: Callable[[], object]

    def routes(self, operator_token: str | None) -> list[BaseRoute]:
        """The pages for machines and, with a token, those for operators."""
        routes: list[BaseRoute] = [*health.routes(self._generation, self.hearing, self.metrics)]
        if operator_token is None:
            _log.info("There is no dashboard: it needs web.operator_token")
            return routes
        access, attempts = Access(operator_token, time.time), Attempts(time.monotonic)
        dashboard = Dashboard(access, attempts, self.gathering.everything, self.reloads)
        return [*routes, *dashboard.routes(), theme()]

    @asynccontextmanager
    async def served(self, web: WebSettings) -> AsyncIterator[None]:
        """Serves the pages as long as the context lasts; the bot answers also where they can't be served."""
        token = web.operator_token.get_secret_value() if web.operator_token else None
        server = server_of(Starlette(routes=self.routes(token)))
        async with AsyncExitStack() as stack:
            try:
                origin = await stack.enter_async_context(running(server, web.host, web.port))
            except OSError as error:
                _log.error(
                    "Health, metrics and the dashboard aren't served: web.host = %r, web.port = %d: %s",
                    web.host, web.port, error.strerror,
                )  # fmt: skip
            else:
                _log.info("Health, metrics and the dashboard are at %s", origin)
            yield

    @asynccontextmanager
    async def watching(
        self, service: Service, alerts: AlertSettings, stop: asyncio.Event
    ) -> AsyncIterator[None]:
        """Tells systemd and the operators' chat how `service` does, as long as the context lasts."""
        supervisor = Supervisor.of(os.environ, os.getpid())
        bot = service.application.bot
        telling = Alerts(alerts, lambda text: service.operators.say(bot, text))
        works: list[Coroutine[Any, Any, None]] = [
            supervise(supervisor, service.answering, self.probe, self._status),
            _tell_stopping(supervisor, stop),
            self._alert(service, telling),
            self._listen(service),
        ]
        tasks = [asyncio.create_task(work) for work in works]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _alert(self, service: Service, alerts: Alerts) -> None:
        await service.answering.wait()
        counted = self.gathering.since
        while True:
            try:
                facts = await asyncio.to_thread(self.gathering.state)
                counted = self._count_reloads(facts, counted)
                await alerts.check(facts)
            except Exception as error:  # what can't be looked at is itself worth telling
                await service.operators.report(service.application.bot, "Nobody watches the sources", error)
            await asyncio.sleep(_ALERTS_EACH_S)

    def _count_reloads(self, facts: Facts, after: datetime) -> datetime:
        """Counts those that finished after that time, wherever they were started; when the last one did."""
        for reload in facts.reloads:
            if reload.finished > after:
                self.metrics.reloaded(reload.result)
        return max([after, *(reload.finished for reload in facts.reloads)])

    async def _listen(self, service: Service) -> None:
        await service.answering.wait()
        await keep_hearing(self.hearing, service.application.bot.get_me)

    def _generation(self) -> str | None:
        return self.gathering.library.generation

    def _status(self) -> str:
        library, silent_s = self.gathering.library, self.hearing.silent_s
        heard = "not heard yet" if silent_s is None else f"heard {silent_s:.0f} s ago"
        return f"{library.articles} articles, {library.passages} passages; Telegram {heard}"


async def _tell_stopping(supervisor: Supervisor, stop: asyncio.Event) -> None:
    await stop.wait()
    supervisor.tell(STOPPING="1", STATUS="Answering the questions in hand")
