"""One letter, perhaps in several messages: what went out before a pause is not said twice, each is counted."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bot.domain.messages import Letter
from bot.ports import Deferred, Delivered, Outcome, Refused, Spent, Why
from handlers.zalo_oa.letters.plan import Message, Sayings, Unfit, plan

GRACE = 3.0
"""Seconds that letters in flight get when the program stops."""
SendOne = Callable[[str, Message], Awaitable[Outcome]]
"""(person, message) → what became of it."""


class Sending:
    """Remembers, for letters that were put off, how many of their messages have arrived."""

    def __init__(self, sayings: Sayings) -> None:
        self._sayings = sayings
        self._arrived: dict[int, int] = {}
        self._in_flight = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def send(self, letter: Letter, send_one: SendOne) -> Outcome:
        self._in_flight += 1
        self._quiet.clear()
        try:
            return await self._send(letter, send_one)
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._quiet.set()

    async def end(self) -> None:
        """Lets what is in flight arrive before the connections are closed, for a short while."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await self._quiet.wait()

    async def _send(self, letter: Letter, send_one: SendOne) -> Outcome:
        try:
            messages = plan(letter, self._sayings)
        except Unfit:
            return Refused(Why.CONTENT)
        outcome: Outcome = Refused(Why.CONTENT)
        spent: tuple[Spent, ...] = ()
        tracked: tuple[str, ...] = ()
        arrived = self._arrived.get(letter.id, 0)
        for message in messages[arrived:]:
            outcome = await _sent(letter.to.person, message, send_one)
            spent += outcome.spent
            if not isinstance(outcome, Delivered):
                break
            tracked += outcome.tracked
            arrived += 1
            self._arrived[letter.id] = arrived  # at once: the courier may cut the rest off
        if not isinstance(outcome, Deferred):
            self._arrived.pop(letter.id, None)
        if isinstance(outcome, Delivered):
            return replace(outcome, spent=spent, tracked=tracked)
        return replace(outcome, spent=spent)


async def _sent(person: str, message: Message, send_one: SendOne) -> Outcome:
    """Buttons that Zalo does not take must not cost anybody the words above them."""
    outcome = await send_one(person, message)
    if outcome != Refused(Why.CONTENT) or not message.buttons:
        return outcome
    return await send_one(person, replace(message, buttons=()))
