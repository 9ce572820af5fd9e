"""A letter as Telegram's messages, sent one after the other."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from bot.domain.messages import Letter
from bot.ports import Delivered, Outcome, Refused, Why
from handlers import sending
from handlers.telegram_wire.letters.plan import Labels, Message, Unfit, illustrated, plan

SendOne = Callable[[int, Message], Awaitable[Outcome]]
"""(chat, message) → what became of it."""


class Sending(sending.Sending):
    def __init__(self, labels: Labels, *, pictures: bool = False) -> None:
        """`pictures`: whether `send_one` can show them; elsewhere the words go alone."""
        super().__init__()
        self._labels = labels
        self._pictures = pictures

    async def send(self, letter: Letter, send_one: SendOne) -> Outcome:
        if not letter.to.person.lstrip("-").isdecimal():
            return Refused(Why.GONE)
        try:
            messages = plan(letter, self._labels)
            if self._pictures:
                messages = illustrated(letter, messages)
        except Unfit:
            return Refused(Why.CONTENT)
        say = partial(_sent, send_one, int(letter.to.person))
        return await self.send_all(letter, messages, say)


async def _sent(send_one: SendOne, chat: int, message: Message) -> Outcome:
    """A keyboard or a picture that Telegram does not take must not cost anybody the words beside it."""
    outcome = await send_one(chat, message)
    if outcome == Refused(Why.CONTENT) and message.picture is not None:
        message = replace(message, picture=None)
        outcome = await send_one(chat, message) if message.text else Delivered()
    if outcome != Refused(Why.CONTENT) or not (message.buttons or message.location):
        return outcome
    return await send_one(chat, replace(message, buttons=(), location=""))
