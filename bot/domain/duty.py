"""Who may be asked at this hour: duty hours, absences, conflicts of interest, working addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from functools import lru_cache
from types import MappingProxyType

from bot.domain.cases import Excluded
from bot.domain.officers import Absence, Officer, Role, Roster, Shift

LOCAL = timezone(timedelta(hours=7), "+07")
"""Vietnam keeps UTC+7 the whole year, so no time-zone table is needed."""

DAY = timedelta(days=1)
WEEK = 7
DESK = "desk"
"""The officers' web desk as a channel: alerts of whoever has it open appear there with a sound."""
DESK_ADDRESS = "web_desk"
"""The same channel in addresses: the handler's folder."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A roster arranged for looking up; made once, so that routing stays far below a millisecond."""

    roster: Roster
    by_code: Mapping[str, Officer]
    by_unit: Mapping[str, tuple[Officer, ...]]
    """Commune or province code → officers in file order; "" for those without a unit."""
    absences: Mapping[str, tuple[Absence, ...]]
    shifts: Mapping[str, tuple[Shift, ...]]


def indexed(roster: Roster) -> Index:
    """The index of this very roster: a change is a new roster, so identity is the right key."""
    return _indexed(_Same(roster))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Compares a roster by identity: its mappings have no hash, and two offices may have equal versions."""

    roster: Roster

    def __hash__(self) -> int:
        return id(self.roster)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.roster is other.roster


@lru_cache(maxsize=4)
def _indexed(same: _Same) -> Index:
    roster = same.roster
    by_unit: dict[str, list[Officer]] = {}
    for officer in roster.officers:
        for unit in officer.units or ("",):
            by_unit.setdefault(unit, []).append(officer)
    absences: dict[str, list[Absence]] = {}
    for absence in roster.absences:
        absences.setdefault(absence.officer, []).append(absence)
    shifts: dict[str, list[Shift]] = {}
    for shift in roster.shifts:
        shifts.setdefault(shift.officer, []).append(shift)
    return Index(
        roster=roster,
        by_code=MappingProxyType({officer.code: officer for officer in roster.officers}),
        by_unit=MappingProxyType({unit: tuple(officers) for unit, officers in by_unit.items()}),
        absences=MappingProxyType({code: tuple(rows) for code, rows in absences.items()}),
        shifts=MappingProxyType({code: tuple(rows) for code, rows in shifts.items()}),
    )


def excluded(officer: Officer, accused: Excluded) -> str:
    """Why a conflict of interest keeps this officer out, as a code; "" if nothing does."""
    if officer.id in accused.officers:
        return f"excluded:officer:{officer.code}"
    unit = next((unit for unit in officer.units if unit in accused.units), None)
    if unit is not None:
        return f"excluded:unit:{unit}"
    return f"excluded:role:{officer.role}" if officer.role in accused.roles else ""


def off_duty(officer: Officer, index: Index, now: datetime) -> str:
    """Why nobody should ask this officer now, as a code; "" if on duty. No shifts at all: always on duty."""
    if any(absence.start <= now < absence.end for absence in index.absences.get(officer.code, ())):
        return f"absent:{officer.code}"
    if not officer.on_duty or not on_shift(index.shifts.get(officer.code, ()), now.astimezone(LOCAL)):
        return f"off_duty:{officer.code}"
    return ""


def on_shift(shifts: tuple[Shift, ...], local: datetime) -> bool:
    """Whether one of the shifts covers this local time; equal start and end means round the clock."""
    return not shifts or any(_covers(shift, local.weekday(), local.time()) for shift in shifts)


def _covers(shift: Shift, weekday: int, clock: time) -> bool:
    if shift.start < shift.end:
        return weekday in shift.weekdays and shift.start <= clock < shift.end
    began_today = weekday in shift.weekdays and clock >= shift.start
    began_yesterday = (weekday - 1) % WEEK in shift.weekdays and clock < shift.end
    return began_today or began_yesterday


def channels(officer: Officer) -> tuple[str, ...]:
    """Channels with a working address, in order of preference; enrolled but unlisted ones come last."""
    reached = {DESK if channel == DESK_ADDRESS else channel for channel in officer.reachable}
    wanted = tuple(channel for channel in officer.channels if channel in reached)
    return wanted + tuple(sorted(reached.difference(wanted)))


def speaks(officer: Officer, language: str) -> bool:
    """Whether the officer understands this language; "other" is any that the office does not speak."""
    if language == "other":
        return officer.role is Role.SPEAKER or any(own not in ("vi", "en") for own in officer.languages)
    return language in officer.languages


def after_quiet(quiet: tuple[time, time], at: datetime) -> datetime:
    """The same moment, or the end of the quiet hours (from, to; local) that it falls into."""
    begin, end = quiet
    local = at.astimezone(LOCAL)
    clock = local.time()
    if not (begin <= clock < end if begin < end else clock >= begin or clock < end):
        return at
    morning = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return (morning if clock < end else morning + DAY).astimezone(at.tzinfo)
