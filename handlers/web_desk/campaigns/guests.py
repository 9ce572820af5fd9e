"""Who comes to an event, as a list to print or to open in a spreadsheet; for its writer and approver alone."""

import csv
from collections.abc import Mapping
from io import StringIO

from aiohttp import web

from bot.domain.messages import Line
from bot.ports import UnitOfWork
from bot.services.duty import cards
from bot.services.outreach.events import Guests, guests
from bot.services.outreach.outcome import Refusal
from handlers.web_desk.campaigns.lookup import number_of
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import show

FORMULA = ("=", "+", "-", "@", "\t")
"""A spreadsheet would compute what begins so; an apostrophe makes it a word (OWASP, CSV injection)."""
MARK = "\ufeff"
"""Without it Excel reads the file in another encoding."""


async def page(desk: Desk, visit: Visit) -> web.Response:
    found = await _found(desk, visit)
    if isinstance(found, Refusal):
        return show(desk, visit, "refused.html", {"why": found.line}, status=403)
    values = {
        "campaign": found.campaign,
        "event": _in(visit, found.event.name),
        "place": _in(visit, found.event.place),
        "begins": cards.clock(found.event.at),
        "names": _names(desk, visit, found),
    }
    return show(desk, visit, "campaigns/guests.html", values)


async def table(desk: Desk, visit: Visit) -> web.Response:
    """The same as CSV; never kept by a cache, as every page of the desk."""
    found = await _found(desk, visit)
    if isinstance(found, Refusal):
        return show(desk, visit, "refused.html", {"why": found.line}, status=403)
    t, written = desk.pages.speaker(visit.lang), StringIO()
    rows = csv.writer(written)
    rows.writerow([t(Line("page.guests.number")), t(Line("page.guests.name")), t(Line("page.guests.here"))])
    for number, name in enumerate(_names(desk, visit, found), 1):
        rows.writerow([number, f"'{name}" if name.startswith(FORMULA) else name, ""])
    headers = {"Content-Disposition": f'attachment; filename="{found.campaign.code}.csv"'}
    return web.Response(
        text=MARK + written.getvalue(), content_type="text/csv", charset="utf-8", headers=headers
    )


async def _found(desk: Desk, visit: Visit) -> Guests | Refusal:
    id_, now = number_of(visit), desk.clock()

    def work(uow: UnitOfWork) -> Guests | Refusal:
        return guests(uow, visit.officer, id_, now)

    return await desk.door.ask(work)


def _names(desk: Desk, visit: Visit, found: Guests) -> list[str]:
    """Whoever gave none has a number."""
    t = desk.pages.speaker(visit.lang)
    return [
        name or t(Line("page.guests.nobody", {"number": number}))
        for number, name in enumerate(found.names, 1)
    ]


def _in(visit: Visit, by_lang: Mapping[str, str]) -> str:
    return by_lang.get(visit.lang) or next(iter(by_lang.values()), "")
