"""One letter, perhaps in several messages: what went out before a pause is not said twice, each is counted."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TypeVar

from bot.domain.messages import Letter
from bot.ports import Deferred, Delivered, Outcome, Refused, Spent, Why

GRACE = 3.0
"""Seconds that letters in flight get when the program stops."""

M = TypeVar("M")


class Sending:
    """Remembers, for letters that were put off or cut off, how many of their messages have arrived."""

    def __init__(self) -> None:
        self._arrived: dict[int, int] = {}
        self._in_flight = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def send_all(
        self, letter: Letter, messages: Sequence[M], say: Callable[[M], Awaitable[Outcome]]
    ) -> Outcome:
        """One after the other until one does not arrive; without any message the letter says nothing we can send."""
        with self._flying():
            return await self._in_order(letter.id, messages, say)

    async def end(self) -> None:
        """Lets what is in flight arrive before the connections are closed, for a short while."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await self._quiet.wait()

    @contextmanager
    def _flying(self) -> Iterator[None]:
        self._in_flight += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._quiet.set()

    async def _in_order(
        self, letter: int, messages: Sequence[M], say: Callable[[M], Awaitable[Outcome]]
    ) -> Outcome:
        arrived = self._arrived.get(letter, 0)
        outcome: Outcome = Delivered() if arrived else Refused(Why.CONTENT)
        spent: tuple[Spent, ...] = ()
        tracked: tuple[str, ...] = ()
        for message in messages[arrived:]:
            outcome = await say(message)
            spent += outcome.spent
            if not isinstance(outcome, Delivered):
                break
            tracked += outcome.tracked
            arrived += 1
            self._arrived[letter] = arrived  # at once: the courier may cut the rest off
        if not isinstance(outcome, Deferred):
            self._arrived.pop(letter, None)
        if isinstance(outcome, Delivered):
            return replace(outcome, spent=spent, tracked=tracked)
        return replace(outcome, spent=spent)
