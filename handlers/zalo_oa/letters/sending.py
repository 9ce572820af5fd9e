"""A letter as Zalo's messages, sent one after the other."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from bot.domain.messages import Letter
from bot.ports import Outcome, Refused, Why
from handlers import sending
from handlers.zalo_oa.letters.plan import Message, Sayings, Unfit, plan

SendOne = Callable[[str, Message], Awaitable[Outcome]]
"""(person, message) → what became of it."""


class Sending(sending.Sending):
    def __init__(self, sayings: Sayings) -> None:
        super().__init__()
        self._sayings = sayings

    async def send(self, letter: Letter, send_one: SendOne) -> Outcome:
        try:
            messages = plan(letter, self._sayings)
        except Unfit:
            return Refused(Why.CONTENT)
        return await self.send_all(letter, messages, partial(_sent, send_one, letter.to.person))


async def _sent(send_one: SendOne, person: str, message: Message) -> Outcome:
    """Buttons that Zalo does not take must not cost anybody the words above them."""
    outcome = await send_one(person, message)
    if outcome != Refused(Why.CONTENT) or not message.buttons:
        return outcome
    return await send_one(person, replace(message, buttons=()))
