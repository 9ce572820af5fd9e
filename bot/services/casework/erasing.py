"""The reporter asked to have it deleted: an officer decides; what is deleted is gone from everywhere."""

from dataclasses import replace
from datetime import datetime

from bot.domain.cases import Case, CaseId, Status
from bot.domain.conversation import Conversation
from bot.domain.messages import Line
from bot.domain.moves import OVERSEERS
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.casework import steps
from bot.services.casework.outcome import Done, Outcome, Refusal
from bot.services.duty import telling
from bot.services.tools import Tools

MOST = 200
"""Cases of one person."""


def decide_erasure(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    now: datetime,
    *,
    grant: bool,
    restrict: bool = False,
    reason: str = "",
) -> Outcome:
    """The reporter asked to have it deleted: an officer decides, with a reason where it must be kept.

    `restrict`: it is kept, and from now on only who has it or is asked by name may open its words.
    """
    # conversations are locked before the case, as in their own turns
    writers = steps.hold_writers(uow, case_id)
    case = steps.find(uow, case_id, officer)
    if isinstance(case, Refusal):
        return case
    if case.owner not in (None, officer.id) and officer.role not in OVERSEERS:
        return Refusal(Line("move.no.not_yours"))
    if not case.erasure_asked:
        return Refusal(Line("desk.no_erasure_asked"))
    if not grant and not reason.strip():
        return Refusal(Line("move.no.reason_needed"))
    if grant and case.status is not Status.CLOSED:
        return Refusal(Line("desk.close_first"))
    steps.save(uow, case, _decided(case, restrict=restrict and not grant))
    if not grant and restrict:
        steps.record(uow, case_id, officer, "erasure_restricted", now, text=reason)
        telling.tell_reporters(uow, tools, case, Line("reporter.erasure_refused"), now)
        return Done(Line("desk.erasure_restricted", {"case": case_id}), case_id)
    steps.record(
        uow, case_id, officer, "erased" if grant else "erasure_refused", now, text="" if grant else reason
    )
    if not grant:
        telling.tell_reporters(uow, tools, case, Line("reporter.erasure_refused"), now)
        return Done(Line("desk.erasure_refused", {"case": case_id}), case_id)
    uow.cases.erase(case_id)
    # after the erasure, or the letter that says so would go with the case's other letters
    telling.tell_reporters(uow, tools, case, Line("reporter.erased"), now)
    for writer in writers:
        _forget(uow, case_id, writer)
    return Done(Line("desk.erased", {"case": case_id}), case_id)


def _decided(case: Case, *, restrict: bool) -> Case:
    return replace(case, erasure_asked=False, restricted=case.restricted or restrict)


def _forget(uow: UnitOfWork, case_id: CaseId, writer: int) -> None:
    """What the conversation still knew of the case, and originals that broke us, go too."""
    known = uow.conversations.get(writer)
    if known is None:
        return
    address, state = known
    # by what is left and not by this number: what was joined into it still stands there as its own
    left = frozenset(case.id for case in uow.cases.of_conversation(writer, MOST) if case.id != case_id)
    uow.inbox.forget(address)
    uow.offers.forget(address)
    if not left and _is_gone(state):
        uow.conversations.forget(writer)
    else:
        uow.conversations.save(writer, _only(state, left))


def _is_gone(state: Conversation) -> bool:
    """Withdrew, or blocked us for good: nothing is left that their address would serve."""
    return state.blocked and state.safe_to_write is False and state.report is None


def _only(state: Conversation, left: frozenset[CaseId]) -> Conversation:
    """How to speak with this person stays, what they told does not; a new report goes on."""
    # what an officer asked is gone with the case: nothing waits to be put
    waiting = [one for one in (state.question_waits, *state.question_waits_too) if one in left]
    state = replace(
        state,
        earlier=tuple(one for one in state.earlier if one in left),
        question_waits=waiting[0] if waiting else None,
        question_waits_too=tuple(one for one in waiting[1:] if one is not None),
    )
    if state.case not in left:
        state = replace(state, case=None, contact="", question_open=False)
    if state.report is not None and state.report.opened and state.report.case not in left:
        state = replace(state, report=None, asking="", wake_at=None)
    return state
