"""Words between officer and reporter, without either learning who the other is."""

from datetime import datetime, timedelta

from bot.domain import receipts
from bot.domain.actions import Reopen
from bot.domain.cases import Author, Case, CaseId, EntryKind, Status
from bot.domain.duty import excluded, indexed, off_duty
from bot.domain.kinds import Urgency
from bot.domain.messages import Line
from bot.domain.moves import move
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import duty
from bot.services.casework import steps
from bot.services.casework.outcome import NO_WORDS, Done, Outcome, Refusal
from bot.services.duty import cards, telling
from bot.services.reports import questions
from bot.services.tools import Tools

TOLD_AGAIN = timedelta(seconds=60)
"""Further words within this time do not tell the owner again: an album is one piece of news."""


def ask_reporter(
    uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, text: str, now: datetime
) -> Outcome:
    """A question to whoever reported this; they see the office's name, never the officer's."""
    if not text.strip():
        return NO_WORDS
    # who answers may be writing right now: their conversation is locked before the case, as in their own turn
    telling.hold_reporters(uow, case_id)
    case = steps.act(uow, tools, case_id, officer, now)
    if isinstance(case, Refusal):
        return case
    steps.write(uow, case_id, officer, EntryKind.QUESTION, now, text=text)
    uow.ledger.note("case.asked", actor=f"officer:{officer.id}", subject=f"case:{case_id}", at=now)
    question = telling.question(uow.office.roster().name, receipts.mask(text.strip()))
    if telling.tell_reporters(uow, tools, case, question, now, asks=True):
        return Done(Line("desk.asked", {"case": case_id}), case_id)
    if questions.hold(uow, case, now):
        return Done(Line("desk.asked_waits", {"case": case_id}), case_id)
    return Done(Line("desk.asked_nobody", {"case": case_id}), case_id)


def words_added(uow: UnitOfWork, tools: Tools, case: Case, now: datetime) -> None:
    """The reporter added something that matters: the owner is told; a closed case opens and rings again."""
    if case.status in (Status.CLOSED, Status.HANDED_ON):
        _reopen(uow, tools, case, now)
    elif case.owner is not None:
        _tell(uow, tools, case, now)


def _reopen(uow: UnitOfWork, tools: Tools, case: Case, now: datetime) -> None:
    owner = None if case.owner is None else telling.in_office(uow, case.owner)
    opened = move(case, Reopen(), now)
    if not isinstance(opened, Case):
        return
    uow.cases.save(opened)
    opened = uow.cases.get(case.id) or opened
    steps.record(uow, case.id, None, "reopened", now)
    if owner is not None and not excluded(owner, opened.excluded):
        duty.hand_to(uow, tools, opened, owner, now)
    else:
        duty.reopen(uow, tools, opened, now)


def _tell(uow: UnitOfWork, tools: Tools, case: Case, now: datetime) -> None:
    if _nobody_reads(uow, case, now):
        duty.reopen(uow, tools, case, now)
        return
    if not _told_lately(uow, case.id, now):
        line = Line("told.words_added", {"headline": cards.headline(tools, case)})
        telling.tell_owner(uow, tools, case, line, now)
        steps.write(uow, case.id, None, EntryKind.EVENT, now, code="event.owner_told", author=Author.SYSTEM)


def _nobody_reads(uow: UnitOfWork, case: Case, now: datetime) -> bool:
    """Whoever has it left the office, or is off duty while it is urgent: somebody else must read this."""
    owner = None if case.owner is None else telling.in_office(uow, case.owner)
    if owner is None or excluded(owner, case.excluded):
        return True
    pressing = case.urgency.rank >= Urgency.URGENT.rank
    return pressing and bool(off_duty(owner, indexed(uow.office.roster()), now))


def _told_lately(uow: UnitOfWork, case: CaseId, now: datetime) -> bool:
    return any(
        entry.code == "event.owner_told" and now - entry.at < TOLD_AGAIN for entry in uow.cases.entries(case)
    )
