"""Did the message work: reports by kind and commune before and after a campaign, small numbers hidden."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

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
        Pair(shown(sum(row[2] for row in was)), shown(sum(row[2] for row in became))),
        whole=until - last >= WEEKS,
    )


def _pairs(was: Rows, became: Rows, key: Callable[[Row], str]) -> Mapping[str, Pair]:
    old, new = _hidden(_counted(was, key)), _hidden(_counted(became, key))
    nothing = Shown(0)
    return {name: Pair(old.get(name, nothing), new.get(name, nothing)) for name in sorted({*old, *new})}


def _hidden(counted: Mapping[str, int]) -> Mapping[str, Shown]:
    """A single hidden number could be worked out from the total and the others: the next larger one goes with it."""
    small = {name for name, number in counted.items() if 0 < number < SMALL}
    if len(small) == 1:
        others = sorted((number, name) for name, number in counted.items() if number >= SMALL)
        small |= {name for _, name in others[:1]}
    return {name: Shown(None if name in small else number) for name, number in counted.items()}


def _counted(rows: Rows, key: Callable[[Row], str]) -> Counter[str]:
    counted = Counter[str]()
    for row in rows:
        counted[key(row)] += row[2]
    return counted
