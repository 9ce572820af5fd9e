"""One letter, perhaps in several messages: what went out before a pause is not said twice."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bot.domain.messages import Letter
from bot.ports import Deferred, Delivered, Outcome, Refused, Why
from handlers.telegram_wire.letters.plan import Labels, Message, Unfit, illustrated, plan

GRACE = 3.0
SendOne = Callable[[int, Message], Awaitable[Outcome]]
"""(chat, message) → what became of it."""


class Sending:
    """Remembers, for letters that were put off, how many of their messages have arrived."""

    def __init__(self, labels: Labels, *, pictures: bool = False) -> None:
        """`pictures`: whether `send_one` can show them; elsewhere the words go alone."""
        self._labels = labels
        self._pictures = pictures
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
        if not letter.to.person.lstrip("-").isdecimal():
            return Refused(Why.GONE)
        try:
            messages = plan(letter, self._labels)
            if self._pictures:
                messages = illustrated(letter, messages)
        except Unfit:
            return Refused(Why.CONTENT)
        outcome: Outcome = Refused(Why.CONTENT)
        arrived = self._arrived.pop(letter.id, 0)
        for message in messages[arrived:]:
            outcome = await _sent(int(letter.to.person), message, send_one)
            if not isinstance(outcome, Delivered):
                break
            arrived += 1
        if isinstance(outcome, Deferred) and arrived:
            self._arrived[letter.id] = arrived
        return outcome


async def _sent(chat: int, message: Message, send_one: SendOne) -> Outcome:
    """A keyboard or a picture that Telegram does not take must not cost anybody the words beside it."""
    outcome = await send_one(chat, message)
    if outcome == Refused(Why.CONTENT) and message.picture is not None:
        message = replace(message, picture=None)
        outcome = await send_one(chat, message) if message.text else Delivered()
    if outcome != Refused(Why.CONTENT) or not (message.buttons or message.location):
        return outcome
    return await send_one(chat, replace(message, buttons=(), location=""))
