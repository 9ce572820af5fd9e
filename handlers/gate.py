"""The one door: async outside, plain functions in threads inside; one turn at a time per person."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot.domain.messages import Address, Heard, Lane
from bot.ports import Haste, Store, UnitOfWork
from bot.services import duty, intake
from bot.services.tools import Tools
from handlers.inlet import NotTaken
from handlers.landing import Landing
from handlers.noticing import Noticing, Posted
from handlers.pulse import Pulse
from handlers.traces import where
from handlers.turns import Failed, Turns
from handlers.waits import Waits

READERS = 4

T = TypeVar("T")
log = logging.getLogger(__name__)
OnLetters = Callable[[Address, Lane], None]
Tick = Callable[[UnitOfWork, Tools, datetime], object]
"""Something that is due by the clock, in a transaction of its own."""


class Gate:
    """Give it what was heard; it is stored at once and answered soon."""

    def __init__(
        self,
        store: Store,
        tools: Tools,
        now: Callable[[], datetime],
        *,
        ticks: Sequence[Tick] = (),
        pulse: Pulse | None = None,
    ) -> None:
        self._store = store
        self.tools = tools
        self._now = now
        self.ticks = tuple(ticks)
        self.pulse = pulse or Pulse()
        if ticks:
            self.pulse.expect("clock")
        self.waits = Waits()
        self._landing = Landing()
        self._readers = ThreadPoolExecutor(READERS, "look")
        self.turns = Turns(self.attempt, tools, self.now, self.pulse)
        self._bells: dict[Address, set[asyncio.Event]] = {}
        self._carriers: list[OnLetters] = []

    def now(self) -> datetime:
        return self._now()

    # --- what is heard ---

    async def hear(self, heard: Heard) -> None:
        """Returns after the commit that holds the message (once, however often it comes); raises NotTaken."""
        await self.hear_all((heard,))

    async def hear_all(self, heards: Sequence[Heard]) -> None:
        """The same for several, in one commit and in this order."""
        now = self.now()

        def put(uow: UnitOfWork) -> list[Heard]:
            return [heard for heard in heards if intake.hear(uow, heard, now)]

        try:
            fresh = await self._write(put, Haste.FIRST)
        except Exception as broken:  # noqa: BLE001
            self.pulse.count("inbox_refused")
            log.error("inbox: %s", where(broken))
            raise NotTaken from None
        self.pulse.count("heard", len(fresh))
        for heard in fresh:
            self.turns.schedule(heard.sender)

    # --- work in transactions ---

    async def ask(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run it in a transaction of its own; returns after the commit, errors rise."""
        return await self._write(work)

    async def look(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run it beside the writer: it must not change anything."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._store.read, work)

    async def _write(self, work: Callable[[UnitOfWork], T], haste: Haste = Haste.USUAL) -> T:
        posted: Posted = []

        def noticed(uow: UnitOfWork) -> T:
            posted.clear()  # a transaction may be run again after a conflict
            return work(Noticing(uow, posted))

        with nullcontext() if haste is Haste.LAST else self.waits.waiting():
            result = await self._landing.awaited(self._store.submit(noticed, haste=haste))
        for to, lane in posted:
            self._tell(to, lane)
        return result

    # --- who wants to know of letters ---

    def carries(self, carrier: OnLetters) -> None:
        """Calls it after every commit that holds new letters."""
        self._carriers.append(carrier)

    @contextmanager
    def listen(self, address: Address) -> Iterator[asyncio.Event]:
        """An event that is set whenever letters for this address were committed; the listener clears it."""
        bell = asyncio.Event()
        self._bells.setdefault(address, set()).add(bell)
        try:
            yield bell
        finally:
            bells = self._bells[address]
            bells.discard(bell)
            if not bells:
                del self._bells[address]

    def _tell(self, to: Address, lane: Lane) -> None:
        for bell in self._bells.get(to, ()):
            bell.set()
        for carrier in self._carriers:
            carrier(to, lane)

    async def run(self) -> None:
        """Takes turns until cancelled."""
        await self.turns.run()

    # --- what is due ---

    async def tick(self) -> None:
        """Stranded rows, quiet people, whatever else is due; one that fails stops no other."""
        now = self.now()
        stranded = await self.due(partial(intake.stranded, now=now))
        for person in filter(None, stranded):
            self.turns.sweep(person)
        if None in stranded:
            await self.attempt("unreadable", partial(intake.unreadable, tools=self.tools, now=now))
        for person in await self.due(partial(intake.quiet, now=now)):
            await self.attempt("wake", partial(intake.wake, tools=self.tools, person=person, now=now))
        for case in await self.due(partial(duty.due_cases, now=now)):
            await self.attempt("watch", partial(duty.look_after, tools=self.tools, case_id=case, now=now))
        for tick in self.ticks:
            await self.attempt(getattr(tick, "__name__", "tick"), partial(_run, tick, self.tools, now))
        self.pulse.beat("clock")

    async def due(self, query: Callable[[UnitOfWork], Sequence[T]]) -> Sequence[T]:
        """What a query finds; nothing while the database does not answer."""
        try:
            return await self.look(query)
        except Exception as broken:  # noqa: BLE001
            log.error("due: %s", where(broken))
            return ()

    async def attempt(
        self, name: str, work: Callable[[UnitOfWork], T], haste: Haste = Haste.USUAL
    ) -> T | Failed:
        """Work that may fail without stopping anything: it is undone, counted and logged by its place."""
        try:
            return await self._write(work, haste)
        except Exception as broken:  # noqa: BLE001
            self.pulse.count(f"failed_{name}")
            log.error("%s: %s", name, where(broken))
            return Failed()

    def close(self) -> None:
        self._readers.shutdown(wait=False, cancel_futures=True)


def _run(tick: Tick, tools: Tools, now: datetime, uow: UnitOfWork) -> None:
    tick(uow, tools, now)
