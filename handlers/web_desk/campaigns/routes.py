"""The pages of campaigns and what their forms do; each only for those who may look."""

from aiohttp import web

from handlers.web_desk.campaigns import acts, editor, entry, guests, listing, page, pictures, poster
from handlers.web_desk.visits import Visits, Work
from handlers.web_wire.headers import Handler


def routes(visits: Visits) -> list[web.RouteDef]:
    def seen(work: Work, *, alive: bool = True) -> Handler:
        return visits.page(entry.guarded(work), alive=alive)

    def sent(work: entry.Sent) -> Handler:
        return visits.form(entry.guarded(work))

    return [
        web.get("/desk/campaigns", seen(listing.page)),
        web.get("/desk/campaigns/calendar", seen(listing.calendar)),
        web.get("/desk/campaigns/new", seen(editor.new)),
        web.post("/desk/campaigns/new", sent(editor.save_new)),
        web.get("/desk/campaigns/poster", seen(poster.page)),
        web.post("/desk/campaigns/poster", sent(poster.make)),
        web.get("/desk/campaigns/urgent", seen(editor.urgent)),
        web.post("/desk/campaigns/urgent", sent(editor.send_urgent)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}", seen(page.page)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/runs", seen(page.runs, alive=False)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/results", seen(page.outcome)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/guests", seen(guests.page)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/guests.csv", seen(guests.table)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/edit", seen(editor.edit)),
        web.post(r"/desk/campaign/{campaign:\d{1,12}}/edit", sent(editor.save)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/picture", seen(pictures.show)),
        web.post(r"/desk/campaign/{campaign:\d{1,12}}/picture", seen(pictures.take)),
        web.post(r"/desk/campaign/{campaign:\d{1,12}}/{act}", sent(acts.act)),
    ]
