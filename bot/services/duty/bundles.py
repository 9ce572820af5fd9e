"""Alerts that waited for others to the same person go out as one message."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.domain.cases import Alert, Case, OfficerId, Status
from bot.domain.duty import excluded
from bot.domain.messages import Address, Lane
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import letters
from bot.services.duty import cards, deliveries, telling
from bot.services.tools import Tools

AT_ONCE = 200
"""Officers whose waiting alerts one tick sends together."""


def send_bundles(uow: UnitOfWork, tools: Tools, now: datetime, limit: int = AT_ONCE) -> int:
    """One message to each for whom alerts waited long enough; returns how many alerts that were."""
    waiting = uow.watches.bundled(now, limit)
    for (officer_id, channel), alerts in groupby(waiting, key=lambda alert: (alert.officer, alert.channel)):
        _send_bundle(uow, tools, officer_id, channel, tuple(alerts), now)
    return len(waiting)


def _send_bundle(
    uow: UnitOfWork,
    tools: Tools,
    officer_id: OfficerId,
    channel: str,
    alerts: tuple[Alert, ...],
    now: datetime,
) -> None:
    lead = alerts[0].id
    uow.watches.carry([alert.id for alert in alerts], lead)
    officer, to = uow.office.officer(officer_id), telling.address_on(uow, officer_id, channel)
    cases = {} if officer is None else _still_needed(uow, alerts, officer)
    if officer is not None and to is not None and cases:
        _say(uow, tools, officer, to, list(cases.values()), lead, now)
        return
    for alert in alerts:
        if alert.case in cases:
            # the address died while they waited: the next rung rings at once, as for any refused letter
            deliveries.refused(uow, tools, alert, now)


def _still_needed(uow: UnitOfWork, alerts: Sequence[Alert], officer: Officer) -> dict[int, Case]:
    """Who took it, or is accused by now, makes an alert needless."""
    found = (uow.cases.get(case_id) for case_id in dict.fromkeys(alert.case for alert in alerts))
    return {
        case.id: case
        for case in found
        if case is not None and case.status is Status.NEW and not excluded(officer, case.excluded)
    }


def _say(
    uow: UnitOfWork,
    tools: Tools,
    officer: Officer,
    to: Address,
    cases: Sequence[Case],
    lead: int,
    now: datetime,
) -> None:
    card = cards.bundle_card(tools, cases, officer, to, now)
    letters.say(
        uow,
        tools,
        to,
        card.lines,
        now,
        lang=telling.lang_of(tools, officer),
        choices=card.choices,
        lane=Lane.ALERT,
        alert=lead,
    )
