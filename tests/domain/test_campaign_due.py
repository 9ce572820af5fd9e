"""What is due: late, missed, reminded, last year's theme; and when letters may go at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.campaigns import due
from bot.domain.campaigns.campaign import EVERY_CHANNEL, Audience, Campaign, Content, Event, State
from bot.domain.campaigns.limits import CAP, cap_of, is_quiet, may_send, send_from
from bot.domain.campaigns.schedule import Daily, Moment, Once, Personal, Schedule

EIGHT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
CAMPAIGN = Campaign(
    id=1,
    code="c",
    title="C",
    content=Content({"vi": {EVERY_CHANNEL: "x"}}),
    audience=Audience(),
    schedule=Schedule((Daily(),)),
    state=State.APPROVED,
    next_at=EIGHT,
)
HOUR = timedelta(hours=1)


def test_nothing_is_due_before_its_time() -> None:
    assert due.plan(CAMPAIGN, EIGHT - timedelta(seconds=1), {}) == []
    assert due.plan(replace(CAMPAIGN, next_at=None), EIGHT, {}) == []


@pytest.mark.parametrize(
    ("after", "step"),
    [
        (timedelta(0), due.Run(EIGHT)),
        (timedelta(minutes=9), due.Run(EIGHT)),
        (HOUR, due.Run(EIGHT, late=True)),
        (12 * HOUR, due.Run(EIGHT, late=True)),
        (12 * HOUR + timedelta(seconds=1), due.Missed(EIGHT)),
    ],
)
def test_late_within_the_tolerance_else_missed(after: timedelta, step: due.Step) -> None:
    assert due.plan(CAMPAIGN, EIGHT + after, {}) == [step]


def test_of_several_that_were_missed_the_newest_alone_is_sent() -> None:
    steps = due.plan(CAMPAIGN, EIGHT + timedelta(days=2, hours=1), {})
    assert steps == [
        due.Missed(EIGHT),
        due.Missed(EIGHT + timedelta(days=1)),
        due.Run(EIGHT + timedelta(days=2), late=True),
    ]


def test_each_missed_day_of_a_personal_rule_is_for_other_people() -> None:
    schedule = Schedule((Personal(Moment.SUBSCRIBED, 7),), tolerance=timedelta(hours=60))
    steps = due.plan(replace(CAMPAIGN, schedule=schedule), EIGHT + timedelta(days=2, hours=1), {})
    assert steps == [due.Run(EIGHT + timedelta(days=day), late=True) for day in range(3)]


def test_years_without_power_are_caught_up_in_bounded_steps() -> None:
    steps = due.plan(CAMPAIGN, EIGHT + timedelta(days=900), {})
    assert len(steps) == due.MISSED_AT_MOST
    assert all(isinstance(step, due.Missed) for step in steps)


def test_last_years_text_asks_anew_and_nothing_follows_it() -> None:
    campaign = replace(CAMPAIGN, theme_year=2025)
    assert due.plan(campaign, EIGHT + timedelta(days=3), {}) == [due.OldTheme(EIGHT)]
    assert due.plan(replace(CAMPAIGN, theme_year=2026), EIGHT, {}) == [due.Run(EIGHT)]


def test_who_comes_is_reminded_the_day_before_in_waking_hours() -> None:
    event = Event("e", {"vi": "Lớp"}, EIGHT + timedelta(days=3, hours=-3), {"vi": "Nhà"})
    assert due.reminder_at(event) == datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # 06:30, not 05:00
    content = replace(CAMPAIGN.content, event=event)
    campaign = replace(CAMPAIGN, content=content, schedule=Schedule((Once(date(2026, 11, 22)),)))
    assert due.next_at(campaign, EIGHT, {}) == due.reminder_at(event)
    reminded = replace(campaign, next_at=due.reminder_at(event))
    assert due.plan(reminded, due.reminder_at(event), {}) == [due.Remind(due.reminder_at(event))]
    assert due.next_at(campaign, due.reminder_at(event), {}) is None


def test_a_personal_rule_means_those_whose_day_it_is() -> None:
    week = replace(CAMPAIGN, schedule=Schedule((Personal(Moment.SUBSCRIBED, 7),)))
    assert due.audience_of(week, EIGHT).subscribed == date(2026, 11, 15)
    school = replace(CAMPAIGN, schedule=Schedule((Personal(Moment.SCHOOL_START, -21),)))
    assert due.audience_of(school, datetime(2027, 8, 15, 1, tzinfo=UTC)).born_in == 2021
    assert due.audience_of(CAMPAIGN, EIGHT) == CAMPAIGN.audience


@pytest.mark.parametrize(
    ("local", "quiet"),
    [(time(21, 29), False), (time(21, 30), True), (time(0), True), (time(6, 29), True), (time(6, 30), False)],
)
def test_quiet_hours_are_from_half_past_nine_to_half_past_six(local: time, quiet: bool) -> None:
    at = _at(local)
    assert is_quiet(at) is quiet
    assert may_send(at, urgent=True)


def test_what_comes_up_at_night_goes_in_the_morning() -> None:
    assert send_from(_at(time(22))) == _at(time(6, 30)) + timedelta(days=1)
    assert send_from(_at(time(3))) == _at(time(6, 30))
    assert send_from(_at(time(12))) == _at(time(12))


def test_an_urgent_notice_is_not_held_back_by_the_cap() -> None:
    assert cap_of(CAMPAIGN) == CAP
    assert cap_of(replace(CAMPAIGN, urgent=True))[0] > 1000


def _at(local: time) -> datetime:
    return datetime.combine(date(2026, 11, 22), local, UTC) - timedelta(hours=7)
