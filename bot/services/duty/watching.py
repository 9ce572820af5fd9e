"""Makes sure that somebody answers: rings, climbs on silence, records who took the case."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import escalation, routing
from bot.domain.cases import (
    AlertState,
    Case,
    CaseId,
    Ladder,
    OfficerId,
    Watch,
)
from bot.domain.duty import excluded
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.domain.replacing import replace
from bot.ports import UnitOfWork
from bot.services.duty import cards, ringing, taking
from bot.services.duty.deliveries import alert_settled, seen
from bot.services.duty.permits import PROVINCE_DIGITS
from bot.services.duty.taking import Acknowledgement, AlreadyTaken, NoSuchCase, NotYours, Taken, acknowledge
from bot.services.duty.telling import tell_owner, tell_reporters
from bot.services.tools import Tools

__all__ = [
    "Acknowledgement",
    "AlreadyTaken",
    "NoSuchCase",
    "NotYours",
    "Taken",
    "acknowledge",
    "alert_settled",
    "due_cases",
    "hand_to",
    "look_after",
    "office_for",
    "reopen",
    "reroute",
    "restart",
    "seen",
    "take_silently",
    "tell_owner",
    "tell_reporters",
    "watch_over",
]


def watch_over(uow: UnitOfWork, tools: Tools, case: Case, now: datetime) -> None:
    """Route the case, keep the ladder as a snapshot and ring its first rung."""
    ladder = routing.responsible(case, uow.office.roster(), now)
    watch = escalation.start(case.id, case.urgency, ladder, case.due_at, now)
    ringing.climb(uow, tools, case, replace(watch, id=uow.watches.add(watch)), now)


def restart(
    uow: UnitOfWork,
    tools: Tools,
    case: Case,
    ladder: Ladder,
    now: datetime,
    known: ringing.Known = frozenset(),
) -> None:
    """The same watch on another ladder; `known` are not rung a second time."""
    watch = uow.watches.of_case(case.id)
    if watch is None:
        fresh = escalation.start(case.id, case.urgency, ladder, case.due_at, now)
        fresh = replace(fresh, id=uow.watches.add(fresh))
    else:
        fresh = escalation.restart(watch, case.urgency, ladder, case.due_at, now)
    ringing.climb(uow, tools, case, fresh, now, known)


def reroute(uow: UnitOfWork, tools: Tools, case: Case, now: datetime) -> None:
    """Place, kind, urgency or the accused changed: a new ladder, rung again where it matters.

    Who has the case keeps it unless accused now. While it rings, whoever was rung already is rung again only
    if it became more urgent.
    """
    watch = uow.watches.of_case(case.id)
    if watch is None:
        watch_over(uow, tools, case, now)
        return
    if ringing.is_over(case, watch):
        return
    ladder = routing.responsible(case, uow.office.roster(), now)
    worse = case.urgency.rank > watch.urgency.rank
    if case.owner is not None and not _accused(uow, case):
        _keep(uow, tools, case, watch, ladder, now, worse=worse)
        return
    if case.owner is not None:
        case = _free(uow, case)
    if not worse and _ways(ladder) == _ways(watch.ladder):
        # the same people in the same order: a further answer of the reporter must not put off the climb
        uow.watches.save(escalation.rebased(watch, case.urgency, ladder, case.due_at, now))
        return
    known = frozenset() if worse else _rung_already(uow, case)
    restart(uow, tools, case, ladder, now, known)


def reopen(uow: UnitOfWork, tools: Tools, case: Case, now: datetime) -> None:
    """Whoever had it does not read it: it is nobody's again and rings."""
    if case.owner is not None:
        case = _free(uow, case)
    restart(uow, tools, case, routing.responsible(case, uow.office.roster(), now), now)


def take_silently(uow: UnitOfWork, case: Case, officer: Officer, now: datetime) -> bool:
    """For a case that its officer entered and keeps: watched over without ringing anybody."""
    ladder = routing.responsible(case, uow.office.roster(), now)
    watch = escalation.start(case.id, case.urgency, ladder, case.due_at, now)
    watch = replace(watch, id=uow.watches.add(watch))
    if not uow.cases.take(case.id, OfficerId(officer.id), now):
        return False
    uow.watches.save(escalation.acknowledged(watch, OfficerId(officer.id), now))
    taking.record(uow, case.id, officer, now)
    return True


def office_for(uow: UnitOfWork, tools: Tools, case: Case) -> str:
    """To which office it was passed: the unit of who is asked first, else this office itself."""
    watch = uow.watches.of_case(case.id)
    first = watch.ladder.rungs[0].officer if watch is not None and watch.ladder.rungs else None
    officer = None if first is None else uow.office.officer(first)
    commune = officer.units[0] if officer and officer.units else ""
    return tools.unit_name(commune) if len(commune) > PROVINCE_DIGITS else uow.office.roster().name


def hand_to(uow: UnitOfWork, tools: Tools, case: Case, officer: Officer, now: datetime) -> None:
    """Ring this officer first; the ladder stands behind."""
    restart(uow, tools, case, routing.handed_to(case, officer, uow.office.roster(), now), now)


def _keep(
    uow: UnitOfWork, tools: Tools, case: Case, watch: Watch, ladder: Ladder, now: datetime, *, worse: bool
) -> None:
    uow.watches.save(escalation.rebased(watch, case.urgency, ladder, case.due_at, now))
    if worse:
        line = Line("told.urgency_raised", {"headline": cards.headline(tools, case)})
        tell_owner(uow, tools, case, line, now)


def _ways(ladder: Ladder) -> list[tuple[OfficerId, str]]:
    return [(rung.officer, rung.channel) for rung in ladder.rungs]


def _accused(uow: UnitOfWork, case: Case) -> bool:
    owner = None if case.owner is None else uow.office.officer(case.owner)
    return owner is None or bool(excluded(owner, case.excluded))


def _free(uow: UnitOfWork, case: Case) -> Case:
    freed = ringing.without_owner(case)
    uow.cases.save(freed)
    return uow.cases.get(case.id) or freed


def _rung_already(uow: UnitOfWork, case: Case) -> frozenset[tuple[OfficerId, str]]:
    alerts = uow.watches.alerts(case.id)
    return frozenset((a.officer, a.channel) for a in alerts if a.state is not AlertState.FAILED)


# --- the clock ---


def due_cases(uow: UnitOfWork, now: datetime, limit: int = 200) -> Sequence[CaseId]:
    """Cases whose watch is due, each for a transaction of its own: one that fails stops no other."""
    return [watch.case for watch in uow.watches.due(now, limit)]


def look_after(uow: UnitOfWork, tools: Tools, case_id: CaseId, now: datetime) -> None:
    """Do what is due for one case; nothing if that was done meanwhile."""
    # the case first: it is locked, and the watch read then, so that an acknowledgement is never undone
    case = uow.cases.get(case_id)
    watch = uow.watches.of_case(case_id)
    if watch is None:
        return
    if case is None or ringing.is_over(case, watch):
        uow.watches.save(escalation.done(watch))
    else:
        ringing.climb(uow, tools, case, watch, now)
