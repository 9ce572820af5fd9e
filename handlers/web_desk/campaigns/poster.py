"""A poster for a school or commune: the code that says where somebody comes from, as a QR code and a link."""

from collections.abc import Mapping

from aiohttp import web

from bot.domain.campaigns import around, codes, titles
from bot.domain.campaigns.campaign import Group
from bot.domain.messages import Line
from bot.services.outreach import posters
from handlers.web_desk.campaigns.form import Reader
from handlers.web_desk.campaigns.form.audience import units as units_of
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import Form, show

POSTED = tuple(group for group in Group if group is not Group.OFFICER)

MOST_SOURCES = 200


async def page(desk: Desk, visit: Visit) -> web.Response:
    return await _page(desk, visit, {}, "", ())


async def make(desk: Desk, visit: Visit, form: Form) -> web.Response:
    reader = Reader(form, desk.communes)
    units = units_of(reader)
    if len(units) > 1 or not {unit.code for unit in desk.communes}.issuperset(units):
        reader.wrong("units", "page.poster.one_commune")
    wrong = [one.line for one in reader.unread]
    group = next((one for one in POSTED if one.value == reader.words("group")), None)
    tags = tuple(tag.lower() for tag in reader.words("tags").replace(",", " ").split())
    try:
        code = codes.write(units[0] if units else None, group, tags)
    except ValueError:
        return await _page(desk, visit, form, "", [*wrong, Line("page.poster.wrong")])
    return await _page(desk, visit, form, "" if wrong else code, wrong)


async def _page(
    desk: Desk, visit: Visit, typed: Form, code: str, wrong: "list[Line] | tuple[()]"
) -> web.Response:
    counted = await desk.door.look(lambda uow: uow.subscribers.by_source())
    address = posters.address(desk.tools.public_url, code) if code else ""
    values = {
        "typed": typed,
        "code": code,
        "address": address,
        "qr": posters.svg(address) if code else "",
        "faults": [("units", line) for line in wrong],
        "groups": {one: titles.GROUP[one] for one in POSTED},
        "sources": _sources(counted),
    }
    return show(desk, visit, "campaigns/poster.html", values, status=409 if wrong else 200)


def _sources(counted: Mapping[str, int]) -> list[tuple[str, around.Shown]]:
    """The busiest codes first; a number that could be known people is hidden, and its place in the order."""
    told = [(code, around.shown(number)) for code, number in counted.items() if code]
    return sorted(told, key=lambda one: (-(one[1].value or 0), one[0]))[:MOST_SOURCES]
