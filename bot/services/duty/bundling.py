"""Several alerts to one person within a short time go out as one message; the first emergency never waits."""

from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.cases import Alert, Case, OfficerId, Rung, Status
from bot.domain.duty import excluded
from bot.domain.kinds import Urgency
from bot.domain.messages import Address, Lane
from bot.ports import UnitOfWork
from bot.services import letters
from bot.services.duty import cards, telling
from bot.services.tools import Tools

EMERGENCY_BUNDLE = timedelta(seconds=10)
"""How long a further emergency waits for others to the same person; the first goes out at once."""
BUNDLE = timedelta(seconds=30)
"""The same for everything else."""


def wait_for(
    uow: UnitOfWork, tools: Tools, case: Case, rung: Rung, to: Address, now: datetime
) -> timedelta | None:
    """How long this alert waits for others to the same person; None: it goes out at once."""
    traits = tools.traits.get(to.channel)
    pulled = to.channel == telling.WEB_DESK or (traits is not None and traits.pull)
    if not tools.bundle_window or rung.phone_111 or pulled:
        return None
    rang = uow.watches.rang(rung.officer, rung.channel, now - tools.bundle_window)
    if rang is None:
        return None
    if case.urgency is not Urgency.EMERGENCY:
        return BUNDLE
    return EMERGENCY_BUNDLE if rang is Urgency.EMERGENCY else None


def send_bundles(uow: UnitOfWork, tools: Tools, now: datetime, limit: int) -> int:
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
    found = [uow.cases.get(case_id) for case_id in dict.fromkeys(alert.case for alert in alerts)]
    # who took it, or is accused by now, makes this alert needless
    cases = [
        case
        for case in found
        if case is not None
        and case.status is Status.NEW
        and officer is not None
        and not excluded(officer, case.excluded)
    ]
    if officer is None or to is None or not cases:
        return
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
