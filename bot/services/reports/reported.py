"""What a report does to cases: opens one, changes it, makes it more urgent, joins one that is known."""

from collections.abc import Mapping

from bot.domain.cases import Author, Case, CaseId
from bot.domain.conversation import Conversation, Report
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Line
from bot.domain.replacing import replace
from bot.ports import NewReport
from bot.services import duty
from bot.services.reports import opening, timeline
from bot.services.reports.timeline import At

EVENTS: Mapping[str, str] = {
    "cancelled": "event.cancelled",
    "corrected": "event.corrected",
    "erasure_asked": "event.erasure_asked",
    "withdrawn": "event.withdrawn",
    "blocked": "event.blocked",
    "withheld": "event.withheld",
}


def open_case(at: At, report: Report, state: Conversation) -> CaseId:
    """Open a case with what is known and alert whom it concerns; returns its number."""
    case = opening.new_case(at.uow.office.roster(), report, state, at.now)
    id_ = at.uow.cases.open(case)
    at.uow.cases.add_report(id_, _row(at, report, state))
    if report.assessment is not None:
        at.uow.cases.assessed(id_, report.assessment, at.now)
    timeline.event(at, id_, "event.opened")
    for said in report.words:
        timeline.words(at, id_, said)
    timeline.files(at, id_, report.attachments)
    _describe(at, id_, case.kind, report)
    at.note("case.opened", id_, f"{case.kind} {case.urgency} {case.unit or '-'}")
    duty.watch_over(at.uow, at.tools, _present(at, id_), at.now)
    return id_


def update_case(at: At, id_: CaseId, report: Report, before: Report | None, state: Conversation) -> bool:
    """The case as the reporter's answers make it; others are alerted where it now concerns others.

    Returns whether another commune has it now.
    """
    was = at.uow.cases.get(id_)
    if was is None:
        return False
    case = opening.updated(at.uow.office.roster(), was, report)
    at.uow.cases.save_report(id_, at.conversation, opening.masked(report.answers), state.safe_to_write)
    _describe(at, id_, case.kind, report, before)
    if case == was:
        return False
    at.uow.cases.save(case)
    at.note("case.updated", id_, f"{case.kind} {case.urgency} {case.unit or '-'}")
    if opening.goes_elsewhere(was, case):
        duty.reroute(at.uow, at.tools, _present(at, id_), at.now)
    return case.unit != was.unit


def raise_urgency(at: At, id_: CaseId, urgency: Urgency) -> None:
    """Later words made it worse; it never falls by what a reporter says."""
    case = at.uow.cases.get(id_)
    if case is None or higher(case.urgency, urgency) is case.urgency:
        return
    raised = replace(case, urgency=urgency)
    due_at = case.due_at or opening.due(at.uow.office.roster(), raised)
    at.uow.cases.save(replace(raised, due_at=due_at))
    timeline.event(at, id_, "event.urgency_raised")
    at.note("case.urgency_raised", id_, urgency)
    duty.reroute(at.uow, at.tools, _present(at, id_), at.now)


def join_hazard(at: At, id_: CaseId, report: Report, state: Conversation) -> None:
    """One more person reports a hazard that is open already."""
    case = at.uow.cases.get(id_)
    if case is None:
        return
    at.uow.cases.add_report(id_, _row(at, report, state))
    at.uow.cases.save(replace(case, reports=case.reports + 1))
    for said in report.words:
        timeline.words(at, id_, said)
    timeline.files(at, id_, report.attachments)
    at.note("case.report_joined", id_)


def tell_officer(at: At, id_: CaseId, code: str) -> None:
    """Something that the officer of the case must know; `code` as in `effects.TellOfficer`."""
    case = at.uow.cases.get(id_)
    if case is None:
        return
    timeline.event(at, id_, EVENTS[code], Author.REPORTER)
    at.note(f"reporter.{code}", id_)
    duty.tell_owner(at.uow, at.tools, case, _told(code, id_), at.now)


def _told(code: str, id_: CaseId) -> Line:
    values = {"case": id_}
    match code:
        case "cancelled":
            return Line("told.cancelled", values)
        case "corrected":
            return Line("told.corrected", values)
        case "erasure_asked":
            return Line("told.erasure_asked", values)
        case "withdrawn":
            return Line("told.withdrawn", values)
        case "blocked":
            return Line("told.blocked", values)
        case "withheld":
            return Line("told.withheld", values)
        case _:
            raise ValueError(f"no such news for an officer: {code}")


def _row(at: At, report: Report, state: Conversation) -> NewReport:
    return NewReport(
        conversation=at.conversation,
        assessment=report.assessment,
        answers=opening.masked(report.answers),
        source=at.person.channel,
        at=at.now,
        safe_to_write=state.safe_to_write,
    )


def _describe(at: At, id_: CaseId, kind: Kind, report: Report, before: Report | None = None) -> None:
    if kind is Kind.DROWNING_HAZARD:
        at.uow.cases.set_hazard(id_, report.answers.get("water", ""))
    timeline.index(at, id_, report, before)


def _present(at: At, id_: CaseId) -> Case:
    """As it stands now: every save counts its version up."""
    case = at.uow.cases.get(id_)
    if case is None:
        raise LookupError(f"case {id_} is gone")
    return case
