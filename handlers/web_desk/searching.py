"""Search, and the list of communes for those who type half a name."""

from aiohttp import web

from bot.ports import UnitOfWork
from bot.services import casework
from handlers.web_desk.cases.places import suggest
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.queue import Row, row
from handlers.web_desk.visits import Form, show


async def page(desk: Desk, visit: Visit) -> web.Response:
    return show(desk, visit, "search.html", {"rows": [], "words": "", "asked": False})


async def search(desk: Desk, visit: Visit, form: Form) -> web.Response:
    """By a form and not by the address: what is looked for may be a child's name."""
    words, now = form.get("words", "").strip(), desk.clock()

    def work(uow: UnitOfWork) -> list[Row]:
        found = casework.search(uow, desk.tools, words, visit.officer, now) if words else ()
        roster = uow.office.roster()
        return [row(desk, case, roster, visit.officer, now) for case in found]

    rows = await desk.door.ask(work)
    return show(desk, visit, "search.html", {"rows": rows, "words": words, "asked": True})


async def units(desk: Desk, visit: Visit) -> web.Response:
    """Communes by what is typed so far, without tone marks."""
    found = suggest(desk, visit.request.query.get("q", ""))
    return web.json_response([{"code": place.code, "name": place.name} for place in found])
