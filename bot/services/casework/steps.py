"""The steps every action on a case shares: may they, is it legal, save, timeline, ledger."""

from dataclasses import replace
from datetime import datetime

from bot.domain import deadlines, escalation, moves, receipts
from bot.domain.actions import Act, Action
from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind, OfficerId, Status
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import duty
from bot.services.casework.outcome import FASTER, NAMED_ONLY, NO_SUCH_CASE, Refusal, illegal
from bot.services.duty import permits
from bot.services.tools import Tools

UNIT_DIGITS = (2, 5)
"""Of a province's and of a commune's code (Quyết định 19/2025/QĐ-TTg)."""


def find(uow: UnitOfWork, case_id: CaseId, officer: Officer) -> Case | Refusal:
    """The case, if this officer may know of it."""
    case = uow.cases.get(case_id)
    return case if case is not None and permits.sees(uow, case, officer) else NO_SUCH_CASE


def find_to_read(uow: UnitOfWork, case_id: CaseId, officer: Officer) -> Case | Refusal:
    """The same, for a step after which this officer could read its words: they must be allowed to already."""
    case = find(uow, case_id, officer)
    if isinstance(case, Refusal) or permits.reads(uow, case, officer):
        return case
    return NAMED_ONLY


def change(
    uow: UnitOfWork, case_id: CaseId, officer: Officer, action: Action, now: datetime
) -> tuple[Case, Case] | Refusal:
    """Make a legal move and save it: the case before and after."""
    before = find(uow, case_id, officer)
    if isinstance(before, Refusal):
        return before
    after = moves.move(before, action, now)
    if isinstance(after, moves.Refusal):
        return illegal(uow, after)
    saved = save(uow, before, after)
    return saved if isinstance(saved, Refusal) else (before, saved)


def save(uow: UnitOfWork, before: Case, after: Case) -> Case | Refusal:
    """Save what changed, with its limit in time taken anew where that depends on it."""
    if _clocked(before) != _clocked(after):
        due = deadlines.due_at(
            after.kind, after.also, after.urgency, after.clock_from, after.unit, uow.office.roster()
        )
        after = replace(after, due_at=due)
    if after == before:
        return before
    if not uow.cases.save(after):
        return FASTER
    return uow.cases.get(after.id) or after


def act(uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, now: datetime) -> Case | Refusal:
    """Something is done for the child: whoever acts on a case that nobody has takes it first."""
    case = find(uow, case_id, officer)
    if isinstance(case, Refusal):
        return case
    if case.owner is None and case.status is Status.NEW:
        duty.acknowledge(uow, tools, case_id, officer, now)
    changed = change(uow, case_id, officer, Act(officer), now)
    if isinstance(changed, Refusal):
        return changed
    watch = uow.watches.of_case(case_id)
    if watch is not None:
        uow.watches.save(escalation.acted(watch, now))
    return changed[1]


def hold_writers(uow: UnitOfWork, case_id: CaseId) -> list[int]:
    """Everybody whose conversation this case came from, locked where the database locks rows."""
    ids = sorted({row.conversation for row in uow.cases.reports(case_id) if row.conversation is not None})
    for id_ in ids:
        known = uow.conversations.get(id_)
        if known is not None:
            uow.conversations.load(known[0])
    return ids


def stop_watch(uow: UnitOfWork, case_id: CaseId) -> None:
    """Nothing is due any more."""
    watch = uow.watches.of_case(case_id)
    if watch is not None:
        uow.watches.save(escalation.done(watch))


def record(
    uow: UnitOfWork,
    case: CaseId,
    officer: Officer | None,
    event: str,
    now: datetime,
    *,
    text: str = "",
    detail: str = "",
) -> None:
    """One line for the timeline (words sealed) and one for the ledger (codes only)."""
    author = Author.SYSTEM if officer is None else Author.OFFICER
    write(uow, case, officer, EntryKind.EVENT, now, text=text, code=f"event.{event}", author=author)
    actor = "system" if officer is None else f"officer:{officer.id}"
    uow.ledger.note(f"case.{event}", actor=actor, subject=f"case:{case}", detail=detail, at=now)


def write(
    uow: UnitOfWork,
    case: CaseId,
    officer: Officer | None,
    kind: EntryKind,
    now: datetime,
    *,
    text: str = "",
    code: str = "",
    author: Author = Author.OFFICER,
) -> None:
    who = None if officer is None else OfficerId(officer.id)
    uow.cases.add_entry(Entry(0, case, now, author, kind, receipts.mask(text), code, who))


def is_unit(tools: Tools, code: str) -> bool:
    """Whether a commune or province has this code: a form may say anything, and a wrong code reaches nobody."""
    if not (code.isascii() and code.isdecimal() and len(code) in UNIT_DIGITS):
        return False
    try:
        tools.unit_name(code)
    except KeyError:
        return False
    return True


def _clocked(case: Case) -> tuple[object, ...]:
    return case.kind, case.also, case.urgency, case.unit
