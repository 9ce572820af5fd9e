"""Vietnam's lunar calendar (âm lịch): new moons and solar terms by the days of UTC+7.

The rules are those of the Chinese calendar of 1645, reckoned for Hanoi's meridian of 105° east since the decision
121/CP of 8 August 1967: so Tết of 1968, 1985, 2007 and 2030 falls on another day than in China. A month begins on
the day of the new moon, month 11 holds the winter solstice, and where thirteen months lie between two of those, the
first without a major solar term repeats the number before it (tháng nhuận).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import floor

from bot.domain.lunar.sky import month_before, new_moon, sun_longitude

EASTERN = 7 / 24
"""Days that Vietnam is ahead of universal time."""
FIRST_YEAR, LAST_YEAR = 1968, 2050
"""Earlier years had other calendars side by side; in later ones a new moon falls within seconds of midnight (2054)."""
_JULIAN_OF_ORDINAL = 1721424.5
"""Julian day at the midnight with which the day of ordinal 0 begins."""
MONTHS = 12
ELEVENTH = 11
DEGREES_A_TERM = 30
WINTER = 9
"""The term (0-11) that begins with the winter solstice, at 270°."""


@dataclass(frozen=True, slots=True, order=True)
class LunarDay:
    """A day of the lunar calendar; `year` is that in which its Tết fell."""

    year: int
    month: int
    leap: bool
    day: int


@dataclass(frozen=True, slots=True)
class LunarMonth:
    year: int
    month: int
    leap: bool
    first: date
    length: int
    """29 or 30 days."""


def lunar_of(day: date) -> LunarDay:
    """The lunar day of a date. Raises ValueError outside the years of `months`."""
    for year in (day.year, day.year - 1):
        for month in months(year):
            into = (day - month.first).days
            if 0 <= into < month.length:
                return LunarDay(year, month.month, month.leap, into + 1)
    raise ValueError(f"no lunar day for {day}")


def date_of(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The date of a lunar day; None where that year has no such month or the month no such day."""
    for found in months(year):
        if (found.month, found.leap) == (month, leap):
            return found.first + timedelta(days=day - 1) if 1 <= day <= found.length else None
    return None


def month_length(year: int, month: int) -> int:
    """Days of an ordinary (not a leap) month."""
    return next(found.length for found in months(year) if found.month == month and not found.leap)


def new_year(year: int) -> date:
    """Mùng 1 Tết."""
    return months(year)[0].first


@lru_cache(maxsize=256)
def months(year: int) -> tuple[LunarMonth, ...]:
    """The 12 or 13 months from Tết of this year on; for Tết of 1968 to 2050, else ValueError."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no lunar calendar for {year}")
    before, after = _from_winter(year), _from_winter(year + 1)
    own = [found for found in before if found.year == year] + [found for found in after if found.year == year]
    return tuple(own)


@lru_cache(maxsize=256)
def _from_winter(year: int) -> tuple[LunarMonth, ...]:
    """Months from the one with the solstice of `year - 1` to the one before that of `year`, numbered."""
    first, last = _winter_month(year - 1), _winter_month(year)
    starts = [_first_day(k) for k in range(first, last + 1)]
    count = last - first
    leap_at = _leap(starts) if count == MONTHS + 1 else count
    found = []
    for at in range(count):
        number = at - (1 if at >= leap_at else 0)
        month = (ELEVENTH - 1 + number) % MONTHS + 1
        belongs = year - 1 if month >= ELEVENTH else year
        begins, length = date.fromordinal(starts[at]), starts[at + 1] - starts[at]
        found.append(LunarMonth(belongs, month, at == leap_at, begins, length))
    return tuple(found)


def _leap(starts: list[int]) -> int:
    """Index of the first month in which no major solar term begins."""
    for at in range(1, len(starts) - 1):
        if _term(starts[at]) == _term(starts[at + 1]):
            return at
    raise ValueError("thirteen months, and each has its term")


def _winter_month(year: int) -> int:
    """The `k` of the month that holds the winter solstice of this year."""
    k = month_before(_midnight(date(year, 12, 31).toordinal())) + 1
    while _term(_first_day(k)) >= WINTER or _first_day(k) > date(year, 12, 31).toordinal():
        k -= 1
    return k


def _first_day(k: int) -> int:
    """Ordinal of the Vietnamese day on which this new moon falls."""
    return floor(new_moon(k) + EASTERN - _JULIAN_OF_ORDINAL)


def _term(ordinal: int) -> int:
    """Which of the twelve major solar terms (trung khí) rules as this day begins."""
    return floor(sun_longitude(_midnight(ordinal)) / DEGREES_A_TERM)


def _midnight(ordinal: int) -> float:
    """Julian day (universal time) of the local midnight with which a day begins."""
    return ordinal + _JULIAN_OF_ORDINAL - EASTERN
