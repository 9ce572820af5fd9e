"""What an officer does with a case: note, act, transfer, hand on, close, reopen."""

from datetime import datetime

from bot.domain import receipts
from bot.domain.actions import Close, HandOn, Listened, Reopen, Transfer
from bot.domain.cases import CaseId, EntryKind, Result, Status
from bot.domain.duty import excluded
from bot.domain.messages import Line
from bot.domain.officers import Officer, Role
from bot.domain.titles import STATUS
from bot.ports import UnitOfWork
from bot.services import duty
from bot.services.casework import steps
from bot.services.casework.outcome import NO_WORDS, Done, Outcome, Refusal
from bot.services.duty import cards, telling
from bot.services.tools import Tools


def note(
    uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, text: str, now: datetime
) -> Outcome:
    """A note for the timeline. Of whoever has the case it counts as an action."""
    case = steps.find(uow, case_id, officer)
    if isinstance(case, Refusal):
        return case
    if not text.strip():
        return NO_WORDS
    steps.write(uow, case_id, officer, EntryKind.NOTE, now, text=text)
    uow.ledger.note("case.note", actor=f"officer:{officer.id}", subject=f"case:{case_id}", at=now)
    if case.owner == officer.id and case.status in (Status.TAKEN, Status.ACTING):
        acted = steps.act(uow, tools, case_id, officer, now)
        if isinstance(acted, Refusal):
            return acted
    return Done(Line("desk.noted", {"case": case_id}), case_id)


def phoned(uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, now: datetime) -> Outcome:
    """111 was phoned: recorded in the timeline and the ledger; counts as an action."""
    acted = steps.act(uow, tools, case_id, officer, now)
    if isinstance(acted, Refusal):
        return acted
    steps.record(uow, case_id, officer, "phoned_111", now)
    return Done(Line("desk.phoned", {"case": case_id}), case_id)


def set_status(
    uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, status: Status, now: datetime
) -> Outcome:
    """Đang xử lý; taking, closing and handing on are moves of their own."""
    match status:
        case Status.TAKEN:
            return take(uow, tools, case_id, officer, now)
        case Status.NEW:
            return reopen(uow, tools, case_id, officer, now)
        case Status.CLOSED | Status.HANDED_ON:
            return Refusal(Line("move.no.reason_needed"))
        case Status.ACTING:
            acted = steps.act(uow, tools, case_id, officer, now)
    if isinstance(acted, Refusal):
        return acted
    steps.record(uow, case_id, officer, "acting", now)
    return Done(Line("desk.status_set", {"case": case_id, "status": STATUS[status]}), case_id)


def take(uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, now: datetime) -> Outcome:
    """Tiếp nhận, as a sentence for the officer."""
    match duty.acknowledge(uow, tools, case_id, officer, now):
        case duty.Taken():
            return Done(Line("desk.taken", {"case": case_id}), case_id)
        case duty.AlreadyTaken(by, at):
            if by == officer.id:
                return Done(Line("desk.you_have_it", {"case": case_id, "time": cards.clock(at)}), case_id)
            other = uow.office.officer(by)
            name = other.name if other else str(by)
            return Refusal(Line("desk.has_it", {"name": name, "time": cards.clock(at)}))
        case duty.NotYours("handed_on"):
            return Refusal(Line("move.no.handed_on"))
        case duty.NotYours():
            return Refusal(Line("move.no.closed"))
        case duty.NoSuchCase():
            return Refusal(Line("desk.no_such_case"))


def transfer(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    to: int,
    reason: str,
    now: datetime,
) -> Outcome:
    """Chuyển: the other officer is rung and must take it; the ladder stands behind."""
    other = telling.in_office(uow, to)
    if other is None or other.role is Role.COLLABORATOR or other.id == officer.id:
        return Refusal(Line("desk.no_such_officer"))
    changed = steps.change(uow, case_id, officer, Transfer(officer, other, reason), now)
    if isinstance(changed, Refusal):
        return changed
    before, after = changed
    steps.record(uow, case_id, officer, "transferred", now, text=reason, detail=f"to:officer:{other.id}")
    if before.owner is not None and before.owner != officer.id:
        owner = uow.office.officer(before.owner)
        if owner is not None and not excluded(owner, after.excluded):
            line = Line("told.transferred_away", {"case": case_id, "name": other.name})
            telling.tell(uow, tools, owner, (line,), now)
    duty.hand_to(uow, tools, after, other, now)
    return Done(Line("desk.transferred", {"case": case_id, "name": other.name}), case_id)


def hand_on(
    uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, to: str, reason: str, now: datetime
) -> Outcome:
    """To another province or body (its name in `to`), with the reason; this office's watch ends."""
    if not to.strip():
        return NO_WORDS
    changed = steps.change(uow, case_id, officer, HandOn(officer, reason), now)
    if isinstance(changed, Refusal):
        return changed
    steps.record(uow, case_id, officer, "handed_on", now, text=f"{to.strip()}: {reason.strip()}")
    steps.stop_watch(uow, case_id)
    office = receipts.mask(to.strip())
    telling.tell_reporters(uow, tools, changed[1], Line("reporter.passed", {"office": office}), now)
    return Done(Line("desk.handed_on", {"case": case_id, "office": to.strip()}), case_id)


def close(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    result: Result,
    words: str,
    now: datetime,
) -> Outcome:
    """Close with a result; `words` say how it ended, for the timeline."""
    changed = steps.change(uow, case_id, officer, Close(officer, result), now)
    if isinstance(changed, Refusal):
        return changed
    before, after = changed
    if before.status is Status.CLOSED:
        return Done(Line("desk.closed", {"case": case_id}), case_id)
    steps.record(uow, case_id, officer, "closed", now, text=words.strip(), detail=result.value)
    steps.stop_watch(uow, case_id)
    telling.tell_reporters(
        uow, tools, after, Line("reporter.closed", {"office": uow.office.roster().name}), now
    )
    return Done(Line("desk.closed", {"case": case_id}), case_id)


def reopen(
    uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, now: datetime, reason: str = ""
) -> Outcome:
    """Second thoughts: open again, rung again. It rings whoever reopens it, and who was rung may read it."""
    case = steps.find_to_read(uow, case_id, officer)
    if isinstance(case, Refusal):
        return case
    changed = steps.change(uow, case_id, officer, Reopen(officer), now)
    if isinstance(changed, Refusal):
        return changed
    steps.record(uow, case_id, officer, "reopened", now, text=reason)
    duty.hand_to(uow, tools, changed[1], officer, now)
    return Done(Line("desk.reopened", {"case": case_id}), case_id)


def listened(
    uow: UnitOfWork,
    tools: Tools,  # noqa: ARG001 - the same shape as every other step
    case_id: CaseId,
    officer: Officer,
    now: datetime,
) -> Outcome:
    """Somebody has listened to the voice message: what it says goes into a note."""
    changed = steps.change(uow, case_id, officer, Listened(officer), now)
    if isinstance(changed, Refusal):
        return changed
    steps.record(uow, case_id, officer, "listened", now)
    return Done(Line("desk.listened", {"case": case_id}), case_id)
