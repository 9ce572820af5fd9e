"""When a campaign speaks: shapes only; `occurrences` says which moments they mean."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Missing(StrEnum):
    """What to do in a year whose lunar month has no such day (30 of a 29-day month)."""

    LAST_DAY = "last_day"
    SKIP = "skip"


class Moment(StrEnum):
    """A date of a person's own that a letter can relate to."""

    SUBSCRIBED = "subscribed"
    SCHOOL_START = "school_start"
    """5 September of the year in which the child turns six."""


@dataclass(frozen=True, slots=True)
class Once:
    day: date


@dataclass(frozen=True, slots=True)
class Daily:
    every: int = 1
    """Days, counted from the schedule's start."""


@dataclass(frozen=True, slots=True)
class Weekly:
    weekdays: tuple[int, ...]
    """Monday is 0."""


@dataclass(frozen=True, slots=True)
class Monthly:
    day: int
    """1-31; a month without that day uses its last day."""


@dataclass(frozen=True, slots=True)
class Yearly:
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Lunar:
    """Every lunar year, by the calendar of Vietnam (UTC+7)."""

    month: int
    day: int
    missing: Missing = Missing.LAST_DAY


@dataclass(frozen=True, slots=True)
class Named:
    """Days before (negative) or after a date of the calendar file, such as `trung_thu`."""

    name: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Personal:
    """Days before or after a date of each subscriber's own."""

    moment: Moment
    offset: int


Rule = Once | Daily | Weekly | Monthly | Yearly | Lunar | Named | Personal


@dataclass(frozen=True, slots=True)
class Season:
    """Only between two dates of each year; `lunar`: both by the lunar calendar ((6, 29), (9, 30): to the ends)."""

    start: tuple[int, int]
    """(month, day)."""
    end: tuple[int, int]
    lunar: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """One or more rules at one hour of the day, within limits."""

    rules: tuple[Rule, ...]
    at: time = time(8)
    """Local time (Asia/Ho_Chi_Minh)."""
    start: date | None = None
    end: date | None = None
    """The last day on which it may run."""
    season: Season | None = None
    skip: frozenset[date] = field(default_factory=frozenset)
    tolerance: timedelta = timedelta(hours=12)
    """A run missed while the machine was down is sent late within this, else skipped and said so."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One moment at which a campaign should speak."""

    at: datetime
    """Aware UTC."""
    note: str = ""
    """Which rule was chosen where the calendar left a choice: "lunar_last_day" …"""
