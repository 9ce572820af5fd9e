"""The campaign that an address of the desk names."""

from aiohttp import web

from bot.domain.campaigns.campaign import Campaign
from bot.ports import UnitOfWork
from handlers.web_desk.desk import Desk, Visit
from handlers.web_wire.numbers import number


def number_of(visit: Visit) -> int:
    """404 for what is no number."""
    found = number(visit.request.match_info["campaign"])
    if found is None:
        raise web.HTTPNotFound
    return found


async def the_campaign(desk: Desk, visit: Visit) -> Campaign:
    """404 where there is none."""
    id_ = number_of(visit)

    def look(uow: UnitOfWork) -> Campaign | None:
        return uow.campaigns.get(id_)

    found = await desk.door.look(look)
    if found is None:
        raise web.HTTPNotFound
    return found
