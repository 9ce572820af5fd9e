"""`python -m bot check`: does every unit, kind and hour of the week end at somebody who can be reached?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.duty import LOCAL
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.officers import Roster
from bot.office.holes import Hole, Where, find_holes
from bot.office.situations import NOWHERE_OF_OURS, home_communes
from bot.office.telling import urgency, who

SHOWN = 5
HOURS_OF_A_WEEK = 7 * 24
Values = dict[str, str | int | Line]


@dataclass(frozen=True, slots=True)
class Checked:
    """What to print, and how many holes there are: any makes the exit status 1."""

    lines: tuple[Line, ...]
    holes: int


def check_office(roster: Roster, now: datetime, unit_name: Callable[[str], str]) -> Checked:
    """Every hole as a line, serious ones first, with where and when; then the verdict."""
    found = find_holes(roster, now)
    told = list(_told(found, unit_name))
    serious = sum(hole.serious for hole, _ in told)
    lines = [
        Line("office.check.hole", {"what": what})
        if hole.serious
        else Line("office.check.caution", {"what": what})
        for hole, what in told
    ]
    values: Values = {
        "units": len(home_communes(roster)) + 2,  # besides the communes: place unknown, another province
        "kinds": len(Kind),
        "urgencies": len(Urgency),
        "hours": HOURS_OF_A_WEEK,
        "officers": len(roster.officers),
    }
    verdict = (
        Line("office.check.bad", {**values, "holes": serious})
        if serious
        else Line("office.check.good", values)
    )
    return Checked((*lines, verdict), serious)


def _told(found: dict[Hole, Where], unit_name: Callable[[str], str]) -> Iterator[tuple[Hole, Line]]:
    """Holes of one sort become one sentence, the serious first."""
    sorts: dict[tuple[bool, str, str], list[tuple[Hole, Where]]] = {}
    for hole, where in sorted(found.items(), key=lambda pair: (not pair[0].serious, pair[0])):
        sort = (hole.serious, hole.what, hole.who if where.units else "")
        sorts.setdefault(sort, []).append((hole, where))
    for group in sorts.values():
        hole, where = group[0]
        if not where.units:
            yield hole, _of_the_office(hole, [one.who or one.urgency for one, _ in group])
        else:
            yield from ((hole, line) for line in _of_a_ladder(group, unit_name))


def _of_the_office(hole: Hole, who_: list[str]) -> Line:
    values: Values = {"names": _some(who_), "count": len(who_)}
    match hole.what:
        case "default_route":
            return Line("office.check.default_route")
        case "default_unknown":
            return Line("office.check.default_unknown", values)
        case "policy":
            return Line("office.check.policy", values)
        case "unreachable":
            return Line("office.check.unreachable", values)
        case "deputy_unknown":
            return Line("office.check.deputy_unknown", values)
        case "deputy_away":
            return Line("office.check.deputy_away", values)
        case "number_missing":
            return Line("office.check.number_missing", values)
        case "number_expired":
            return Line("office.check.number_expired", values)
        case "number_old":
            return Line("office.check.number_old", values)
        case "speaker":
            return Line("office.check.speaker")
        case _:
            return Line("office.check.other", {**values, "what": hole.what})


def _of_a_ladder(group: list[tuple[Hole, Where]], unit_name: Callable[[str], str]) -> Iterator[Line]:
    hole = group[0][0]
    units = dict.fromkeys(unit for _, where in group for unit in where.units)
    kinds = dict.fromkeys(kind for _, where in group for kind in where.kinds)
    first = min(where.first for _, where in group if where.first is not None)
    urgencies = sorted({Urgency(one.urgency) for one, _ in group}, key=lambda one: -one.rank)
    values: Values = {
        "who": who(hole.who),
        "urgency": _urgencies(urgencies),
        "kinds": Line("office.check.all_kinds") if len(kinds) == len(Kind) else _some(list(kinds)),
        "first": f"{first.astimezone(LOCAL):%d/%m %H:%M}",
    }
    for where in _where(units, unit_name):
        yield _ladder_line(hole.what, {**values, "where": where})


def _urgencies(found: list[Urgency]) -> Line | str:
    if len(found) == len(Urgency):
        return Line("office.check.all_urgencies")
    return urgency(found[0]) if len(found) == 1 else _some(list(found))


def _ladder_line(what: str, values: Values) -> Line:
    match what:
        case "nobody":
            return Line("office.check.nobody", values)
        case "empty":
            return Line("office.check.empty", values)
        case "off_duty_rung":
            return Line("office.check.off_duty_rung", values)
        case "no_address":
            return Line("office.check.no_address", values)
        case "last_resort":
            return Line("office.check.last_resort", values)
        case "slow":
            return Line("office.check.slow", values)
        case _:
            return Line("office.check.other_ladder", {**values, "what": what})


def _where(units: Iterable[str | None], unit_name: Callable[[str], str]) -> Iterator[Line]:
    communes = [unit for unit in units if unit is not None and unit != NOWHERE_OF_OURS]
    if communes:
        names = _some([f"{unit_name(unit)} ({unit})" for unit in communes])
        yield Line("office.where.communes", {"count": len(communes), "names": names})
    if None in units:
        yield Line("office.where.unknown")
    if NOWHERE_OF_OURS in units:
        yield Line("office.where.elsewhere")


def _some(names: list[str]) -> str:
    """The first few of many."""
    return ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
