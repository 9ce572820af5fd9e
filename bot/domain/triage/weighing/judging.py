"""From likelihoods to a judgement: thresholds that fail to the safe side; kind and urgency that agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.kinds import Kind, Urgency

NOTHING = (Kind.ADVICE, Kind.OFF_TOPIC)
SURELY_NOTHING = 0.55
"""Below this likelihood that there is nothing to act on, a message is one to act on."""
EMERGENCY_FROM = 0.1
URGENT_FROM = 0.3
NEVER_NOTHING_FROM = 0.05
"""From this likelihood of an emergency on, a message is one to act on, whatever else is likelier."""
NEVER_LESS_FROM = 0.03
"""From this one on, a message to act on is urgent at least."""
UNSURE_BELOW = 0.6
"""A kind less likely than this is asked for, with the two likeliest as buttons."""

_EMERGENCY, _URGENT, _STANDARD, _NONE = Urgency.EMERGENCY, Urgency.URGENT, Urgency.STANDARD, Urgency.NONE
_IDLE = tuple(sorted(NOTHING))
_TO_ACT_ON = tuple(sorted(set(Kind) - {*NOTHING, Kind.UNKNOWN}))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Kind and urgency that fit together, and the kinds in order of likelihood among those that fit."""

    kind: Kind
    urgency: Urgency
    confidence: float
    order: tuple[Kind, ...]
    reach: Mapping[Urgency, float]
    """How likely each urgency or a higher one is."""


def judge(kinds: Mapping[str, float], urgencies: Mapping[str, float]) -> Judgement:
    """The likeliest kind, and the highest urgency that is likely enough."""
    emergency, none = urgencies[_EMERGENCY], urgencies[_NONE]
    nothing = (sum([kinds[kind] for kind in NOTHING]) + none) / 2
    idle = nothing >= SURELY_NOTHING and emergency < NEVER_NOTHING_FROM
    order = tuple(sorted(_IDLE if idle else _TO_ACT_ON, key=kinds.__getitem__, reverse=True))
    reach = {_EMERGENCY: emergency, _URGENT: emergency + urgencies[_URGENT], _STANDARD: 1 - none}
    return Judgement(order[0], _NONE if idle else _level(reach), kinds[order[0]], order, reach)


def _level(reach: Mapping[Urgency, float]) -> Urgency:
    if reach[_EMERGENCY] >= EMERGENCY_FROM:
        return _EMERGENCY
    likely = reach[_URGENT] >= URGENT_FROM or reach[_EMERGENCY] >= NEVER_LESS_FROM
    return _URGENT if likely else _STANDARD
