"""The legal clock."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deadlines import (
    CLOCKED,
    Holidays,
    approval_due,
    due_at,
    plan_due,
    twelve_hours,
    working_days,
)
from bot.domain.kinds import Kind, Urgency
from bot.office.faults import File
from bot.office.holidays_toml import read_holidays, shipped_holidays
from tests.domain.small_office import ABROAD, ELSEWHERE, HERE, NOON, OFFICE

HOUR = timedelta(hours=1)
PLAIN = Holidays()
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def test_twelve_hours_are_wall_time_through_night_and_weekend() -> None:
    late = datetime.fromisoformat("2026-11-21T23:10+07:00")
    assert twelve_hours(late, HERE, OFFICE) == datetime.fromisoformat("2026-11-22T11:10+07:00")


@pytest.mark.parametrize(
    ("limits", "unit", "hours"),
    [
        ({HERE: 8}, HERE, 8),
        ({HERE: 8}, ELSEWHERE, 12),
        ({"66": 10}, HERE, 10),
        ({"66": 10}, ABROAD, 12),
        ({"": 6, HERE: 8}, HERE, 6),
        ({HERE: 24}, HERE, 12),  # never longer than the law's
        ({HERE: 0}, HERE, 12),
        ({HERE: 8}, None, 12),
        ({"66": 9}, None, 9),
    ],
)
def test_a_local_limit_may_only_be_shorter(limits: dict[str, int], unit: str | None, hours: int) -> None:
    assert twelve_hours(NOON, unit, replace(OFFICE, limits_hours=limits)) == NOON + hours * HOUR


@pytest.mark.parametrize("kind", sorted(CLOCKED))
def test_abuse_runs_against_the_clock_whatever_its_urgency(kind: Kind) -> None:
    for urgency in Urgency:
        assert due_at(kind, (), urgency, NOON, HERE, OFFICE) == NOON + 12 * HOUR


@pytest.mark.parametrize(
    ("kind", "also", "urgency", "clocked"),
    [
        (Kind.OTHER_DANGER, (), Urgency.EMERGENCY, True),
        (Kind.DROWNING_INCIDENT, (), Urgency.URGENT, True),
        (Kind.SUPPORT_NEED, (), Urgency.STANDARD, False),
        (Kind.DROWNING_HAZARD, (), Urgency.URGENT, False),
        (Kind.ADVICE, (), Urgency.NONE, False),
        (Kind.ADVICE, (Kind.SEXUAL_ABUSE,), Urgency.STANDARD, True),
        (Kind.DROWNING_HAZARD, (Kind.NEGLECT,), Urgency.STANDARD, True),
    ],
)
def test_the_other_kinds_have_legal_hours_only_in_serious_danger(
    kind: Kind, also: tuple[Kind, ...], urgency: Urgency, clocked: bool
) -> None:
    assert (due_at(kind, also, urgency, NOON, HERE, OFFICE) is not None) is clocked


def test_the_first_day_is_not_counted_and_weekends_are_not_worked() -> None:
    assert working_days(FRIDAY, 1, PLAIN) == MONDAY
    assert plan_due(FRIDAY, PLAIN) == date(2026, 11, 27)
    assert approval_due(date(2026, 11, 27), PLAIN) == date(2026, 12, 1)
    assert working_days(date(2026, 11, 21), 0, PLAIN) == MONDAY
    assert working_days(FRIDAY, 0, PLAIN) == FRIDAY


def test_a_plan_before_tet_has_its_days_after_it() -> None:
    # 13/2/2026 is the last working day before the nine days of Tết Bính Ngọ (14/2 to 22/2)
    assert plan_due(date(2026, 2, 13), shipped_holidays()) == date(2026, 2, 27)


def test_a_swapped_saturday_is_worked() -> None:
    swapped = Holidays(off=frozenset({MONDAY}), worked=frozenset({date(2026, 11, 21)}))
    assert working_days(FRIDAY, 1, swapped) == date(2026, 11, 21)
    assert working_days(FRIDAY, 2, swapped) == date(2026, 11, 24)


def test_what_the_office_has_yet_to_confirm_never_makes_a_deadline_later() -> None:
    shipped = shipped_holidays()
    assert date(2026, 11, 24) in shipped.unconfirmed
    assert working_days(MONDAY, 1, shipped) == date(2026, 11, 24)
    assert not shipped.certain(MONDAY, date(2026, 11, 30))
    assert shipped.certain(date(2026, 3, 1), date(2026, 4, 1))
    assert not shipped.certain(date(2028, 1, 5), date(2028, 1, 9)), "2028 is not covered"


def test_the_shipped_days_off_are_weekdays_and_the_worked_ones_are_not() -> None:
    shipped = shipped_holidays()
    assert len(shipped.off) > 10
    assert all(day.weekday() < 5 for day in shipped.off)
    assert all(day.weekday() >= 5 for day in shipped.worked)


@pytest.mark.parametrize(
    ("row", "line", "column"),
    [
        ('date = 2026-11-21\nname = "a"', 3, "date"),  # a Saturday without worked = true
        ('date = 2026-11-20\nname = "a"\nworked = true', 3, "date"),
        ('name = "a"', 2, "date"),
        ('date = "2026-11-20"\nname = "a"', 3, "date"),
        ("date = 2026-11-20\nname = 7", 4, "name"),
        ('date = 2026-11-20\nname = "a"\ncomfirm = "x"', 5, "comfirm"),
    ],
)
def test_a_wrong_row_is_named_by_line_and_key(row: str, line: int, column: str) -> None:
    found = read_holidays(File("holidays.toml", f"years = [2026]\n[[day]]\n{row}\n"))
    assert isinstance(found, tuple)
    assert (found[0].line, found[0].column) == (line, column)


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(days, st.integers(0, 30), st.sets(days, max_size=30))
def test_n_working_days_hold_exactly_n_working_days(start: date, n: int, off: set[date]) -> None:
    holidays = Holidays(off=frozenset(off))
    end = working_days(start, n, holidays)
    between = [start + timedelta(days=day) for day in range(1, (end - start).days + 1)]
    assert holidays.works(end)
    assert sum(map(holidays.works, between)) == (n or (1 if between else 0))
