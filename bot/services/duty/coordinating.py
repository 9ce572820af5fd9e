"""The commune where the child lives: it leads the support plan, the commune of the incident acts at once.

Luật Trẻ em 102/2016/QH13, Điều 52 K2 (nơi trẻ em cư trú chủ trì); Nghị định 56/2017/NĐ-CP, Điều 26 (nơi xảy ra vụ
việc). So whoever answers for children there is told that there is a case and who acts, and may read it.
"""

from datetime import datetime

from bot.domain import routing
from bot.domain.cases import Author, Case, Entry, EntryKind, OfficerId
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.domain.replacing import replace
from bot.ports import UnitOfWork
from bot.services.duty import permits, telling
from bot.services.tools import Tools


def tell_residence(uow: UnitOfWork, tools: Tools, case: Case, by: Officer, now: datetime) -> Officer | None:
    """A card without words and names; None: nobody of that commune works here, so a person must phone.

    Whoever says so or has the case needs no card, but stands in the timeline: by that they may read it.
    """
    there = permits.coordinates_in(case)
    other = None if there is None else _responsible(uow, case, there, now)
    if there is None or other is None:
        return None
    if other.id not in (by.id, case.owner):
        telling.tell(uow, tools, other, (_line(tools, case, there),), now, case=case, to_look=True)
    told = OfficerId(other.id)
    uow.cases.add_entry(
        Entry(0, case.id, now, Author.SYSTEM, EntryKind.EVENT, code=permits.COORDINATION, officer=told)
    )
    detail = f"officer:{other.id} {there}"
    uow.ledger.note(
        "case.coordination", actor=f"officer:{by.id}", subject=f"case:{case.id}", detail=detail, at=now
    )
    return other


def nobody_to_tell(
    uow: UnitOfWork, tools: Tools, before: Case, after: Case, by: Officer, now: datetime
) -> bool:
    """The commune of residence is told, once; True: it has nobody here whom we could tell."""
    there = permits.coordinates_in(after)
    if there is None or there == permits.coordinates_in(before):
        return False
    return tell_residence(uow, tools, after, by, now) is None


def _line(tools: Tools, case: Case, there: str) -> Line:
    values: dict[str, str | int | Line] = {
        "case": case.id,
        "place": tools.unit_name(there),
        "office": tools.unit_name(case.unit or ""),
    }
    return Line("told.coordinate_untaken", values) if case.owner is None else Line("told.coordinate", values)


def _responsible(uow: UnitOfWork, case: Case, unit: str, now: datetime) -> Officer | None:
    """Who would be asked first if it had happened there, of those who work there."""
    ladder = routing.responsible(replace(case, unit=unit), uow.office.roster(), now)
    asked = (uow.office.officer(rung.officer) for rung in ladder.rungs)
    return next((one for one in asked if one is not None and unit in one.units), None)
