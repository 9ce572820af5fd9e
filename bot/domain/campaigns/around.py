"""Did the message work: reports by kind and commune before and after a campaign, small numbers hidden."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.campaigns.subscribers import Skipped

WEEKS = timedelta(weeks=4)
SMALL = 5
"""Fewer than this could be known people: such a number is not shown, and no sum gives it away."""
HIDDEN = "…"

Row = tuple[str | None, str, int]
"""(commune, kind, reports)."""
Rows = list[Row]
Counts = Iterable[Row]


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as it may be shown."""

    value: int | None
    """None: hidden, because it is 1 to 4, or because such a one could be worked out from it."""

    def __str__(self) -> str:
        return HIDDEN if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Pair:
    before: Shown
    after: Shown


@dataclass(frozen=True, slots=True)
class Around:
    """Two times of the same length, side by side."""

    since: datetime
    middle: datetime
    until: datetime
    by_kind: Mapping[str, Pair]
    by_unit: Mapping[str, Pair]
    total: Pair
    whole: bool
    """False: the time after is not over yet."""


def span(first: datetime, last: datetime, now: datetime) -> tuple[datetime, datetime, datetime, datetime]:
    """(from, until) before the first run, and (from, until) after the last one, up to now."""
    return first - WEEKS, first, last, min(last + WEEKS, now)


def shown(number: int) -> Shown:
    return Shown(None if 0 < number < SMALL else number)


def discreet(left_out: Mapping[str, int]) -> dict[str, int]:
    """Why letters were not sent, without telling of a few people that writing to them is not safe.

    Fewer than five count among those who do not get letters now: so neither the number nor any sum gives them away,
    and none of them looks like some.
    """
    told = dict(left_out)
    if 0 < told.get(Skipped.UNSAFE, 0) < SMALL:
        told[Skipped.NO_CONSENT.value] = told.get(Skipped.NO_CONSENT, 0) + told.pop(Skipped.UNSAFE)
    return told


def compare(
    before: Counts,
    after: Counts,
    times: tuple[datetime, datetime, datetime, datetime],
    covers: Callable[[str | None], bool],
) -> Around:
    """Side by side, for the communes that the campaign was for."""
    was = [row for row in before if covers(row[0])]
    became = [row for row in after if covers(row[0])]
    since, middle, last, until = times
    old, new = _Half.of(was), _Half.of(became)
    return Around(
        since,
        middle,
        until,
        _pairs(old.by_kind, new.by_kind),
        _pairs(old.by_unit, new.by_unit),
        Pair(old.total, new.total),
        whole=until - last >= WEEKS,
    )


@dataclass(frozen=True, slots=True)
class _Half:
    """The time before or the time after."""

    by_kind: Mapping[str, Shown]
    by_unit: Mapping[str, Shown]
    total: Shown

    @classmethod
    def of(cls, rows: Rows) -> "_Half":
        """Where small numbers alone make up a sum that tells each of them, no table may give that sum away."""
        tables = [_counted(rows, lambda row: row[1]), _counted(rows, lambda row: row[0] or "")]
        hidden = [_hidden(counted) for counted in tables]
        total = shown(sum(row[2] for row in rows))
        if any(
            _told([counted[name] for name in names]) for counted, names in zip(tables, hidden, strict=True)
        ):
            total = Shown(None)
            hidden = [names or _first(counted) for counted, names in zip(tables, hidden, strict=True)]
        by_kind, by_unit = (_shown(*one) for one in zip(tables, hidden, strict=True))
        return cls(by_kind, by_unit, total)


def _pairs(old: Mapping[str, Shown], new: Mapping[str, Shown]) -> Mapping[str, Pair]:
    nothing = Shown(0)
    return {name: Pair(old.get(name, nothing), new.get(name, nothing)) for name in sorted({*old, *new})}


def _hidden(counted: Mapping[str, int]) -> frozenset[str]:
    """The small numbers; where they could be worked out from the total and the others, a larger one too.

    The first by name: were it the next larger one, whoever knows that could tell how large it is.
    """
    small = {name for name, number in counted.items() if 0 < number < SMALL}
    larger = sorted(counted.keys() - small)
    if larger and _told([counted[name] for name in small]):
        small.add(larger[0])
    return frozenset(small)


def _told(hidden: Sequence[int]) -> bool:
    """Whether their sum tells each of them: there is one only, or all are ones, or all are fours."""
    if not hidden or any(number >= SMALL for number in hidden):
        return False
    return len(hidden) == 1 or sum(hidden) in (len(hidden), (SMALL - 1) * len(hidden))


def _first(counted: Mapping[str, int]) -> frozenset[str]:
    return frozenset(sorted(counted)[:1])


def _shown(counted: Mapping[str, int], hidden: frozenset[str]) -> Mapping[str, Shown]:
    return {name: Shown(None if name in hidden else number) for name, number in counted.items()}


def _counted(rows: Rows, key: Callable[[Row], str]) -> Counter[str]:
    counted = Counter[str]()
    for row in rows:
        counted[key(row)] += row[2]
    return counted
