"""The only APScheduler: every few seconds it lets the gate look at what is due."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

EVERY_SECONDS = 2
"""Short against the shortest delay of a ladder, long against the cost of a tick."""


class Clock:
    """Time is a row, not a job: this only knocks."""

    def __init__(self, tick: Callable[[], Awaitable[None]], every: float = EVERY_SECONDS) -> None:
        self._tick = tick
        self._every = every

    async def run(self) -> None:
        """Until cancelled; a tick that takes longer than the interval is not overtaken by the next."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            self._tick,
            "interval",
            seconds=self._every,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        scheduler.start()
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            scheduler.shutdown(wait=False)
