"""Freezes the audiences of runs: one short transaction after the other, and whoever wrote meanwhile goes between."""

import asyncio
from functools import partial

from bot.ports import Haste
from bot.services.outreach.freezing import freeze_some
from handlers.gate import Gate

IDLE = 1.0
"""Seconds between two looks for a run that has begun."""


class Freezer:
    """Everything that it does stands in rows: after a crash it goes on with the next chunk."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            step = partial(freeze_some, tools=self._gate.tools, now=self._gate.now())
            # False: nothing to do; Failed: the database is away, or the step broke, and it is logged
            if await self._gate.attempt("freeze", step, Haste.LAST) is not True:
                await asyncio.sleep(IDLE)
