"""Letters of several messages, whichever platform: what arrived is not said twice, though the rest was cut off."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.messages import Address, Lane, Letter
from bot.ports import Deferred, Delivered, Outcome, Refused, Scope, Why
from handlers.sending import Sending
from handlers.telegram_wire.letters.plan import Labels
from handlers.telegram_wire.letters.plan import Message as Telegrams
from handlers.telegram_wire.letters.sending import Sending as ToTelegram
from locales.catalogue import load

LETTER_WAIT = timedelta(seconds=3)
LETTER = Letter(7, Lane.CONVERSATION, Address("any", "main", "21"), "một hai ba")


async def test_what_arrived_before_a_cut_is_not_said_twice() -> None:
    sending, said, stuck = Sending(), list[str](), asyncio.Event()

    async def say(message: str) -> Outcome:
        if message == "hai" and not said.count("hai?"):
            said.append("hai?")
            stuck.set()
            await asyncio.Event().wait()
        said.append(message)
        return Delivered(message)

    first = asyncio.create_task(sending.send_all(LETTER, ("một", "hai", "ba"), say))  # noqa: TID251
    await stuck.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await sending.send_all(LETTER, ("một", "hai", "ba"), say) == Delivered("ba")
    assert said == ["một", "hai?", "hai", "ba"]


async def test_a_long_letter_cut_off_on_telegram_goes_on_where_it_was() -> None:
    sending, said, stuck = ToTelegram(Labels.of(load())), list[str](), asyncio.Event()
    long = Letter(8, Lane.CONVERSATION, Address("telegram_public", "main", "21"), "Một câu dài. " * 700)

    async def say(_: int, message: Telegrams) -> Outcome:
        said.append(message.text)
        if len(said) == 2:
            stuck.set()
            await asyncio.Event().wait()
        return Delivered()

    first = asyncio.create_task(sending.send(long, say))  # noqa: TID251
    await stuck.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await sending.send(long, say)
    assert said[2] == said[1], "the second again, the first not"


async def test_a_refused_letter_is_forgotten_and_one_put_off_is_not() -> None:
    sending, said = Sending(), list[str]()
    wait = Deferred(LETTER_WAIT, Scope.CHAT, Why.RATE)
    answers: list[Outcome] = [Delivered(), wait, Refused(Why.BLOCKED), Delivered(), Delivered()]

    async def say(message: str) -> Outcome:
        said.append(message)
        return answers.pop(0)

    assert await sending.send_all(LETTER, ("một", "hai"), say) == wait
    assert await sending.send_all(LETTER, ("một", "hai"), say) == Refused(Why.BLOCKED)
    assert await sending.send_all(LETTER, ("một", "hai"), say) == Delivered()
    assert said == ["một", "hai", "hai", "một", "hai"]


async def test_a_letter_that_has_nothing_to_send_is_refused() -> None:
    async def say(message: str) -> Outcome:
        raise AssertionError(message)

    assert await Sending().send_all(LETTER, (), say) == Refused(Why.CONTENT)
