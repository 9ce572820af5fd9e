"""The officers' pages and what their forms do."""

from pathlib import Path

from aiohttp import web

from handlers.web_desk import entering, finding, live, mine, notices, queue, reports
from handlers.web_desk.campaigns import acts as campaign_acts
from handlers.web_desk.campaigns import editor, listing, pictures, poster
from handlers.web_desk.campaigns import page as campaign
from handlers.web_desk.cases import acts, files
from handlers.web_desk.cases import page as case
from handlers.web_desk.desk import Desk
from handlers.web_desk.visits import Visits
from handlers.web_wire.headers import guarded
from handlers.web_wire.pages import assets

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"


def routes(desk: Desk) -> list[web.RouteDef]:
    """All of them under `/desk`."""
    visits = Visits(desk)
    page, form = visits.page, visits.form
    return [
        *entering.routes(desk),
        web.get("/desk/static/{name}", guarded(assets(HERE / "static"), desk.csp)),
        web.post("/desk/logout", form(entering.leave)),
        web.get("/desk", page(queue.page)),
        web.get("/desk/queue", page(queue.fragment, alive=False)),
        web.get("/desk/stream", page(live.stream, alive=False), allow_head=False),
        web.post("/desk/seen", form(notices.read)),
        web.get(r"/desk/case/{case:\d{1,12}}", page(case.page)),
        web.post(r"/desk/case/{case:\d{1,12}}/{act}", form(acts.act)),
        web.get(r"/desk/file/{file:\d{1,12}}/view", page(files.view)),
        web.get(r"/desk/file/{file:\d{1,12}}/play", page(files.play)),
        web.post(r"/desk/file/{file:\d{1,12}}/original", form(files.original)),
        web.get("/desk/new", page(reports.page)),
        web.post("/desk/new", form(reports.enter)),
        web.get("/desk/campaigns", page(listing.page)),
        web.get("/desk/campaigns/calendar", page(listing.calendar)),
        web.get("/desk/campaigns/new", page(editor.new)),
        web.post("/desk/campaigns/new", form(editor.save_new)),
        web.get("/desk/campaigns/poster", page(poster.page)),
        web.post("/desk/campaigns/poster", form(poster.make)),
        web.get("/desk/campaigns/urgent", page(editor.urgent)),
        web.post("/desk/campaigns/urgent", form(editor.send_urgent)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}", page(campaign.page)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/runs", page(campaign.runs, alive=False)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/results", page(campaign.outcome)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/edit", page(editor.edit)),
        web.post(r"/desk/campaign/{campaign:\d{1,12}}/edit", form(editor.save)),
        web.get(r"/desk/campaign/{campaign:\d{1,12}}/picture", page(pictures.show)),
        web.post(r"/desk/campaign/{campaign:\d{1,12}}/picture", page(pictures.take)),
        web.post(r"/desk/campaign/{campaign:\d{1,12}}/{act}", form(campaign_acts.act)),
        web.get("/desk/search", page(finding.page)),
        web.post("/desk/search", form(finding.search)),
        web.get("/desk/units", page(finding.units)),
        web.get("/desk/me", page(mine.page)),
        web.post("/desk/me/{what}", form(mine.change)),
    ]
