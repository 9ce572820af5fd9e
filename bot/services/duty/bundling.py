"""How long an alert waits for others to the same person; the first emergency never does."""

from datetime import datetime, timedelta

from bot.domain.cases import Case, Rung
from bot.domain.kinds import Urgency
from bot.domain.messages import Address
from bot.ports import UnitOfWork
from bot.services.duty import telling
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
