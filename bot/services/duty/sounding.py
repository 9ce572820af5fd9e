"""What sounds besides the alerts: an acknowledgement wears off, a limit comes near, supervisors are told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.actions import WearOff
from bot.domain.cases import Author, Case, Entry, EntryKind, OfficerId, Rung, Watch
from bot.domain.duty import excluded
from bot.domain.messages import Lane, Line
from bot.domain.moves import move
from bot.ports import UnitOfWork
from bot.services.duty import cards, telling
from bot.services.tools import Tools


def worn_off(uow: UnitOfWork, tools: Tools, case: Case, taken_by: OfficerId | None, now: datetime) -> Case:
    """Nobody has it any more; whoever had it is told."""
    freed = move(case, WearOff(), now)
    if isinstance(freed, Case) and freed != case:
        uow.cases.save(freed)
        case = uow.cases.get(case.id) or freed
    record(uow, case, "worn_off", taken_by, "", now)
    officer = None if taken_by is None else uow.office.officer(taken_by)
    if officer is not None and not excluded(officer, case.excluded):
        telling.tell(uow, tools, officer, (Line("told.worn_off", {"case": case.id}),), now, case=case)
    return case


def alarm(
    uow: UnitOfWork, tools: Tools, case: Case, rungs: Sequence[Rung], left: timedelta, now: datetime
) -> None:
    """The legal limit comes near and nobody is acting."""
    title = Line("alarm.title" if left else "alarm.over", {"case": case.id})
    _to_rungs(uow, tools, case, rungs, (cards.stack([title, *cards.facts(tools, case, now)]),), now)
    record(uow, case, "alarm", None, "", now)


def silence(
    uow: UnitOfWork, tools: Tools, case: Case, watch: Watch, rungs: Sequence[Rung], now: datetime
) -> None:
    minutes = (now - watch.raised_at) // timedelta(minutes=1)
    title = Line("supervisor.silence", {"case": case.id, "minutes": minutes, "round": watch.rounds})
    _to_rungs(uow, tools, case, rungs, (cards.stack([title, *cards.facts(tools, case, now)]),), now)
    if rungs:
        record(uow, case, "supervisors", None, f"round:{watch.rounds}", now)


def _to_rungs(
    uow: UnitOfWork, tools: Tools, case: Case, rungs: Sequence[Rung], lines: Sequence[Line], now: datetime
) -> None:
    for rung in rungs:
        officer = uow.office.officer(rung.officer)
        to = telling.address_on(uow, rung.officer, rung.channel)
        if officer is not None and to is not None and not excluded(officer, case.excluded):
            telling.tell(uow, tools, officer, lines, now, case=case, lane=Lane.ALERT, to=to)


def record(
    uow: UnitOfWork, case: Case, event: str, officer: OfficerId | None, detail: str, now: datetime
) -> None:
    uow.cases.add_entry(
        Entry(0, case.id, now, Author.SYSTEM, EntryKind.EVENT, code=f"event.{event}", officer=officer)
    )
    who = "" if officer is None else f"officer:{officer} "
    uow.ledger.note(
        f"case.{event}", actor="system", subject=f"case:{case.id}", detail=(who + detail).strip(), at=now
    )
