"""Vietnam's lunar calendar against published years: Tết, leap months, and where it parts from China's."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.domain import lunar

TET = """
1968-01-29 1969-02-16 1970-02-06 1971-01-27 1972-02-15 1973-02-03 1974-01-23 1975-02-11 1976-01-31 1977-02-18
1978-02-07 1979-01-28 1980-02-16 1981-02-05 1982-01-25 1983-02-13 1984-02-02 1985-01-21 1986-02-09 1987-01-29
1988-02-17 1989-02-06 1990-01-27 1991-02-15 1992-02-04 1993-01-23 1994-02-10 1995-01-31 1996-02-19 1997-02-07
1998-01-28 1999-02-16 2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-17
2008-02-07 2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28
2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06
2028-01-26 2029-02-13 2030-02-02
""".split()
"""Mùng 1 Tết as people kept it in Vietnam (in the North until 1975)."""

LEAP = {
    1968: 7, 1971: 5, 1974: 4, 1976: 8, 1979: 6, 1982: 4, 1985: 2, 1987: 7, 1990: 5, 1993: 3, 1995: 8, 1998: 5,
    2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5,
}  # fmt: skip

CHINA = {1968: "1968-01-30", 1969: "1969-02-17", 1985: "1985-02-20", 2007: "2007-02-18", 2030: "2030-02-03"}
"""Spring festivals of China that fell on another day."""

FULL_MOONS = {
    2024: "2024-09-17", 2025: "2025-10-06", 2026: "2026-09-25", 2027: "2027-09-15", 2028: "2028-10-03",
}  # fmt: skip


@pytest.mark.parametrize("tet", TET)
def test_tet_falls_on_the_day_that_was_kept(tet: str) -> None:
    day = date.fromisoformat(tet)
    assert lunar.new_year(day.year) == day
    assert lunar.lunar_of(day) == lunar.LunarDay(day.year, 1, leap=False, day=1)


@pytest.mark.parametrize("year", range(1968, 2031))
def test_the_doubled_month_of_a_year_is_the_published_one(year: int) -> None:
    doubled = [month.month for month in lunar.months(year) if month.leap]
    assert doubled == ([LEAP[year]] if year in LEAP else [])


@pytest.mark.parametrize("year", CHINA)
def test_in_some_years_vietnam_and_china_part(year: int) -> None:
    assert lunar.new_year(year) != date.fromisoformat(CHINA[year])


@pytest.mark.parametrize("year", FULL_MOONS)
def test_the_mid_autumn_festival_falls_on_its_published_day(year: int) -> None:
    assert lunar.date_of(year, 8, 15) == date.fromisoformat(FULL_MOONS[year])


def test_the_months_follow_one_another_without_a_gap() -> None:
    days = [month for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1) for month in lunar.months(year)]
    assert len(days) > 1000
    for month, after in pairwise(days):
        assert month.length in (29, 30)
        assert month.first + timedelta(days=month.length) == after.first


def test_every_date_of_a_leap_year_and_back_again() -> None:
    day = date(2025, 1, 29)
    while day < date(2026, 2, 17):
        there = lunar.lunar_of(day)
        assert lunar.date_of(there.year, there.month, there.day, leap=there.leap) == day
        day += timedelta(days=1)


def test_the_thirtieth_of_a_month_of_29_days_is_no_date() -> None:
    short = next(month for month in lunar.months(2026) if month.length == 29)
    assert lunar.date_of(2026, short.month, 30) is None
    assert lunar.date_of(2026, short.month, 29) is not None


def test_a_leap_month_that_a_year_does_not_have_is_no_date() -> None:
    assert lunar.date_of(2026, 6, 1, leap=True) is None
    assert lunar.date_of(2025, 6, 1, leap=True) == date(2025, 7, 25)


@pytest.mark.parametrize("year", [1967, 2051])
def test_years_without_a_sure_calendar_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        lunar.months(year)
