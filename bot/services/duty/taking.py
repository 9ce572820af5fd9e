"""Tiếp nhận: exactly one officer takes a case, the others and its reporters learn of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import escalation
from bot.domain.cases import AlertState, Author, Case, CaseId, Entry, EntryKind, OfficerId, Status
from bot.domain.duty import excluded
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.duty import cards, permits, telling
from bot.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Taken:
    case: CaseId
    at: datetime


@dataclass(frozen=True, slots=True)
class AlreadyTaken:
    by: OfficerId
    at: datetime


@dataclass(frozen=True, slots=True)
class NotYours:
    """Not for this officer to take; `why` is "area", "closed" or "handed_on"."""

    why: str


@dataclass(frozen=True, slots=True)
class NoSuchCase:
    """There is none, or this officer must not know of it."""


Acknowledgement = Taken | AlreadyTaken | NotYours | NoSuchCase


def acknowledge(
    uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, now: datetime
) -> Acknowledgement:
    """Tiếp nhận: exactly one of those who press at the same moment takes it; the others learn who."""
    case = uow.cases.get(case_id)
    if case is None or not permits.sees(uow, case, officer):
        return NoSuchCase()
    if case.status in (Status.CLOSED, Status.HANDED_ON):
        return NotYours(case.status.value)
    if case.owner is not None:
        return AlreadyTaken(case.owner, case.taken_at or now)
    if not uow.cases.take(case_id, OfficerId(officer.id), now):
        other = uow.cases.get(case_id)
        return (
            AlreadyTaken(other.owner, other.taken_at or now) if other and other.owner else NotYours("closed")
        )
    _taken(uow, tools, case_id, officer, now)
    return Taken(case_id, now)


def _taken(uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, now: datetime) -> None:
    case, watch = uow.cases.get(case_id), uow.watches.of_case(case_id)
    if watch is not None:
        uow.watches.save(escalation.acknowledged(watch, OfficerId(officer.id), now))
    for alert in uow.watches.alerts(case_id):
        rang = alert.state is not AlertState.FAILED and alert.bundle_at is None
        if alert.officer == officer.id and rang:
            uow.watches.set_alert(alert.id, AlertState.ACKNOWLEDGED, now)
    record(uow, case_id, officer, now)
    if case is None:
        return
    _tell_others(uow, tools, case, officer, now)
    office = uow.office.roster().name
    telling.tell_reporters(
        uow, tools, case, Line("reporter.taken", {"office": office, "time": cards.clock(now)}), now
    )


def record(uow: UnitOfWork, case_id: CaseId, officer: Officer, now: datetime) -> None:
    uow.cases.add_entry(
        Entry(
            0,
            case_id,
            now,
            Author.OFFICER,
            EntryKind.EVENT,
            code="event.taken",
            officer=OfficerId(officer.id),
        )
    )
    uow.ledger.note("case.taken", actor=f"officer:{officer.id}", subject=f"case:{case_id}", at=now)


def _tell_others(uow: UnitOfWork, tools: Tools, case: Case, taker: Officer, now: datetime) -> None:
    line = Line("told.taken_by", {"case": case.id, "name": taker.name, "time": cards.clock(now)})
    for id_ in telling.rung(uow, case):
        other = uow.office.officer(id_)
        if other is not None and other.id != taker.id and not excluded(other, case.excluded):
            telling.tell(uow, tools, other, (line,), now)
