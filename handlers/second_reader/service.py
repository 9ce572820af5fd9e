"""Reads what was answered and not read yet, as rows say; whatever happens there, no turn waits for it."""

import asyncio
import logging
from functools import partial

from bot.domain.opinion import Opinion
from bot.ports import NoOpinion, Readable, SecondReader, Unheard
from bot.services import second_reader
from handlers.gate import Gate
from handlers.traces import where

EVERY = 2.0
"""Seconds between two looks."""
AT_ONCE = 2
LONGEST_PAUSE = 60.0
"""Seconds between two looks while the server is away."""

log = logging.getLogger(__name__)


class SecondReading:
    """Bounded by rows: at most AT_ONCE reports are in its hands, all others stand in the database."""

    def __init__(self, gate: Gate, reader: SecondReader, *, every: float = EVERY) -> None:
        self._gate = gate
        self._reader = reader
        self._every = every
        self.pause = every

    async def run(self) -> None:
        try:
            while True:
                await asyncio.sleep(self.pause)
                await self.round()
        finally:
            await self._reader.close()

    async def round(self) -> int:
        """Reads what is due now; how many reports that were."""
        now = self._gate.now()
        rows = await self._gate.due(lambda uow: second_reader.due(uow, now, AT_ONCE))
        heard = await asyncio.gather(*(self._read(row) for row in rows))
        away = bool(heard) and not any(heard)
        self.pause = min(LONGEST_PAUSE, self.pause * 2) if away else self._every
        return len(rows)

    async def _read(self, row: Readable) -> bool:
        """Whether the server answered with anything at all."""
        outcome = await self._opinion(row)
        now, pulse = self._gate.now(), self._gate.pulse
        if isinstance(outcome, Opinion):
            pulse.count("second_read")
            record = partial(
                second_reader.record,
                tools=self._gate.tools,
                one=row,
                opinion=outcome,
                model=self._reader.model,
                now=now,
            )
            await self._gate.attempt("second_reading", record)
            return True
        pulse.count(f"second_{outcome.why}")
        put_off = partial(second_reader.put_off, one=row, why=outcome.why, now=now)
        await self._gate.attempt("second_put_off", put_off)
        return outcome.why is Unheard.NONSENSE

    async def _opinion(self, row: Readable) -> Opinion | NoOpinion:
        try:
            text = await self._gate.look(lambda uow: second_reader.text_of(uow, self._gate.tools, row))
            return await self._reader.read(text) if text else NoOpinion(Unheard.NONSENSE)
        except Exception as broken:  # noqa: BLE001 - one odd report must not stop the hotline
            log.error("second reader, %s: %s", row, where(broken))
            return NoOpinion(Unheard.NONSENSE)
