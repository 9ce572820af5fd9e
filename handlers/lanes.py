"""How many letters of each lane are under way at once, and how many free places are worth a claim."""

from bot.domain.messages import Lane
from bot.ports import Traits

IN_FLIGHT = {Lane.ALERT: 64, Lane.CONVERSATION: 32}
ENOUGH = {Lane.ALERT: 1, Lane.CONVERSATION: 16}
"""Free places that are worth a claim: each is a transaction; an alert is worth one by itself."""
CAMPAIGN_IN_FLIGHT = (16, 128)
"""At least and at most, and between them what the account may send in half a second."""


def in_flight(traits: Traits, lane: Lane) -> int:
    """How many letters of a lane are under way at once."""
    if lane is not Lane.CAMPAIGN:
        return IN_FLIGHT[lane]
    least, most = CAMPAIGN_IN_FLIGHT
    return max(least, min(most, int(traits.per_second / 2)))


def enough(traits: Traits, lane: Lane) -> int:
    """How many free places are worth a claim."""
    return in_flight(traits, lane) // 2 if lane is Lane.CAMPAIGN else ENOUGH[lane]
