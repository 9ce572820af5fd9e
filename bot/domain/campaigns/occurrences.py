"""Which moments a schedule means: the next one after a moment, in Vietnam's hours and by its calendars."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import assert_never

from bot.domain import lunar
from bot.domain.campaigns.schedule import (
    Daily,
    Lunar,
    Missing,
    Moment,
    Monthly,
    Named,
    Occurrence,
    Once,
    Personal,
    Rule,
    Schedule,
    Season,
    Weekly,
    Yearly,
)
from bot.domain.duty import LOCAL

Dates = Mapping[str, Yearly | Lunar]
"""The calendar file: what `Named` may name."""

LAST_DAY = "last_day"
"""Note: the month has no such day, its last one was taken."""
LUNAR_LAST_DAY = "lunar_last_day"
"""Note: this year the lunar month has 29 days, the 29th was taken."""
SCHOOL_START = Yearly(9, 5)
YEARS_AHEAD = 12
"""29 February comes back after eight years at most; the lunar Decembers of 2024 to 2031 all end on the 29th."""
HORIZON = timedelta(days=366 * YEARS_AHEAD)
"""A schedule that has not come by then (a summer's day in a winter season) never comes."""
END_OF_MONTH = 31
NO_START = date(2020, 1, 1)
"""Days are counted from here where a schedule names no start."""
DAY = timedelta(days=1)
WEEK = 7


def following(schedule: Schedule, after: datetime, dates: Dates) -> Occurrence | None:
    """The first moment later than `after`; None: there is none within the next years.

    Strictly later: a clock that is put back cannot bring back a moment that has been dealt with.
    """
    local = after.astimezone(LOCAL)
    first = local.date() if local.time() < schedule.at else local.date() + DAY
    if schedule.start is not None and schedule.start > first:
        first = schedule.start
    for day, note in _days(schedule, first, dates):
        if schedule.end is not None and day > schedule.end:
            return None
        if day not in schedule.skip and in_season(schedule.season, day):
            return Occurrence(datetime.combine(day, schedule.at, LOCAL).astimezone(UTC), note)
    return None


def between(schedule: Schedule, after: datetime, until: datetime, dates: Dates) -> Iterator[Occurrence]:
    """All moments later than `after`, up to and with `until`."""
    found = following(schedule, after, dates)
    while found is not None and found.at <= until:
        yield found
        found = following(schedule, found.at, dates)


def in_season(season: Season | None, day: date) -> bool:
    """Whether a day lies within the season, its ends included; one may run over New Year's."""
    if season is None:
        return True
    if not season.lunar:
        return _within((day.month, day.day), season.start, season.end)
    try:
        there = lunar.lunar_of(day)
    except ValueError:
        return False
    # a doubled month belongs to the season with both its halves; "to the 30th" of 29 days means to its end
    doubled = not there.leap and any(m.leap and m.month == there.month for m in lunar.months(there.year))
    begun = (there.month, END_OF_MONTH if there.leap else there.day) >= season.start
    not_over = (there.month, 0 if doubled else there.day) <= season.end
    return begun and not_over if season.start <= season.end else begun or not_over


def named(date_: Yearly | Lunar, year: int) -> tuple[date, str] | None:
    """The day of a rule in a year (of Tết, for lunar ones), and the note where a choice was made."""
    match date_:
        case Yearly(month, day):
            last = monthrange(year, month)[1]
            return date(year, month, min(day, last)), LAST_DAY if day > last else ""
        case Lunar(month, day, missing):
            return _lunar(year, month, day, missing)
        case _:
            assert_never(date_)


def _lunar(year: int, month: int, day: int, missing: Missing) -> tuple[date, str] | None:
    if not lunar.FIRST_YEAR <= year <= lunar.LAST_YEAR:
        return None
    length = lunar.month_length(year, month)
    if day > length and missing is Missing.SKIP:
        return None
    found = lunar.date_of(year, month, min(day, length))
    return None if found is None else (found, LUNAR_LAST_DAY if day > length else "")


def _within(day: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> bool:
    return start <= day <= end if start <= end else day >= start or day <= end


def _days(schedule: Schedule, first: date, dates: Dates) -> Iterator[tuple[date, str]]:
    """The days that any of the rules means, from `first` on, in order and each once."""
    last, horizon = first - DAY, first + HORIZON
    while True:
        found = [there for rule in schedule.rules if (there := _next(rule, schedule, last + DAY, dates))]
        if not found:
            return
        day, note = min(found)
        if day > horizon:
            return
        yield day, note
        last = day


def _next(rule: Rule, schedule: Schedule, first: date, dates: Dates) -> tuple[date, str] | None:
    """The first day from `first` on that one rule means."""
    match rule:
        case Once(day):
            return (day, "") if day >= first else None
        case Daily(every):
            gone = (first - (schedule.start or NO_START)).days
            return _far(first + -gone % every * DAY)
        case Weekly(weekdays):
            ahead = [(weekday - first.weekday()) % WEEK for weekday in weekdays]
            return _far(first + min(ahead) * DAY) if ahead else None
        case Monthly(day):
            return _monthly(day, first)
        case Yearly() | Lunar():
            return _each_year(rule, 0, first)
        case Named(name, offset):
            return _each_year(dates[name], offset, first) if name in dates else None
        case Personal(moment, offset):
            # somebody may have said yes on any day; the children of one year start school together
            daily = moment is Moment.SUBSCRIBED
            return _far(first) if daily else _each_year(SCHOOL_START, offset, first)
        case _:
            assert_never(rule)


def _far(day: date) -> tuple[date, str]:
    return day, ""


def _monthly(day: int, first: date) -> tuple[date, str]:
    """This month's or the next one's; a month without that day uses its last."""
    year, month = first.year, first.month
    while True:
        last = monthrange(year, month)[1]
        found = date(year, month, min(day, last))
        if found >= first:
            return found, LAST_DAY if day > last else ""
        year, month = (year, month + 1) if month < lunar.MONTHS else (year + 1, 1)


def _each_year(rule: Yearly | Lunar, offset: int, first: date) -> tuple[date, str] | None:
    """A lunar year begins in January or February of the year it is named after, so look one year back."""
    for year in range(first.year - 2, first.year + YEARS_AHEAD):
        found = named(rule, year)
        if found is not None and found[0] + offset * DAY >= first:
            return found[0] + offset * DAY, found[1]
    return None
