"""The one aiohttp server: mounts the routes of channels and desk; /health and /metrics of its own."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from aiohttp import web

from bot.ports import UnitOfWork
from bot.settings import BadSettings
from handlers.gate import Gate
from handlers.web_wire.crowd import Crowd, allow_files

LARGEST_BODY = 1024 * 1024
"""Bytes of a form or an update: 60,000 characters as a browser without scripts sends them take half of it.

What is larger (a photo, a film) is read as it comes by its own route, with a limit of its own.
"""
ALARMS_STAND = timedelta(days=2)
"""An alarm of the office that was not raised again for so long is taken for mended."""
CONNECTIONS = 2_000
"""Open at once unless an office says otherwise: pages that listen hold one each."""
IDLE = 75.0
"""Seconds that a connection may say nothing between two requests."""
STREAMS_END = 2.0
"""Seconds that open requests get when the program stops."""


class Http:
    """Serves until cancelled."""

    def __init__(
        self,
        host: str,
        port: int,
        gate: Gate,
        routes: Iterable[web.AbstractRouteDef] = (),
        *,
        connections: int = CONNECTIONS,
    ) -> None:
        """Port 0 takes a free one; see `port` once it runs."""
        self._host = host
        self._asked = port
        self._gate = gate
        self._connections = connections
        self._routes: Sequence[web.AbstractRouteDef] = (*routes, *self._own())
        self._ready = asyncio.Event()
        self.port = port

    async def ready(self) -> int:
        """Waits until the server listens; its port."""
        await self._ready.wait()
        return self.port

    async def run(self) -> None:
        allow_files(self._connections)
        crowd = Crowd(self._connections, self._gate.tools.words)
        application = web.Application(client_max_size=LARGEST_BODY, middlewares=[crowd.let_in])
        application.add_routes(self._routes)
        # access logs would hold addresses with one-time links
        runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=STREAMS_END, keepalive_timeout=IDLE
        )
        await runner.setup()
        crowd.server = runner.server
        try:
            await self._listen(runner)
            self.port = int(runner.addresses[0][1])
            self._ready.set()
            await asyncio.get_running_loop().create_future()
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(STREAMS_END * 2):
                    await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> None:
        try:
            await web.TCPSite(runner, self._host, self._asked, backlog=512).start()
        except OSError as error:
            raise BadSettings(
                f"TINBAO_HTTP_HOST, TINBAO_HTTP_PORT: cannot listen on {self._host}:{self._asked}, "
                f"{error.strerror or 'no such address'} (does another program use it?)"
            ) from None

    def _own(self) -> tuple[web.AbstractRouteDef, ...]:
        return (web.get("/health", self._health), web.get("/metrics", self._metrics))

    async def _health(self, _: web.Request) -> web.Response:
        """200 while every service beats; 503 names those that are silent. Alarms wait for people, not for us."""
        silent = self._gate.pulse.silent()
        status = 503 if silent else 200
        since = self._gate.now() - ALARMS_STAND
        alarms = await self._gate.due(lambda uow: uow.alarms.standing(since))
        told = {"ok": not silent, "silent": list(silent), "alarms": [alarm.code for alarm in alarms]}
        return web.json_response(told, status=status)

    async def _metrics(self, _: web.Request) -> web.Response:
        """Counts in Prometheus' text format: no words, no ids."""
        counts = {f"tinbao_{name}_total": number for name, number in self._gate.pulse.counts.items()}
        since = self._gate.now() - ALARMS_STAND
        gauges = await self._gate.look(partial(_levels, since=since))
        lines = [f"{_name(name)} {number}" for name, number in sorted({**counts, **gauges}.items())]
        return web.Response(text="\n".join(lines) + "\n", content_type="text/plain")


def _levels(uow: UnitOfWork, since: datetime) -> dict[str, int]:
    backlog = {f"tinbao_outbox_waiting_{lane}": number for lane, number in uow.outbox.backlog().items()}
    return {
        "tinbao_inbox_waiting": uow.inbox.waiting(),
        "tinbao_cases_open": uow.cases.count_open(),
        "tinbao_alarms_standing": len(uow.alarms.standing(since)),
        **backlog,
    }


def _name(name: str) -> str:
    return name.replace(" ", "_").replace("-", "_")
