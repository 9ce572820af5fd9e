"""Which moments a schedule means: every rule, its limits, and days that a calendar does not have."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.campaigns.occurrences import LAST_DAY, LUNAR_LAST_DAY, between, following, in_season
from bot.domain.campaigns.schedule import (
    Daily,
    Lunar,
    Missing,
    Moment,
    Monthly,
    Named,
    Once,
    Personal,
    Rule,
    Schedule,
    Season,
    Weekly,
    Yearly,
)

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""Sunday 22 November 2026, 10:00 in Vietnam; the 14th of lunar October."""
DATES = {"trung_thu": Lunar(8, 15), "khai_giang": Yearly(9, 5)}

NEXT = [
    (Once(date(2026, 11, 23)), "2026-11-23"),
    (Once(date(2026, 11, 22)), None),  # 08:00 is over
    (Daily(), "2026-11-23"),
    (Daily(3), "2026-11-25"),
    (Weekly((0, 4)), "2026-11-23"),
    (Weekly((6,)), "2026-11-29"),
    (Monthly(22), "2026-12-22"),
    (Monthly(31), "2026-11-30"),
    (Yearly(6, 1), "2027-06-01"),
    (Yearly(2, 29), "2027-02-28"),
    (Lunar(8, 15), "2027-09-15"),
    (Lunar(12, 23), "2027-01-30"),
    (Lunar(1, 1), "2027-02-06"),
    (Lunar(10, 15), "2026-11-23"),
    (Named("trung_thu"), "2027-09-15"),
    (Named("trung_thu", -3), "2027-09-12"),
    (Named("khai_giang", 1), "2027-09-06"),
    (Named("khong_co"), None),
    (Personal(Moment.SUBSCRIBED, 7), "2026-11-23"),
    (Personal(Moment.SCHOOL_START, -21), "2027-08-15"),
]


@pytest.mark.parametrize(("rule", "day"), NEXT)
def test_the_next_day_of_each_rule(rule: Rule, day: str | None) -> None:
    found = following(Schedule((rule,), start=None), NOW, DATES)
    expected = None if day is None else datetime.fromisoformat(f"{day}T08:00:00+07:00")
    assert (None if found is None else found.at) == expected


def test_it_is_said_when_a_month_lacks_the_day() -> None:
    found = following(Schedule((Monthly(31),)), NOW, DATES)
    assert found is not None
    assert (found.at.astimezone(UTC).date(), found.note) == (date(2026, 11, 30), LAST_DAY)


@pytest.mark.parametrize(
    ("missing", "day", "note"),
    [(Missing.LAST_DAY, date(2026, 2, 16), LUNAR_LAST_DAY), (Missing.SKIP, date(2033, 1, 30), "")],
)
def test_the_30th_of_a_lunar_month_of_29_days(missing: Missing, day: date, note: str) -> None:
    """Eight years in a row have no 30 Tết: the lunar Decembers of 2024 to 2031 end on the 29th."""
    found = following(Schedule((Lunar(12, 30, missing),)), datetime(2026, 1, 25, tzinfo=UTC), DATES)
    assert found is not None
    assert ((found.at + timedelta(hours=7)).date(), found.note) == (day, note)


def test_strictly_later_so_that_a_clock_put_back_brings_nothing_back() -> None:
    schedule = Schedule((Daily(),))
    first = following(schedule, NOW, DATES)
    assert first is not None
    second = following(schedule, first.at, DATES)
    assert second is not None
    assert second.at == first.at + timedelta(days=1)
    assert following(schedule, first.at - timedelta(seconds=1), DATES) == first


def test_two_rules_on_one_day_speak_once() -> None:
    schedule = Schedule((Monthly(5), Yearly(9, 5)), start=date(2027, 9, 1), end=date(2027, 10, 1))
    assert [o.at.date() for o in between(schedule, NOW, NOW + timedelta(days=700), DATES)] == [
        date(2027, 9, 5)
    ]


def test_start_end_and_skipped_days() -> None:
    schedule = Schedule(
        (Daily(),),
        at=time(18),
        start=date(2026, 12, 1),
        end=date(2026, 12, 4),
        skip=frozenset({date(2026, 12, 2)}),
    )
    days = [o.at.date() for o in between(schedule, NOW, NOW + timedelta(days=60), DATES)]
    assert days == [date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 4)]


def test_every_third_day_is_counted_from_the_start() -> None:
    schedule = Schedule((Daily(3),), start=date(2026, 11, 24))
    days = [o.at.date() for o in between(schedule, NOW, NOW + timedelta(days=9), DATES)]
    assert days == [date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 30)]


FLOOD = Season((6, 29), (9, 30), lunar=True)


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2026, 8, 10), False),
        (date(2026, 8, 11), True),  # 29 of lunar June
        (date(2026, 11, 8), True),  # 30 of lunar September
        (date(2026, 11, 9), False),
        (date(2025, 7, 23), True),  # June is doubled in 2025: both halves belong to it
        (date(2025, 8, 1), True),
    ],
)
def test_the_flood_season_runs_from_the_end_of_lunar_june_to_the_end_of_lunar_september(
    day: date, inside: bool
) -> None:
    assert in_season(FLOOD, day) is inside


def test_a_season_may_run_over_new_year() -> None:
    winter = Season((11, 15), (2, 10))
    assert in_season(winter, date(2026, 12, 31))
    assert in_season(winter, date(2027, 1, 1))
    assert not in_season(winter, date(2027, 3, 1))


def test_a_fortnightly_rule_in_its_season() -> None:
    schedule = Schedule((Daily(14),), season=FLOOD)
    days = [o.at.date() for o in between(schedule, NOW, datetime(2028, 1, 1, tzinfo=UTC), DATES)]
    assert 5 <= len(days) <= 8
    assert all(in_season(FLOOD, day) for day in days)


def test_a_schedule_that_never_comes_ends() -> None:
    assert following(Schedule((Yearly(1, 1),), season=Season((6, 1), (6, 30))), NOW, DATES) is None
    assert following(Schedule(()), NOW, DATES) is None
