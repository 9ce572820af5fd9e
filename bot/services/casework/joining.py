"""Two cases are one and the same matter: a person says so, and whoever reported either goes on with the whole."""

from dataclasses import replace
from datetime import datetime

from bot.domain.cases import Case, CaseId, Excluded, Status
from bot.domain.conversation import Conversation
from bot.domain.kinds import Kind
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import duty
from bot.services.casework import steps
from bot.services.casework.outcome import NO_SUCH_CASE, Done, Outcome, Refusal
from bot.services.duty import coordinating
from bot.services.tools import Tools

SAYS_NOTHING = frozenset({Kind.UNKNOWN, Kind.ADVICE, Kind.OFF_TOPIC})
"""Kinds that need not be named beside another."""


def join(
    uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, into: CaseId, now: datetime
) -> Outcome:
    """The reports and the timeline of `case_id` go under `into`, and so does what its reporters say from now on."""
    # conversations are locked before the cases, as in their own turns
    writers = steps.hold_writers(uow, case_id)
    one, other = steps.find_to_read(uow, case_id, officer), steps.find_to_read(uow, into, officer)
    if isinstance(one, Refusal):
        return one
    if isinstance(other, Refusal):
        return other
    if case_id == into:
        return NO_SUCH_CASE
    if other.status is Status.CLOSED:
        return Refusal(Line("move.no.closed"))
    uow.cases.join(case_id, into, now)
    steps.record(uow, case_id, officer, "joined", now, detail=f"into:case:{into}")
    steps.record(uow, into, officer, "joined", now, detail=f"from:case:{case_id}")
    steps.stop_watch(uow, case_id)
    for writer in writers:
        _follow(uow, writer, case_id, into)
    values: dict[str, str | int | Line] = {"case": case_id, "into": into}
    if (alone := _take_over(uow, tools, one, into, officer, now)) is not None:
        values["residence"] = tools.unit_name(alone)
        return Done(Line("desk.joined_alone", values), into)
    return Done(Line("desk.joined", values), into)


def _follow(uow: UnitOfWork, writer: int, from_: CaseId, into: CaseId) -> None:
    """What this person adds belongs to the whole: the number of the case that was joined must not open it again."""
    known = uow.conversations.get(writer)
    if known is not None and (moved := _moved(known[1], from_, into)) != known[1]:
        uow.conversations.save(writer, moved)


def _moved(talk: Conversation, from_: CaseId, into: CaseId) -> Conversation:
    def now_called(id_: CaseId | None) -> CaseId | None:
        return into if id_ == from_ else id_

    report, waits = talk.report, now_called(talk.question_waits)
    if report is not None:
        report = replace(report, case=now_called(report.case), hazard_same=now_called(report.hazard_same))
    return replace(
        talk,
        report=report,
        case=now_called(talk.case),
        earlier=_renamed(talk.earlier, from_, into),
        question_waits=waits,
        question_waits_too=tuple(
            id_ for id_ in _renamed(talk.question_waits_too, from_, into) if id_ != waits
        ),
    )


def _renamed(cases: tuple[CaseId, ...], from_: CaseId, into: CaseId) -> tuple[CaseId, ...]:
    return tuple(dict.fromkeys(into if id_ == from_ else id_ for id_ in cases))


def _take_over(
    uow: UnitOfWork, tools: Tools, one: Case, into: CaseId, officer: Officer, now: datetime
) -> str | None:
    """The commune of residence that the whole has by this and that has nobody here: a person must phone it."""
    other = uow.cases.get(into)
    if other is None or (whole := merged(one, other)) == other:
        return None
    uow.cases.save(whole)
    duty.reroute(uow, tools, uow.cases.get(into) or whole, now)
    whole = uow.cases.get(into) or whole
    if coordinating.nobody_to_tell(uow, tools, other, whole, officer, now):
        return whole.residence
    return None


def merged(one: Case, into: Case) -> Case:
    """The whole is as urgent as its worst part and of all its kinds; the clock runs from the first.

    A place that only one of them knows holds for both; all accused stay out; who asked for deletion still waits.
    """
    kinds = (kind for kind in (*into.also, one.kind, *one.also) if kind not in SAYS_NOTHING)
    return replace(
        into,
        urgency=max(one.urgency, into.urgency, key=lambda urgency: urgency.rank),
        also=tuple(dict.fromkeys(kind for kind in kinds if kind is not into.kind)),
        clock_from=min(one.clock_from, into.clock_from),
        due_at=min((due for due in (one.due_at, into.due_at) if due is not None), default=None),
        unit=into.unit or one.unit,
        residence=into.residence or one.residence,
        point=into.point or one.point,
        needs_listening=one.needs_listening or into.needs_listening,
        restricted=one.restricted or into.restricted,
        erasure_asked=one.erasure_asked or into.erasure_asked,
        excluded=_all_of(one.excluded, into.excluded),
    )


def _all_of(one: Excluded, into: Excluded) -> Excluded:
    return Excluded(
        tuple(dict.fromkeys(into.officers + one.officers)),
        tuple(dict.fromkeys(into.units + one.units)),
        tuple(dict.fromkeys(into.roles + one.roles)),
    )
