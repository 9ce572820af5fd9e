"""From likelihoods to a judgement: thresholds that fail to the safe side; kind and urgency that agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.kinds import Kind, Urgency

NOTHING = (Kind.ADVICE, Kind.OFF_TOPIC)
SURELY_NOTHING = 0.65
"""Below this likelihood that there is nothing to act on, a message is one to act on."""
EMERGENCY_FROM = 0.14
URGENT_FROM = 0.3
NEVER_NOTHING_FROM = 0.05
"""From this likelihood of an emergency on, a message is one to act on, whatever else is likelier."""
NEVER_LESS_FROM = 0.03
"""From this one on, a message to act on is urgent at least."""
UNSURE_BELOW = 0.5
"""A kind less likely than this is asked for, with the two likeliest as buttons."""

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
    nothing = (sum(kinds[kind] for kind in NOTHING) + urgencies[Urgency.NONE]) / 2
    idle = nothing >= SURELY_NOTHING and urgencies[Urgency.EMERGENCY] < NEVER_NOTHING_FROM
    fitting = _IDLE if idle else _TO_ACT_ON
    order = tuple(sorted(fitting, key=kinds.__getitem__, reverse=True))
    reach = _reach(urgencies)
    confidence = kinds[order[0]]
    return Judgement(order[0], Urgency.NONE if idle else _level(reach), confidence, order, reach)


def _reach(urgencies: Mapping[str, float]) -> dict[Urgency, float]:
    emergency = urgencies[Urgency.EMERGENCY]
    urgent = emergency + urgencies[Urgency.URGENT]
    return {
        Urgency.EMERGENCY: emergency,
        Urgency.URGENT: urgent,
        Urgency.STANDARD: 1 - urgencies[Urgency.NONE],
    }


def _level(reach: Mapping[Urgency, float]) -> Urgency:
    if reach[Urgency.EMERGENCY] >= EMERGENCY_FROM:
        return Urgency.EMERGENCY
    likely = reach[Urgency.URGENT] >= URGENT_FROM or reach[Urgency.EMERGENCY] >= NEVER_LESS_FROM
    return Urgency.URGENT if likely else Urgency.STANDARD
