"""The officers' pages and what their forms do."""

from pathlib import Path

from aiohttp import web

from handlers.web_desk import live, login, mine, new_report, notices, queue, searching
from handlers.web_desk.campaigns.routes import routes as campaigns
from handlers.web_desk.cases import acts, attaching, files
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
        *login.routes(desk),
        web.get("/desk/static/{name}", guarded(assets(HERE / "static"), desk.csp)),
        web.post("/desk/logout", form(login.leave)),
        web.get("/desk", page(queue.page)),
        web.get("/desk/queue", page(queue.fragment, alive=False)),
        web.get("/desk/stream", page(live.stream, alive=False), allow_head=False),
        web.post("/desk/seen", form(notices.read)),
        web.get(r"/desk/case/{case:\d{1,12}}", page(case.page)),
        web.post(r"/desk/case/{case:\d{1,12}}/file", page(attaching.take)),
        web.post(r"/desk/case/{case:\d{1,12}}/{act}", form(acts.act)),
        web.get(r"/desk/file/{file:\d{1,12}}/view", page(files.view)),
        web.get(r"/desk/file/{file:\d{1,12}}/play", page(files.play)),
        web.post(r"/desk/file/{file:\d{1,12}}/original", form(files.original)),
        web.get("/desk/new", page(new_report.page)),
        web.post("/desk/new", form(new_report.enter)),
        *campaigns(visits),
        web.get("/desk/search", page(searching.page)),
        web.post("/desk/search", form(searching.search)),
        web.get("/desk/units", page(searching.units)),
        web.get("/desk/me", page(mine.page)),
        web.post("/desk/me/{what}", form(mine.change)),
    ]
