"""What became of the letters: recorded in batches, and told to those who wait for it, in the same commit."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Letter
from bot.ports import Deferred, Haste, Outcome, Settled, UnitOfWork
from bot.services import duty, reaching
from handlers.gate import Gate
from handlers.turns import Failed

GATHER = 0.004
"""Seconds that outcomes wait for others, to be recorded in one commit."""


@dataclass(frozen=True, slots=True)
class Carried:
    letter: Letter
    outcome: Outcome


Tell = Callable[[UnitOfWork, Carried, datetime], object]
"""Passes the news of a letter on, in the transaction that settles it."""


class Settler:
    """Takes what was carried and records it."""

    def __init__(
        self, gate: Gate, recorded: Callable[[Sequence[Carried]], None], haste: Haste = Haste.USUAL
    ) -> None:
        """`recorded` is told after the commit: these people may get their next letter."""
        self._gate = gate
        self._recorded = recorded
        self._haste = haste
        self._carried: list[Carried] = []
        self._news = asyncio.Event()

    def put(self, carried: Carried) -> None:
        self._carried.append(carried)
        self._news.set()

    async def run(self) -> None:
        """Until cancelled; `finish` afterwards."""
        while True:
            await self._news.wait()
            await asyncio.sleep(GATHER)
            await _to_the_end(self.finish())

    async def finish(self) -> None:
        """All in one commit; where one breaks it, each by itself, in the end without telling anybody."""
        batch, self._carried = self._carried, []
        self._news.clear()
        if batch and not await self._record(batch, self._tell_duty):
            for carried in batch:
                if not await self._record((carried,), self._tell_duty):
                    await self._record((carried,), _tell_nobody)
        self._recorded(batch)

    async def _record(self, batch: Sequence[Carried], tell: Tell) -> bool:
        now = self._gate.now()

        def record(uow: UnitOfWork) -> None:
            single, of_runs = _apart(batch)
            uow.outbox.settle(single, now)
            if of_runs:
                uow.runs.settle(of_runs, now)
            for one in batch:
                tell(uow, one, now)

        return not isinstance(await self._gate.attempt("settle", record, self._haste), Failed)

    def _tell_duty(self, uow: UnitOfWork, carried: Carried, now: datetime) -> None:
        """A refused alert climbs at once; a delivered one is known to be sent; what could not be told shows."""
        if carried.letter.run is not None:
            _tell_costs(uow, carried, carried.letter.run, now)
            return
        reaching.settled(uow, self._gate.tools, carried.letter, carried.outcome, now)
        alert = carried.letter.alert
        if alert is not None and not isinstance(carried.outcome, Deferred):
            duty.alert_settled(uow, self._gate.tools, alert, carried.outcome, now)


def _apart(batch: Sequence[Carried]) -> tuple[list[Settled], list[Settled]]:
    """Letters of the outbox, letters of runs."""
    single: list[Settled] = []
    of_runs: list[Settled] = []
    for one in batch:
        (single if one.letter.run is None else of_runs).append(Settled(one.letter.id, one.outcome))
    return single, of_runs


def _tell_costs(uow: UnitOfWork, carried: Carried, run: int, now: datetime) -> None:
    """Nobody waits for the news of a campaign's letter, but somebody pays."""
    found = uow.runs.get(run) if carried.outcome.spent else None
    if found is not None:
        uow.contacts.spent(carried.letter.to, carried.outcome.spent, now, campaign=found.campaign)


def _tell_nobody(uow: UnitOfWork, carried: Carried, now: datetime) -> None:
    """For a letter whose news could not be recorded: the ladder climbs by the clock."""


async def _to_the_end(work: Coroutine[None, None, None]) -> None:
    """Although cancelled meanwhile: what was sent must be recorded, or it would be sent again."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        raise
