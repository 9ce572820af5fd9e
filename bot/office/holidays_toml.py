"""Holidays as a file of dated rows: date, name, `worked` for swapped days, `confirm` for doubts."""

from datetime import date
from functools import cache
from pathlib import Path

from bot.domain.deadlines import SATURDAY, Holidays
from bot.domain.messages import Line
from bot.office.faults import Fault, File
from bot.office.toml_lines import Section, parse

SHIPPED = Path(__file__).parent.parent / "data" / "holidays.toml"


def read_holidays(file: File) -> Holidays | tuple[Fault, ...]:
    """The holidays, or every fault.

    A day off that the office has yet to confirm does not count as off: a deadline reckoned with it can only
    come out too early, never later than the law's.
    """
    faults: list[Fault] = []
    whole = parse(file, faults)
    if whole is None:
        return tuple(faults)
    whole.only("years", "day")
    off: set[date] = set()
    worked: set[date] = set()
    unconfirmed: dict[date, str] = {}
    for section in whole.sections("day"):
        day, is_worked, confirm = _day(section)
        if day in off | worked | set(unconfirmed):
            section.bad("date", Line("office.fault.twice", {"value": day.isoformat()}))
        if confirm:
            unconfirmed[day] = confirm
        if is_worked:
            worked.add(day)
        elif not confirm:
            off.add(day)
    years = _years(whole)
    if faults:
        return tuple(faults)
    return Holidays(frozenset(off), frozenset(worked), unconfirmed, years)


@cache
def shipped_holidays() -> Holidays:
    """Those that ship with the program. Raises ValueError where the shipped file is broken."""
    found = read_holidays(File(SHIPPED.name, SHIPPED.read_text(encoding="utf-8")))
    if isinstance(found, tuple):
        raise ValueError(f"{SHIPPED.name}: line {found[0].line}")
    return found


def _day(section: Section) -> tuple[date, bool, str]:
    section.only("date", "name", "worked", "confirm")
    section.text("name")
    day = section.day("date")
    worked, confirm = section.flag("worked"), section.text("confirm", "")
    if day is None:
        section.bad("date", Line("office.fault.empty"))
        return date.min, worked, confirm
    if worked != (day.weekday() >= SATURDAY):
        # a weekend is off anyway, and a working day needs no mark: one of the two is a slip
        section.bad("date", Line("office.fault.weekend"))
    return day, worked, confirm


def _years(whole: Section) -> frozenset[int]:
    years = whole.values.get("years", [])
    if isinstance(years, list) and all(isinstance(year, int) for year in years):
        return frozenset(year for year in years if isinstance(year, int))
    whole.bad("years", Line("office.fault.table"))
    return frozenset()
