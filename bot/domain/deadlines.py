"""The legal clock: 12 hours of wall time, 5 + 2 working days with Vietnam's holidays, local limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import Roster

LEGAL_HOURS = 12
"""Emergency measures within 12 hours of receiving the information (Nghị định 56/2017 Điều 26 K3, 32)."""

PLAN_DAYS = 5
"""Working days until the plan is submitted to the chair (Nghị định 56/2017 Điều 28 K1)."""

APPROVAL_DAYS = 2
"""Working days for the chair: the procedure takes 7 in all."""

ONE_DAY = timedelta(days=1)
SATURDAY = 5

CLOCKED = frozenset(
    {
        Kind.VIOLENCE,
        Kind.SEXUAL_ABUSE,
        Kind.CHILD_LABOUR,
        Kind.TRAFFICKING,
        Kind.NEGLECT,
        Kind.EARLY_MARRIAGE,
        Kind.UNKNOWN,
    }
)
"""Abuse or risk of it (Luật Trẻ em Điều 4 K5-K9): the assessment must fit inside the 12 hours, whatever it
finds. What nobody has heard yet may be abuse."""

UNCLOCKED = frozenset({Kind.DROWNING_HAZARD, Kind.ADVICE, Kind.OFF_TOPIC})
"""A place, a question, nothing: no legal hours, however urgent the words."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """Which days are not worked. A year is certain once the Government has named its Tết and swapped days."""

    off: frozenset[date] = frozenset()
    """Days off besides Saturday and Sunday."""
    worked: frozenset[date] = frozenset()
    """Saturdays and Sundays worked in exchange for a day off (Bộ luật Lao động 2019 Điều 111, 112)."""
    unconfirmed: Mapping[date, str] = field(default_factory=dict)
    """Rows that the office has yet to confirm, with what is to be looked up."""
    years: frozenset[int] = frozenset()
    """Years that the rows cover."""

    def works(self, day: date) -> bool:
        """Whether this is a working day."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)

    def certain(self, first: date, last: date) -> bool:
        """Whether every year from first to last is covered and no row in between is unconfirmed."""
        covered = all(year in self.years for year in range(first.year, last.year + 1))
        return covered and not any(first <= day <= last for day in self.unconfirmed)


def due_at(
    kind: Kind,
    also: tuple[Kind, ...],
    urgency: Urgency,
    clock_from: datetime,
    unit: str | None,
    roster: Roster,
) -> datetime | None:
    """End of the 12 hours for a case, or None where the law sets none.

    Abuse, or the risk of it, always runs against the clock; other kinds once a child's life or body is in
    serious danger (urgent or more); hazards and questions never.
    """
    kinds = {kind, *also}
    other_danger = urgency.rank >= Urgency.URGENT.rank and not kinds <= UNCLOCKED
    if kinds.isdisjoint(CLOCKED) and not other_danger:
        return None
    return twelve_hours(clock_from, unit, roster)


def twelve_hours(clock_from: datetime, unit: str | None, roster: Roster) -> datetime:
    """End of the 12 hours in wall time, nights and holidays included.

    The shortest of the law's limit, the commune's, its province's and the office's own: a local limit may
    only be shorter (a ward of Hà Nội sets 8 hours).
    """
    province = roster.province_of.get(unit, roster.home) if unit else roster.home
    local = (roster.limits_hours.get(key) for key in (unit, province, "") if key is not None)
    hours = min((limit for limit in local if limit is not None and limit > 0), default=LEGAL_HOURS)
    return clock_from + timedelta(hours=min(hours, LEGAL_HOURS))


def working_days(start: date, n: int, holidays: Holidays) -> date:
    """The n-th working day after `start`; the first day is not counted (Bộ luật Dân sự 2015 Điều 147 K2).

    With n = 0: `start` itself if it is worked, else the next working day (Điều 148 K5).
    """
    day = start
    while n > 0 or not holidays.works(day):
        day += ONE_DAY
        n -= holidays.works(day)
    return day


def plan_due(start: date, holidays: Holidays) -> date:
    """When the support plan must have been submitted."""
    return working_days(start, PLAN_DAYS, holidays)


def approval_due(submitted: date, holidays: Holidays) -> date:
    """When the chair must have decided on it."""
    return working_days(submitted, APPROVAL_DAYS, holidays)
