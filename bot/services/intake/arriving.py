"""The moment something reaches us: made storable, written down once, and what is soon gone is sent for."""

from datetime import datetime

from bot.domain.messages import Attachment, Heard
from bot.domain.replacing import replace
from bot.domain.understanding import Point
from bot.ports import UnitOfWork


def put(uow: UnitOfWork, heard: Heard, now: datetime) -> bool:
    """False when this very message was there already."""
    heard = _storable(heard)
    if not uow.inbox.put(heard, now):
        return False
    if any(_leaves(one) for one in heard.attachments):
        uow.inbox.amend(replace(heard, attachments=tuple(_sent_for(uow, heard, now))))
    return True


def _leaves(attachment: Attachment) -> bool:
    return attachment.fleeting and attachment.sealed is None


def _sent_for(uow: UnitOfWork, heard: Heard, now: datetime) -> list[Attachment]:
    """A row for each, so that it is fetched before any case is opened: a link that leads to it soon leads nowhere."""
    channel, account = heard.sender.channel, heard.sender.account
    return [
        replace(one, sealed=uow.files.put(None, channel, account, one, now)) if _leaves(one) else one
        for one in heard.attachments
    ]


def _storable(heard: Heard) -> Heard:
    """What no database takes (half an emoji, a place that is no number) goes: it would come again for ever."""
    text, tap = (said.encode("utf-8", "replace").decode() for said in (heard.text, heard.tap))
    point = heard.point if heard.point is None or _is_place(heard.point) else None
    if (text, tap, point) == (heard.text, heard.tap, heard.point):
        return heard
    return replace(heard, text=text, tap=tap, point=point)


def _is_place(point: Point) -> bool:
    return -90 <= point.lat <= 90 and -180 <= point.lon <= 180
