"""How many letters of each lane are under way at once, how many free places are worth a claim, who goes first."""

import asyncio
from collections import deque
from collections.abc import Callable

from bot.domain.messages import Lane, Letter
from bot.ports import Haste, Traits

IN_FLIGHT = {Lane.ALERT: 64, Lane.CONVERSATION: 32}
ENOUGH = {Lane.ALERT: 1, Lane.CONVERSATION: 16}
"""Free places that are worth a claim: each is a transaction; an alert is worth one by itself."""
CAMPAIGN_IN_FLIGHT = (16, 128)
"""At least and at most, and between them what the account may send in half a second."""

STARTED = 16
"""Letters that are started in one round of the loop."""


def in_flight(traits: Traits, lane: Lane) -> int:
    """How many letters of a lane are under way at once."""
    if lane is not Lane.CAMPAIGN:
        return IN_FLIGHT[lane]
    least, most = CAMPAIGN_IN_FLIGHT
    return max(least, min(most, int(traits.per_second / 2)))


def haste_of(lane: Lane) -> Haste:
    """Of a lane's transactions: no reply and no alert waits for a campaign's."""
    return Haste.LAST if lane is Lane.CAMPAIGN else Haste.USUAL


def enough(traits: Traits, lane: Lane) -> int:
    """How many free places are worth a claim."""
    return in_flight(traits, lane) // 2 if lane is Lane.CAMPAIGN else ENOUGH[lane]


async def a_few_at_a_time(letters: deque[Letter], start: Callable[[Letter], None]) -> None:
    """A hundred in one round of the loop would keep replies waiting for it; what is not started stays there."""
    while letters:
        for _ in range(min(STARTED, len(letters))):
            start(letters.popleft())
        await asyncio.sleep(0)
