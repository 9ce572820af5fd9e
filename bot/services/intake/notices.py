"""What a platform tells of somebody who said nothing: heeded in their turn, in order with what they said."""

from datetime import datetime

from bot.domain.messages import Heard, Notice
from bot.ports import UnitOfWork
from bot.services.intake import aside
from bot.services.reports import withdrawing
from bot.services.tools import Tools


def heed(uow: UnitOfWork, tools: Tools, heard: Heard, now: datetime) -> None:
    """An unknown notice, of a later version, is nothing."""
    match heard.tap:
        case Notice.WITHDRAWN:
            withdrawing.withdraw(uow, tools, heard.sender, now)
        case Notice.STAFF if _by_hand(uow, heard):
            aside.step_back(uow, heard.sender, min(heard.at, now), now)
        case _:
            pass


def _by_hand(uow: UnitOfWork, heard: Heard) -> bool:
    """A letter of ours that the platform ascribes to an administrator must not silence us; officers are never left."""
    if uow.office.officer_at(heard.sender) is not None:
        return False
    return not uow.outbox.is_ours(heard.sender, heard.message_id)
