"""Every unit, kind, urgency and hour of the coming week, reduced to the situations that really differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cases import Case, CaseId, Status
from bot.domain.duty import DAY, LOCAL, WEEK, Index, indexed, off_duty
from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import Officer, Roster

NOWHERE_OF_OURS = "00000"
"""Stands for any commune of another province: all of them end at the same people."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One question to the routing, and the kinds for which the answer is the same."""

    case: Case
    kinds: tuple[Kind, ...]
    at: datetime


def situations(roster: Roster, now: datetime) -> Iterator[Situation]:
    """One representative for each set of unit × kind × hour between which nothing of the office changes."""
    index = indexed(roster)
    for unit in (*home_communes(roster), None, NOWHERE_OF_OURS):
        around = _around(index, unit)
        moments = _moments(index, around, now)
        for kinds in _alike(roster, around):
            for urgency in Urgency:
                case = _case(unit, kinds[0], urgency, now)
                yield from (Situation(case, kinds, at) for at in moments)


def home_communes(roster: Roster) -> list[str]:
    """The communes of the home province; without a table of units those that officers name."""
    if roster.province_of:
        return sorted(unit for unit, province in roster.province_of.items() if province == roster.home)
    return sorted({unit for officer in roster.officers for unit in officer.units if len(unit) == 5})


def _around(index: Index, unit: str | None) -> list[Officer]:
    """Everybody who could play a part there, with deputies, deputies' deputies and supervisors."""
    roster = index.roster
    found = {
        officer.code: officer
        for key in (unit, roster.home, "")
        if key is not None
        for officer in index.by_unit.get(key, ())
    }
    waiting = [
        *roster.default_route,
        *(code for one in found.values() for code in (one.deputy, one.supervisor)),
    ]
    while waiting:
        officer = index.by_code.get(waiting.pop())
        if officer is not None and officer.code not in found:
            found[officer.code] = officer
            waiting += [officer.deputy, officer.supervisor]
    return list(found.values())


def _moments(index: Index, around: Sequence[Officer], now: datetime) -> Sequence[datetime]:
    """Moments of the coming week between which other people are on duty: the first of each sort."""
    end = now + WEEK * DAY
    found = {now}
    for officer in around:
        for absence in index.absences.get(officer.code, ()):
            found |= {absence.start, absence.end}
        for shift in index.shifts.get(officer.code, ()):
            for clock in (shift.start, shift.end):
                first = datetime.combine(now.astimezone(LOCAL).date(), clock, LOCAL)
                found |= {first + timedelta(days=day) for day in range(WEEK + 1)}
    different: dict[tuple[str, ...], datetime] = {}
    for moment in sorted(moment for moment in found if now <= moment < end):
        # two hours at which the same people are on duty are one situation
        different.setdefault(tuple(off_duty(officer, index, moment) for officer in around), moment)
    return tuple(different.values())


def _alike(roster: Roster, around: Iterable[Officer]) -> list[tuple[Kind, ...]]:
    """Kinds that no officer here and no step of a policy tells apart."""
    sets = {officer.kinds for officer in around} | {
        step.kinds for policy in roster.policies.values() for step in policy.steps
    }
    groups: dict[tuple[bool, ...], list[Kind]] = {}
    for kind in Kind:
        marks = (kind is Kind.UNKNOWN, *(kind in kinds for kinds in sets))
        groups.setdefault(marks, []).append(kind)
    return [tuple(kinds) for kinds in groups.values()]


def _case(unit: str | None, kind: Kind, urgency: Urgency, now: datetime) -> Case:
    return Case(
        id=CaseId(0),
        kind=kind,
        urgency=urgency,
        status=Status.NEW,
        opened_at=now,
        clock_from=now,
        due_at=None,
        unit=unit,
    )
