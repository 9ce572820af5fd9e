"""What a second reader may say of a report, and the little that it may change: it adds, and never takes away."""

from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.cases import Case
from bot.domain.kinds import Environment, Kind, Reporter, Urgency, higher
from bot.domain.understanding import Assessment

OLDEST = 17
"""Years: reports on those of 16 and 17 are taken too; above, no age of a child."""
MOST_CHILDREN = 99
SECOND = "second:"
"""Before the name of its model: the version of what a second reader said."""
NOT_TO_ADD = frozenset({Kind.ADVICE, Kind.OFF_TOPIC, Kind.UNKNOWN})

_T = TypeVar("_T", Environment, Reporter)


@dataclass(frozen=True, slots=True, repr=False)
class Opinion:
    """The answer of a second reader, reduced to what may be said: codes, numbers, and words of the report."""

    urgency: Urgency | None = None
    kinds: tuple[Kind, ...] = ()
    environment: Environment = Environment.UNKNOWN
    reporter: Reporter = Reporter.UNKNOWN
    ages: tuple[int, ...] = ()
    children: int | None = None
    place: str | None = None
    """An exact part of the text that was read."""

    @property
    def empty(self) -> bool:
        return self == Opinion()


@dataclass(frozen=True, slots=True)
class Judged:
    """What officers have judged themselves since the words came: there no machine speaks again."""

    urgency: bool = False
    kind: bool = False


NOTHING_JUDGED = Judged()


def joined(base: Assessment, opinion: Opinion, model: str) -> Assessment:
    """What both say together: the higher urgency, all kinds, and what the first left empty."""
    kinds = dict.fromkeys((*base.also, *opinion.kinds))
    return replace(
        base,
        urgency=base.urgency if opinion.urgency is None else higher(base.urgency, opinion.urgency),
        also=tuple(kind for kind in kinds if kind is not base.kind and kind not in NOT_TO_ADD),
        environment=_filled(base.environment, opinion.environment),
        reporter=_filled(base.reporter, opinion.reporter),
        ages=base.ages or opinion.ages,
        children=opinion.children if base.children is None else base.children,
        place=base.place or opinion.place,
        reasons=(),
        likeliest=(),
        confidence=0.0,
        version=f"{SECOND}{model}",
    )


def changed(case: Case, opinion: Opinion, judged: Judged = NOTHING_JUDGED) -> Case:
    """The case with what may be added to it; the same where that is nothing."""
    also, urgency = case.also, case.urgency
    if not judged.kind:
        added = (kind for kind in opinion.kinds if kind not in NOT_TO_ADD)
        also = tuple(kind for kind in dict.fromkeys((*case.also, *added)) if kind is not case.kind)
    if opinion.urgency is not None and not judged.urgency:
        urgency = higher(case.urgency, opinion.urgency)
    return replace(
        case,
        urgency=urgency,
        also=also,
        environment=_filled(case.environment, opinion.environment),
        restricted=case.restricted or Kind.SEXUAL_ABUSE in also,
    )


def _filled(known: _T, told: _T) -> _T:
    return told if known == "unknown" else known
