"""Carries the outbox: a worker per account and lane, several letters in flight, one at a time per person."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.messages import Address, Lane, Letter
from bot.ports import Channel, Deferred, Delivered, Outcome, Refused, Scope, Settled, UnitOfWork, Why
from bot.services import duty
from handlers.gate import Gate
from handlers.pace import Pace
from handlers.traces import where

LEASE = timedelta(seconds=60)
"""A claimed letter whose process died is sent again after this."""
PATIENCE = 15.0
"""Seconds that a claimed letter waits for its account's right to send; then others may go first."""
TURN_AGAIN = 1.0
LONGEST = 35.0
"""Seconds for sending one letter; with the waiting well within the lease."""
GRACE = 3.0
"""Seconds that letters in flight get when the program stops."""
IDLE = 1.0
"""Seconds after which a worker looks by itself: letters due later, letters of another process."""
IN_FLIGHT = {Lane.ALERT: 64, Lane.CONVERSATION: 32, Lane.CAMPAIGN: 16}
ENOUGH = {Lane.ALERT: 1, Lane.CONVERSATION: 16, Lane.CAMPAIGN: 8}
"""Free places that are worth a claim: each is a transaction; an alert is worth one by itself."""
SHAKY = 3
"""Lost connections in a row after which the whole account pauses instead of each chat."""
LONGEST_PAUSE = 60.0
BROKEN_WAIT = timedelta(seconds=30)
BROKEN_TRIES = 5
"""After so many errors of our own a letter counts as refused: the ladder must go on."""
GATHER = 0.004
"""Seconds that outcomes wait for others, to be recorded in one commit."""

log = logging.getLogger(__name__)
Tell = Callable[[UnitOfWork, "Carried", datetime], object]
"""Passes the news of a letter on, in the transaction that settles it."""


@dataclass(frozen=True, slots=True)
class Carried:
    letter: Letter
    outcome: Outcome


