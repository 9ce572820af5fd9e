"""The clock's tick in one transaction; the program gives each case and each bundle its own (`handlers.gate`)."""

from datetime import datetime

from bot.ports import UnitOfWork
from bot.services import duty
from bot.services.duty import bundles
from bot.services.tools import Tools

AT_ONCE = 200


def tick(uow: UnitOfWork, tools: Tools, now: datetime) -> int:
    """Whatever is due; returns how many cases were looked after and bundles sent."""
    due = duty.due_cases(uow, now, AT_ONCE)
    for case in due:
        duty.look_after(uow, tools, case, now)
    return len(due) + bundles.send_bundles(uow, tools, now, AT_ONCE)
