"""What an officer corrects or adds: urgency, kind, places, who is accused."""

from dataclasses import replace
from datetime import datetime

from bot.domain.actions import Accuse, SetKind, SetPlace, SetUrgency
from bot.domain.cases import Case, CaseId, Excluded
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.officers import Officer, Role
from bot.domain.titles import KIND, URGENCY
from bot.ports import UnitOfWork
from bot.services import duty
from bot.services.casework import judging, steps
from bot.services.casework.outcome import Done, Outcome, Refusal
from bot.services.duty import coordinating
from bot.services.tools import Tools

NO_SUCH_UNIT = Refusal(Line("page.unit.unknown"))
UNKNOWN_NAME = Refusal(Line("page.incomplete"))
ROLES = frozenset({*Role, "teacher"})
"""Who may be accused as somebody of that office; teachers have none here and are named all the same."""


def set_urgency(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    urgency: Urgency,
    reason: str,
    now: datetime,
) -> Outcome:
    """Raising works at once; lowering asks for a reason, which is kept."""
    changed = steps.change(uow, case_id, officer, SetUrgency(urgency, officer, reason), now)
    if isinstance(changed, Refusal):
        return changed
    before, after = changed
    if before.urgency is not urgency:
        event = "urgency_raised" if urgency.rank > before.urgency.rank else "urgency_lowered"
        judging.judged(uow, before, after, officer, now)
        steps.record(uow, case_id, officer, event, now, text=reason.strip(), detail=urgency.value)
        duty.reroute(uow, tools, after, now)
    return Done(Line("desk.urgency_set", {"case": case_id, "urgency": URGENCY[urgency]}), case_id)


def raise_urgency(
    uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, urgency: Urgency, now: datetime
) -> Outcome:
    """At once, without a reason; a lower one is refused."""
    return set_urgency(uow, tools, case_id, officer, urgency, "", now)


def lower_urgency(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    urgency: Urgency,
    reason: str,
    now: datetime,
) -> Outcome:
    """Only with a reason."""
    return set_urgency(uow, tools, case_id, officer, urgency, reason, now)


def set_kind(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    kind: Kind,
    now: datetime,
    also: tuple[Kind, ...] = (),
) -> Outcome:
    """What it is, as a person sees it."""
    changed = steps.change(uow, case_id, officer, SetKind(officer, kind, also), now)
    if isinstance(changed, Refusal):
        return changed
    before, after = changed
    if before.kind is not kind or before.also != after.also:
        judging.judged(uow, before, after, officer, now)
        if Kind.SEXUAL_ABUSE in (kind, *after.also) and not after.restricted:
            after = _restrict(uow, after)
        steps.record(uow, case_id, officer, "kind_set", now, detail=kind.value)
        duty.reroute(uow, tools, after, now)
    return Done(Line("desk.kind_set", {"case": case_id, "kind": KIND[kind]}), case_id)


def set_unit(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    unit: str | None,
    now: datetime,
    *,
    residence: str | None = None,
) -> Outcome:
    """The commune of the incident (acts) or of residence: routed and rung anew."""
    if not all(steps.is_unit(tools, code) for code in (unit, residence) if code):
        return NO_SUCH_UNIT
    changed = steps.change(uow, case_id, officer, SetPlace(officer, unit, residence), now)
    if isinstance(changed, Refusal):
        return changed
    before, after = changed
    if (before.unit, before.residence) != (after.unit, after.residence):
        steps.record(
            uow, case_id, officer, "unit_set", now, detail=f"{after.unit or '-'} {after.residence or '-'}"
        )
        duty.reroute(uow, tools, after, now)
        _tell_passed(uow, tools, before, after, now)
    place = unit or residence
    values: dict[str, str | int | Line] = {"case": case_id, "place": tools.unit_name(place) if place else ""}
    if coordinating.nobody_to_tell(uow, tools, before, after, officer, now):
        values["residence"] = tools.unit_name(after.residence or "")
        return Done(Line("desk.unit_set_alone", values), case_id)
    return Done(Line("desk.unit_set", values), case_id)


def exclude(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    now: datetime,
    *,
    officers: tuple[int, ...] = (),
    units: tuple[str, ...] = (),
    roles: tuple[str, ...] = (),
) -> Outcome:
    """Who is accused never receives it; whoever has it and is accused loses it at once, and is not told."""
    case = steps.find(uow, case_id, officer)
    if isinstance(case, Refusal):
        return case
    if not _all_known(uow, tools, officers, units, roles):
        return UNKNOWN_NAME
    owner = None if case.owner is None else uow.office.officer(case.owner)
    changed = steps.change(uow, case_id, officer, Accuse(Excluded(officers, units, roles), owner), now)
    if isinstance(changed, Refusal):
        return changed
    detail = " ".join(
        [*(f"officer:{o}" for o in officers), *(f"unit:{u}" for u in units), *(f"role:{r}" for r in roles)]
    )
    steps.record(uow, case_id, officer, "excluded", now, detail=detail)
    duty.reroute(uow, tools, changed[1], now)
    return Done(Line("desk.excluded", {"case": case_id}), case_id)


def _all_known(
    uow: UnitOfWork, tools: Tools, officers: tuple[int, ...], units: tuple[str, ...], roles: tuple[str, ...]
) -> bool:
    """Codes of ours only: they go into the ledger, which holds nobody's name."""
    return (
        all(uow.office.officer(one) is not None for one in officers)
        and all(steps.is_unit(tools, one) for one in units)
        and all(one in ROLES for one in roles)
    )


def _tell_passed(uow: UnitOfWork, tools: Tools, before: Case, after: Case, now: datetime) -> None:
    if after.unit is not None and after.unit != before.unit:
        line = Line("reporter.passed", {"office": tools.unit_name(after.unit)})
        duty.tell_reporters(uow, tools, after, line, now)


def _restrict(uow: UnitOfWork, case: Case) -> Case:
    uow.cases.save(replace(case, restricted=True))
    return uow.cases.get(case.id) or case
