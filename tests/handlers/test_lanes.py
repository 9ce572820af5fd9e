"""A lane's letters start a few at a time, and who is stopped meanwhile still has the rest."""

import asyncio
from collections import deque

import pytest

from bot.domain.messages import Address, Lane, Letter
from bot.ports import Haste
from handlers.lanes import STARTED, a_few_at_a_time, haste_of

AN = Address("telegram_news", "main", "1")
MANY = 4 * STARTED


def letters() -> deque[Letter]:
    return deque(Letter(number, Lane.CAMPAIGN, AN, "Chào cả nhà") for number in range(MANY))


async def test_the_loop_goes_round_between_a_few_letters_and_the_next() -> None:
    rounds, waiting = [0], letters()

    def start(_: Letter) -> None:
        rounds[-1] += 1

    def next_round() -> None:
        rounds.append(0)
        if waiting:
            asyncio.get_running_loop().call_soon(next_round)

    next_round()
    await a_few_at_a_time(waiting, start)
    assert (sum(rounds), max(rounds)) == (MANY, STARTED)


async def test_whoever_is_stopped_meanwhile_has_what_was_not_started() -> None:
    waiting, started = letters(), list[int]()
    starting = asyncio.ensure_future(a_few_at_a_time(waiting, lambda letter: started.append(letter.id)))
    await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert started == list(range(STARTED))
    assert [letter.id for letter in waiting] == list(range(STARTED, MANY))


def test_only_campaigns_may_wait_for_everybody_else() -> None:
    assert [lane for lane in Lane if haste_of(lane) is Haste.LAST] == [Lane.CAMPAIGN]
