"""Who may see a case and read its words; an accused person learns not even that it exists."""

from bot.domain import duty
from bot.domain.cases import Case, OfficerId
from bot.domain.kinds import Kind
from bot.domain.officers import Officer, Role, Roster
from bot.ports import UnitOfWork

PROVINCIAL = frozenset({Role.PROVINCE, Role.PROVINCE_DUTY, Role.SUPERVISOR})
"""See cases whose place is not known."""
NAMED_ONLY = frozenset({Role.SPEAKER, Role.COLLABORATOR, Role.ADMIN})
"""See nothing by their area: only what they were asked for."""
PROVINCE_DIGITS = 2
COORDINATION = "event.coordination"
"""The entry that says who was told in the commune where the child lives."""


def sees(uow: UnitOfWork, case: Case, officer: Officer) -> bool:
    """Whether the officer may know of this case at all."""
    if duty.excluded(officer, case.excluded):
        return False
    if officer.role is Role.COLLABORATOR:
        return False
    return (
        case.owner == officer.id or in_area(case, officer, uow.office.roster()) or alerted(uow, case, officer)
    )


def reads(uow: UnitOfWork, case: Case, officer: Officer) -> bool:
    """Whether the officer may open its words.

    A restricted case only who has it, who was asked by name, or who was told by name where the child lives.
    """
    if not sees(uow, case, officer):
        return False
    return (
        not case.restricted
        or case.owner == officer.id
        or alerted(uow, case, officer)
        or _coordinates(uow, case, officer)
    )


def coordinates_in(case: Case) -> str | None:
    """The commune where the child lives, where that is another than the one that acts."""
    return case.residence if case.unit and case.residence != case.unit else None


def _coordinates(uow: UnitOfWork, case: Case, officer: Officer) -> bool:
    """Was told by name, for the commune that leads the support plan (Luật Trẻ em Điều 52 K2)."""
    if coordinates_in(case) not in officer.units:
        return False
    told = (entry for entry in uow.cases.entries(case.id) if entry.code == COORDINATION)
    return any(entry.officer == officer.id for entry in told)


def in_area(case: Case, officer: Officer, roster: Roster) -> bool:
    """Whether the case belongs to the units and kinds that this officer answers for."""
    if officer.role in NAMED_ONLY or not _for_kind(case, officer):
        return False
    units = {unit for unit in (case.unit, case.residence) if unit}
    if not units:
        return officer.role in PROVINCIAL
    provinces = {roster.province_of.get(unit, unit[:PROVINCE_DIGITS]) for unit in units}
    return not officer.units or not (units | provinces).isdisjoint(officer.units)


def alerted(uow: UnitOfWork, case: Case, officer: Officer) -> bool:
    """Whether this officer was ever rung for the case."""
    return any(alert.officer == OfficerId(officer.id) for alert in uow.watches.alerts(case.id))


def _for_kind(case: Case, officer: Officer) -> bool:
    return (
        not officer.kinds
        or case.kind is Kind.UNKNOWN
        or not {case.kind, *case.also}.isdisjoint(officer.kinds)
    )
