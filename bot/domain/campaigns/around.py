"""Did the message work: reports by kind and commune before and after a campaign, small numbers hidden."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

WEEKS = timedelta(weeks=4)
SMALL = 5
"""Fewer than this could be known people: such a number is not shown, and no sum gives it away."""

Counts = Iterable[tuple[str | None, str, int]]
"""(commune, kind, reports)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as it may be shown."""

    value: int | None
    """None: 1 to 4, hidden."""

    def __str__(self) -> str:
        return f"<{SMALL}" if self.value is None else str(self.value)


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
    return Around(
        since,
        middle,
        until,
        _pairs(was, became, lambda row: row[1]),
        _pairs(was, became, lambda row: row[0] or ""),
        Pair(_sum(was), _sum(became)),
        whole=until - last >= WEEKS,
    )


def _pairs(
    was: list[tuple[str | None, str, int]],
    became: list[tuple[str | None, str, int]],
    key: Callable[[tuple[str | None, str, int]], str],
) -> Mapping[str, Pair]:
    old, new = _counted(was, key), _counted(became, key)
    return {name: Pair(shown(old[name]), shown(new[name])) for name in sorted({*old, *new})}


def _counted(
    rows: list[tuple[str | None, str, int]], key: Callable[[tuple[str | None, str, int]], str]
) -> Counter[str]:
    counted = Counter[str]()
    for row in rows:
        counted[key(row)] += row[2]
    return counted


def _sum(rows: list[tuple[str | None, str, int]]) -> Shown:
    """Hidden too where exactly one hidden number could be worked out from it."""
    for key in (lambda row: row[1], lambda row: row[0] or ""):
        small = [number for number in _counted(rows, key).values() if 0 < number < SMALL]
        if len(small) == 1:
            return Shown(None)
    return shown(sum(row[2] for row in rows))
