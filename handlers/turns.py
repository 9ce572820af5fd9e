"""Turns: every person's messages one after the other, different people side by side."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from bot.domain.messages import Address
from bot.ports import UnitOfWork
from bot.services import intake
from bot.services.intake import lost_causes
from bot.services.tools import Tools
from handlers.pulse import Pulse

WORKERS = 32
"""Turns of different people under way at once: they share the commits of the writer."""
TRY_AGAIN = 1.0
"""Seconds before a turn that failed is tried again."""
LOST_CAUSE = 3
"""Failures of the surrender itself after which a human gets the message without the conversation."""

T = TypeVar("T")


class Failed:
    """The work raised: it is undone and logged."""


class Attempt(Protocol):
    """Runs work in a transaction of its own and survives whatever it raises."""

    def __call__(self, name: str, work: Callable[[UnitOfWork], T]) -> Awaitable[T | Failed]: ...


class Turns:
    """Knows who waits for an answer."""

    def __init__(self, attempt: Attempt, tools: Tools, now: Callable[[], datetime], pulse: Pulse) -> None:
        self._attempt = attempt
        self._tools = tools
        self._now = now
        self._pulse = pulse
        self.try_again = TRY_AGAIN
        self._queue: asyncio.Queue[Address] = asyncio.Queue()
        self._waiting: dict[Address, int] = {}
        """How many messages wait, for each person who is in the queue or in a worker's hands."""
        self._sweeping: set[Address] = set()
        self._lost: dict[Address, int] = {}

    def schedule(self, person: Address) -> None:
        """One message more waits for its turn."""
        waiting = self._waiting.get(person)
        self._waiting[person] = (waiting or 0) + 1
        if waiting is None:
            self._queue.put_nowait(person)

    def sweep(self, person: Address) -> None:
        """However many wait: turns until nothing is left."""
        self._sweeping.add(person)
        self.schedule(person)

    async def run(self, workers: int = WORKERS) -> None:
        """Takes turns until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(self._worker())

    async def _worker(self) -> None:
        while True:
            person = await self._queue.get()
            while self._waiting[person] > 0 or person in self._sweeping:
                self._waiting[person] = max(0, self._waiting[person] - 1)
                await self._turn(person)
            del self._waiting[person]

    async def _turn(self, person: Address) -> None:
        """One message of this person."""
        turn = partial(intake.answer, tools=self._tools, sender=person, now=self._now())
        answered = await self._attempt("turn", turn)
        if isinstance(answered, Failed):
            await self._surrender(person)
        elif answered:
            self._lost.pop(person, None)
            self._pulse.count("turns")
        else:
            self._sweeping.discard(person)

    async def _surrender(self, person: Address) -> None:
        """Counts the failure (the third time a human gets the message as it is) and tries again later."""
        self._sweeping.discard(person)
        self._waiting[person] = 0
        surrender = partial(intake.surrender, tools=self._tools, sender=person, now=self._now())
        if isinstance(await self._attempt("surrender", surrender), Failed):
            await self._hand_over(person)
        else:
            self._lost.pop(person, None)
        asyncio.get_running_loop().call_later(self.try_again, self.sweep, person)

    async def _hand_over(self, person: Address) -> None:
        """Both count their tries in the database: what fails because it is away is neither lost nor given up."""
        self._lost[person] = self._lost.get(person, 0) + 1
        if self._lost[person] < LOST_CAUSE:
            return
        over = partial(lost_causes.hand_over, tools=self._tools, sender=person, now=self._now())
        done = await self._attempt("hand_over", over)
        if isinstance(done, Failed):
            aside = partial(lost_causes.set_aside, sender=person, now=self._now())
            done = await self._attempt("set_aside", aside)
            self._pulse.count("turns_set_aside", int(done is True))
        if done is True:
            del self._lost[person]
