"""Alarms of the office itself: something that no case waits for, but that a human must see to."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import duty
from bot.domain.messages import Lane, Line
from bot.domain.officers import Officer, Role, Roster
from bot.domain.staff import LAST_RESORT
from bot.ports import UnitOfWork
from bot.services.duty import telling
from bot.services.tools import Tools

MOST = 5
"""Officers who are told of one alarm."""


def raise_alarm(
    uow: UnitOfWork, tools: Tools, code: str, line: Line, now: datetime, *, avoid: str = ""
) -> bool:
    """Tell the province's duty officers, once a local day for each code; True if they were told now.

    `code` holds no words and no ids of people ("zalo_oa.token"). `avoid`: the channel that is broken.
    """
    day = now.astimezone(duty.LOCAL).toordinal()
    if not uow.alarms.raised(code, now, day):
        return False
    uow.ledger.note("office.alarm", actor="system", subject="office", detail=code, at=now)
    for officer in who_is_told(uow.office.roster(), now):
        works = (one for one in telling.addresses(uow, officer) if one.channel != avoid)
        to = next(works, telling.desk_address(officer.id))
        telling.tell(uow, tools, officer, (line,), now, lane=Lane.ALERT, to=to)
    return True


def over(uow: UnitOfWork, code: str) -> None:
    """It is mended."""
    uow.alarms.over(code)


def who_is_told(roster: Roster, now: datetime) -> Sequence[Officer]:
    """The province's duty officers, on duty if any is; where there are none, the next who answer for it."""
    index = duty.indexed(roster)
    for role in LAST_RESORT:
        found = [officer for officer in roster.officers if officer.role is role]
        present = [officer for officer in found if not duty.off_duty(officer, index, now)]
        if found:
            admins = [one for one in roster.officers if one.role is Role.ADMIN and one not in found]
            return (*(present or found)[:MOST], *admins[:1])
    return ()
