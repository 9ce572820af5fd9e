"""What the forms of a case do: each is one step of one transaction; refused, nothing typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.domain.cases import Case, CaseId, Result, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import casework
from bot.services.casework import Outcome, Refusal
from bot.services.duty import permits
from bot.services.tools import Tools
from handlers.web_desk.cases.page import number, opened
from handlers.web_desk.cases.places import Unsure, settled
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import Form, told
from handlers.web_wire.numbers import number as row


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """One form, about to be carried out."""

    uow: UnitOfWork
    tools: Tools
    case: CaseId
    officer: Officer
    form: Form
    now: datetime

    def get(self, name: str) -> str:
        return self.form.get(name, "").strip()


INCOMPLETE = Refusal(Line("page.incomplete"))
CHANGED = Refusal(Line("page.changed_meanwhile"))


def _take(step: Step) -> Outcome:
    return casework.take(step.uow, step.tools, step.case, step.officer, step.now)


def _note(step: Step) -> Outcome:
    return casework.note(step.uow, step.tools, step.case, step.officer, step.get("text"), step.now)


def _ask(step: Step) -> Outcome:
    return casework.ask_reporter(step.uow, step.tools, step.case, step.officer, step.get("text"), step.now)


def _acting(step: Step) -> Outcome:
    return casework.set_status(step.uow, step.tools, step.case, step.officer, Status.ACTING, step.now)


def _phoned(step: Step) -> Outcome:
    return casework.phoned(step.uow, step.tools, step.case, step.officer, step.now)


def _listened(step: Step) -> Outcome:
    return casework.listened(step.uow, step.tools, step.case, step.officer, step.now)


def _transfer(step: Step) -> Outcome:
    to, reason = row(step.get("to")), step.get("reason")
    if to is None:
        return INCOMPLETE
    return casework.transfer(step.uow, step.tools, step.case, step.officer, to, reason, step.now)


def _hand_on(step: Step) -> Outcome:
    where, reason = step.get("to"), step.get("reason")
    return casework.hand_on(step.uow, step.tools, step.case, step.officer, where, reason, step.now)


def _close(step: Step) -> Outcome:
    if step.get("result") not in set(Result):
        return INCOMPLETE
    result = Result(step.get("result"))
    return casework.close(step.uow, step.tools, step.case, step.officer, result, step.get("text"), step.now)


def _reopen(step: Step) -> Outcome:
    return casework.reopen(step.uow, step.tools, step.case, step.officer, step.now, step.get("reason"))


def _urgency(step: Step) -> Outcome:
    if step.get("urgency") not in set(Urgency):
        return INCOMPLETE
    urgency = Urgency(step.get("urgency"))
    return casework.set_urgency(
        step.uow, step.tools, step.case, step.officer, urgency, step.get("reason"), step.now
    )


def _kind(step: Step) -> Outcome:
    if step.get("kind") not in set(Kind):
        return INCOMPLETE
    kind = Kind(step.get("kind"))
    return casework.set_kind(step.uow, step.tools, step.case, step.officer, kind, step.now)


def _unit(step: Step) -> Outcome:
    unit, residence = step.get("unit") or None, step.get("residence") or None
    if unit is None and residence is None:
        return INCOMPLETE
    return casework.set_unit(
        step.uow, step.tools, step.case, step.officer, unit, step.now, residence=residence
    )


def _exclude(step: Step) -> Outcome:
    officer, unit, role = row(step.get("officer")), step.get("exclude_unit"), step.get("role")
    if not (officer is not None or unit or role):
        return INCOMPLETE
    return casework.exclude(
        step.uow,
        step.tools,
        step.case,
        step.officer,
        step.now,
        officers=() if officer is None else (officer,),
        units=(unit,) if unit else (),
        roles=(role,) if role else (),
    )


def _join(step: Step) -> Outcome:
    into = row(step.get("into").lstrip("#"))
    if into is None:
        return INCOMPLETE
    return casework.join(step.uow, step.tools, step.case, step.officer, CaseId(into), step.now)


def _erasure(step: Step) -> Outcome:
    return casework.decide_erasure(
        step.uow,
        step.tools,
        step.case,
        step.officer,
        step.now,
        grant=step.get("grant") == "yes",
        restrict=step.get("grant") == "restrict",
        reason=step.get("reason"),
    )


ACTS: Mapping[str, Callable[[Step], Outcome]] = {
    "take": _take,
    "note": _note,
    "ask": _ask,
    "acting": _acting,
    "phoned": _phoned,
    "listened": _listened,
    "transfer": _transfer,
    "hand_on": _hand_on,
    "close": _close,
    "reopen": _reopen,
    "urgency": _urgency,
    "kind": _kind,
    "unit": _unit,
    "exclude": _exclude,
    "join": _join,
    "erasure": _erasure,
}
BLIND = frozenset({"take", "note", "ask", "phoned", "listened"})
"""Right however the case has changed since the page was loaded; the rest must have seen it as it is."""
NAMES_UNITS = frozenset({"unit", "exclude"})
UNITS = ("unit", "residence", "exclude_unit")


async def act(desk: Desk, visit: Visit, form: Form) -> web.Response:
    """Done: back to the case, which says so. Refused: the same page, the typed words still in their form."""
    work, case = ACTS.get(visit.request.match_info["act"]), number(visit.request)
    if work is None:
        raise web.HTTPNotFound
    form = {**form, "act": visit.request.match_info["act"]}
    if form["act"] in NAMES_UNITS:
        found = settled(desk, form, UNITS)
        if isinstance(found, Unsure):
            return await opened(desk, visit, case, desk.pages.speaker(visit.lang)(found.line), form, found)
        form = found
    return await _carry_out(desk, visit, form, work, case)


async def _carry_out(
    desk: Desk, visit: Visit, form: Form, work: Callable[[Step], Outcome], case: CaseId
) -> web.Response:
    now = desk.clock()

    def transaction(uow: UnitOfWork) -> tuple[Outcome, bool]:
        step = Step(uow, desk.tools, case, visit.officer, form, now)
        before = uow.cases.get(case)
        outcome = CHANGED if _stale(before, form) else work(step)
        goes_to = case if isinstance(outcome, Refusal) or outcome.case is None else outcome.case
        after = uow.cases.get(goes_to)
        return outcome, after is not None and permits.reads(uow, after, visit.officer)

    outcome, may_read = await desk.door.ask(transaction)
    sentence = desk.pages.speaker(visit.lang)(outcome.line)
    if isinstance(outcome, Refusal):
        return await opened(desk, visit, case, sentence, form)
    return told(desk, f"/desk/case/{outcome.case or case}" if may_read else "/desk", sentence)


def _stale(case: Case | None, form: Form) -> bool:
    """Somebody changed the case after this page was loaded."""
    return case is not None and form["act"] not in BLIND and form.get("version") != str(case.version)
