"""What becomes of letters that carry alerts: sent, seen, or refused, and then the next rung rings."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import escalation
from bot.domain.cases import Alert, AlertState
from bot.ports import Deferred, Delivered, Outcome, Refused, UnitOfWork, Why
from bot.services.duty import ringing, telling
from bot.services.tools import Tools

DEAD = frozenset({Why.BLOCKED, Why.GONE})
"""Refusals that say that the address itself is dead."""


def alert_settled(uow: UnitOfWork, tools: Tools, alert_id: int, outcome: Outcome, now: datetime) -> None:
    """What became of an alert's letter: sent, or refused, and then the next rung goes out at once."""
    alert = uow.watches.alert(alert_id)
    if alert is None or isinstance(outcome, Deferred):
        return
    together = (alert, *uow.watches.carried(alert_id))
    if isinstance(outcome, Delivered):
        for one in together:
            if one.state is AlertState.RAISED:
                uow.watches.set_alert(one.id, AlertState.SENT, now)
        return
    _dead_address(uow, alert, outcome, now)
    for one in together:
        refused(uow, tools, one, now)


def seen(uow: UnitOfWork, alert_id: int, now: datetime) -> None:
    """The desk page has shown it."""
    alert = uow.watches.alert(alert_id)
    if alert is None:
        return
    for one in (alert, *uow.watches.carried(alert_id)):
        if one.state in (AlertState.RAISED, AlertState.SENT):
            uow.watches.set_alert(one.id, AlertState.SEEN, now)


def reached(uow: UnitOfWork, messages: Sequence[str], at: datetime, *, was_seen: bool) -> None:
    """The platform tells that messages of ours, by its own ids, arrived on a phone or were looked at."""
    for alert in uow.outbox.reached(messages, at, seen=was_seen):
        seen(uow, alert, at)


def _dead_address(uow: UnitOfWork, alert: Alert, outcome: Refused, now: datetime) -> None:
    address = telling.address_on(uow, alert.officer, alert.channel)
    if outcome.why in DEAD and address is not None and address.channel != telling.WEB_DESK:
        uow.office.unreachable(address)
        uow.ledger.note("officer.unreachable", actor="system", subject=f"officer:{alert.officer}", at=now)


def refused(uow: UnitOfWork, tools: Tools, alert: Alert, now: datetime) -> None:
    """This alert reaches nobody there: what follows on its ladder goes out at once."""
    # the case first: it is locked, so that an acknowledgement made meanwhile is seen and not written over
    case = uow.cases.get(alert.case)
    watch = uow.watches.of_case(alert.case)
    uow.watches.set_alert(alert.id, AlertState.FAILED, now)
    uow.ledger.note(
        "case.alert_failed",
        actor="system",
        subject=f"case:{alert.case}",
        detail=f"alert:{alert.id}",
        at=now,
    )
    if watch is None or case is None or ringing.is_over(case, watch):
        return
    following = escalation.refused(watch, alert.rung, now)
    if following is not None:
        uow.watches.save(ringing.climb_on(uow, tools, case, following, now))