class Courier:
    """Nothing is decided here: a channel answers, the outcome is recorded."""

    def __init__(self, gate: Gate, channels: Sequence[Channel]) -> None:
        self._gate = gate
        self._channels = tuple(channel for channel in channels if not channel.traits.pull)
        self._paces = {_account(c): Pace(c.traits) for c in self._channels}
        self._bells = {(*_account(c), lane): asyncio.Event() for c in self._channels for lane in Lane}
        self._carried: list[Carried] = []
        self._news = asyncio.Event()
        self._failures: Counter[tuple[str, str]] = Counter()
        self._broken: Counter[int] = Counter()
        self.broken_wait = BROKEN_WAIT
        gate.carries(self.wake)
        gate.pulse.expect(*(_beat(channel, lane) for channel in self._channels for lane in Lane))

    def wake(self, to: Address, lane: Lane) -> None:
        """Letters for this person were committed."""
        if (bell := self._bells.get((to.channel, to.account, lane))) is not None:
            bell.set()

    async def run(self) -> None:
        """Until cancelled; then letters in flight get a moment, and what they became is recorded."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._settler())
                for channel in self._channels:
                    for lane in Lane:
                        group.create_task(self._worker(channel, lane))
        finally:
            await self._settle(self._take())

    # --- a lane ---

    async def _worker(self, channel: Channel, lane: Lane) -> None:
        bell, flying = self._bells[(*_account(channel), lane)], set[asyncio.Task[None]]()
        async with asyncio.TaskGroup() as group:
            try:
                while True:
                    bell.clear()
                    for letter in await self._claim(channel, lane, IN_FLIGHT[lane] - len(flying)):
                        task = group.create_task(self._carry(channel, letter))
                        flying.add(task)
                        task.add_done_callback(flying.discard)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(IDLE):
                            await bell.wait()
            except asyncio.CancelledError:
                if flying:
                    await asyncio.wait(flying, timeout=GRACE)
                raise

    async def _claim(self, channel: Channel, lane: Lane, free: int) -> Sequence[Letter]:
        name, account = _account(channel)
        if free < ENOUGH[lane] or self._paces[name, account].held():
            self._gate.pulse.beat(_beat(channel, lane))
            return ()
        now = self._gate.now()
        try:
            letters = await self._gate.ask(
                lambda uow: uow.outbox.claim(name, account, lane, free, now, LEASE)
            )
        except Exception as broken:  # noqa: BLE001 - the database may come back; /health tells if it does not
            log.error("claim: %s", where(broken), extra={"lane": lane})
            return ()
        self._gate.pulse.beat(_beat(channel, lane))
        return letters

    # --- a letter ---

    async def _carry(self, channel: Channel, letter: Letter) -> None:
        pace = self._paces[_account(channel)]
        try:
            if (held := await _right_to_send(pace, letter)) > 0:
                outcome: Outcome = _put_off(held)
            else:
                async with asyncio.timeout(LONGEST):
                    outcome = await channel.send(letter)
        except TimeoutError:
            outcome = Deferred(timedelta(seconds=1), Scope.CHAT, Why.NETWORK)
        except Exception as broken:  # noqa: BLE001 - one letter that breaks a channel must not stop the others
            log.error("letter %d: %s", letter.id, where(broken))
            outcome = self._break(letter)
        self._mind(channel, pace, outcome)
        self._gate.pulse.count(f"letters_{type(outcome).__name__.lower()}_{letter.lane}")
        self._carried.append(Carried(letter, outcome))
        self._news.set()

    def _break(self, letter: Letter) -> Outcome:
        self._broken[letter.id] += 1
        if self._broken[letter.id] < BROKEN_TRIES:
            return Deferred(self.broken_wait, Scope.CHAT, Why.UNKNOWN)
        del self._broken[letter.id]
        return Refused(Why.UNKNOWN)

    def _mind(self, channel: Channel, pace: Pace, outcome: Outcome) -> None:
        """What one answer means for the letters behind it."""
        account = _account(channel)
        match outcome:
            case Deferred(wait, Scope.ACCOUNT, _):
                pace.hold(wait.total_seconds())
            case Deferred(_, Scope.CHAT, Why.NETWORK | Why.PLATFORM):
                self._failures[account] += 1
                if self._failures[account] >= SHAKY:
                    pace.hold(min(LONGEST_PAUSE, 2.0 ** (self._failures[account] - SHAKY)))
            case Delivered() | Refused():
                self._failures[account] = 0
            case Deferred():
                pass

    # --- what became of it ---

    async def _settler(self) -> None:
        while True:
            await self._news.wait()
            await asyncio.sleep(GATHER)
            batch = self._take()
            await _to_the_end(self._settle(batch))
            for name, account in {_of(carried.letter.to) for carried in batch}:
                for lane in Lane:  # the next letter to the same person may be in any lane
                    self._bells[name, account, lane].set()

    def _take(self) -> list[Carried]:
        batch, self._carried = self._carried, []
        self._news.clear()
        return batch

    async def _settle(self, batch: Sequence[Carried]) -> None:
        """All in one commit; where one breaks it, each by itself, in the end without telling anybody."""
        if not batch or await self._recorded(batch, self._tell_duty):
            return
        for carried in batch:
            if not await self._recorded((carried,), self._tell_duty):
                await self._recorded((carried,), _tell_nobody)

    async def _recorded(self, batch: Sequence[Carried], tell: Tell) -> bool:
        now = self._gate.now()

        def record(uow: UnitOfWork) -> None:
            uow.outbox.settle([Settled(one.letter.id, one.outcome) for one in batch], now)
            for one in batch:
                tell(uow, one, now)

        try:
            await self._gate.ask(record)
        except Exception as broken:  # noqa: BLE001 - unsettled letters come back when their lease ends
            log.error("settle: %s", where(broken), extra={"letters": len(batch)})
            return False
        return True

    def _tell_duty(self, uow: UnitOfWork, carried: Carried, now: datetime) -> None:
        """A refused alert climbs at once; a delivered one is known to be sent."""
        alert = carried.letter.alert
        if alert is not None and not isinstance(carried.outcome, Deferred):
            duty.alert_settled(uow, self._gate.tools, alert, carried.outcome, now)


async def _to_the_end(work: Coroutine[None, None, None]) -> None:
    """Although cancelled meanwhile: what was sent must be recorded, or it would be sent again."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        raise


def _account(channel: Channel) -> tuple[str, str]:
    return channel.name, channel.account


def _beat(channel: Channel, lane: Lane) -> str:
    return f"courier {channel.name} {lane}"


def _of(to: Address) -> tuple[str, str]:
    return to.channel, to.account


async def _right_to_send(pace: Pace, letter: Letter) -> float:
    """0, or the seconds after which to try again: a letter must not wait here until its lease ends."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await pace.turn(letter.lane, letter.to)
    except TimeoutError:
        return TURN_AGAIN


def _put_off(seconds: float) -> Deferred:
    return Deferred(timedelta(seconds=seconds), Scope.CHAT, Why.RATE)


def _tell_nobody(uow: UnitOfWork, carried: Carried, now: datetime) -> None:
    """For a letter whose news could not be recorded: the ladder climbs by the clock."""
