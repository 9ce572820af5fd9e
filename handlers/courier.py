"""Carries the outbox: a worker per account and lane, several letters in flight, one at a time per person."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta

from bot.domain.messages import Address, Lane, Letter
from bot.ports import Channel, Deferred, Haste, Outcome, Scope, UnitOfWork, Why
from handlers.breaking import Breaking
from handlers.gate import Gate
from handlers.heeding import Heeding
from handlers.lanes import a_few_at_a_time, enough, haste_of, in_flight
from handlers.pace import Pace
from handlers.settling import Carried, Settler
from handlers.sources import sources
from handlers.traces import where
from handlers.turns import Failed

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
FRESH = 0.25
"""Seconds after its claim within which a campaign's letter is sent without asking whether it still may."""
log = logging.getLogger(__name__)


class Courier:
    """Nothing is decided here: a channel answers, the outcome is recorded."""

    def __init__(
        self,
        gate: Gate,
        channels: Sequence[Channel],
        campaigners: Mapping[tuple[str, str], Channel] | None = None,
    ) -> None:
        """`campaigners`: who sends the campaigns of an account (name, account) that somebody else listens on."""
        self._gate = gate
        self._channels = tuple(channel for channel in channels if not channel.traits.pull)
        self._campaigners = campaigners or {}
        self._sources = sources(gate.tools)
        self._paces = {_account(c): Pace(c.traits, gate.waits.too_long) for c in self._channels}
        self._heeding = {account: Heeding(pace) for account, pace in self._paces.items()}
        self._bells = {(*_account(c), lane): asyncio.Event() for c in self._channels for lane in Lane}
        self._settlers = {haste: Settler(gate, self._recorded, haste) for haste in map(haste_of, Lane)}
        self.breaking = Breaking()
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
                for settler in self._settlers.values():
                    group.create_task(settler.run())
                for channel in self._channels:
                    for lane in Lane:
                        group.create_task(self._worker(channel, lane))
        finally:
            for settler in self._settlers.values():
                await settler.finish()

    # --- a lane ---

    async def _worker(self, channel: Channel, lane: Lane) -> None:
        bell, flying = self._bells[(*_account(channel), lane)], set[asyncio.Task[None]]()
        speaker = self._campaigners.get(_account(channel), channel) if lane is Lane.CAMPAIGN else channel
        most = in_flight(channel.traits, lane)

        def start(letter: Letter) -> None:
            task = group.create_task(self._carry(speaker, letter))
            flying.add(task)
            task.add_done_callback(flying.discard)

        async with asyncio.TaskGroup() as group:
            try:
                while True:
                    bell.clear()
                    claimed = deque(await self._claim(channel, lane, most - len(flying)))
                    try:
                        await a_few_at_a_time(claimed, start)
                    finally:
                        self._hand_back(claimed)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(IDLE):
                            await bell.wait()
            except asyncio.CancelledError:
                if flying:
                    await asyncio.wait(flying, timeout=GRACE)
                raise

    async def _claim(self, channel: Channel, lane: Lane, free: int) -> Sequence[Letter]:
        """Nothing while the account is held or the database does not answer; /health tells of the latter."""
        name, account = _account(channel)
        letters: Sequence[Letter] | Failed = ()
        if free >= enough(channel.traits, lane) and not self._paces[name, account].held():
            now, source = self._gate.now(), self._sources[lane]
            letters = await self._claimed(
                lambda uow: source.claim(uow, channel, lane, free, now, LEASE), haste_of(lane)
            )
        if isinstance(letters, Failed):
            return ()
        self._gate.pulse.beat(_beat(channel, lane))
        return letters

    async def _claimed(
        self, claim: Callable[[UnitOfWork], Sequence[Letter]], haste: Haste
    ) -> Sequence[Letter] | Failed:
        """Whoever is stopped in the middle hands back what he got: its lease would hold it up for a minute."""
        claiming = asyncio.ensure_future(self._gate.attempt("claim", claim, haste))
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            letters = await claiming
            self._hand_back(() if isinstance(letters, Failed) else letters)
            raise

    def _hand_back(self, letters: Iterable[Letter]) -> None:
        """Nothing of them has gone out."""
        for letter in letters:
            self._settle(letter, _put_off(0))

    # --- a letter ---

    async def _carry(self, channel: Channel, letter: Letter) -> None:
        pace, claimed = self._paces[_account(channel)], asyncio.get_running_loop().time()
        try:
            if (held := await self._right_to_send(pace, letter)) > 0:
                outcome: Outcome = _put_off(held)
            elif letter.run is not None and not await self._still_wanted(letter, claimed):
                outcome = _put_off(0)
            else:
                async with asyncio.timeout(LONGEST):
                    outcome = await channel.send(letter)
        except TimeoutError:
            outcome = Deferred(timedelta(seconds=1), Scope.CHAT, Why.NETWORK)
        except Exception as broken:  # noqa: BLE001 - one letter that breaks a channel must not stop the others
            log.error("letter %d: %s", letter.id, where(broken))
            outcome = self.breaking.outcome(letter)
        self._heeding[_account(channel)].heed(outcome)
        self._gate.pulse.count(f"letters_{type(outcome).__name__.lower()}_{letter.lane}")
        self._settle(letter, outcome)

    async def _right_to_send(self, pace: Pace, letter: Letter) -> float:
        """0, or the seconds after which to try again: a letter must not wait here until its lease ends.

        Whoever is stopped while it waits hands it back: nothing of it has gone out.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                return await pace.turn(letter.lane, letter.to)
        except TimeoutError:
            return TURN_AGAIN
        except asyncio.CancelledError:
            self._hand_back((letter,))
            raise

    async def _still_wanted(self, letter: Letter, claimed: float) -> bool:
        """While it waited for its turn the run may have been stopped, or the person have said stop."""
        if asyncio.get_running_loop().time() - claimed < FRESH:
            return True
        return await self._gate.look(lambda uow: uow.runs.wanted(letter.id))

    def _settle(self, letter: Letter, outcome: Outcome) -> None:
        self._settlers[haste_of(letter.lane)].put(Carried(letter, outcome))

    def _recorded(self, batch: Sequence[Carried]) -> None:
        """The next letter to the same person waits in the same lane: each keeps its own order."""
        for one in batch:
            self.wake(one.letter.to, one.letter.lane)


def _account(channel: Channel) -> tuple[str, str]:
    return channel.name, channel.account


def _beat(channel: Channel, lane: Lane) -> str:
    return f"courier {channel.name} {lane}"


def _put_off(seconds: float) -> Deferred:
    return Deferred(timedelta(seconds=seconds), Scope.CHAT, Why.RATE)
