"""From likelihoods to a judgement: thresholds that fail to the safe side; kind and urgency that agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.kinds import Kind, Urgency

NOTHING = (Kind.ADVICE, Kind.OFF_TOPIC)
SURELY_NOTHING = 0.5
"""Below this likelihood that there is nothing to act on, a message is one to act on."""
EMERGENCY_FROM = 0.2
URGENT_FROM = 0.3
UNSURE_BELOW = 0.4
"""A kind less likely than this is asked for, with the two likeliest as buttons."""


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
    idle = nothing >= SURELY_NOTHING
    order = tuple(
        sorted(
            (Kind(name) for name in kinds if (name in NOTHING) == idle), key=lambda kind: (-kinds[kind], kind)
        )
    )
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
    return Urgency.URGENT if reach[Urgency.URGENT] >= URGENT_FROM else Urgency.STANDARD
