"""Log-in: a one-time link from the officers' bot, used up by a press; in the demo a choice of officer."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.domain.cases import CaseId
from bot.domain.officers import Officer, Role, Roster
from bot.domain.titles import ROLE
from bot.domain.triage.marks import fold
from bot.ports import UnitOfWork
from bot.services.duty.permits import PROVINCIAL
from bot.services.officers import access
from bot.services.officers.access import Opened
from handlers.web_desk.desk import Desk, Visit, language
from handlers.web_desk.visits import (
    HALF,
    NEXT,
    SESSION,
    Form,
    fields,
    officer_of,
    see_other,
    set_cookie,
)
from handlers.web_wire.headers import Handler, cross_site, guarded
from handlers.web_wire.numbers import number

HALF_SECONDS = 300
OFFERED = 24
"""Officers on the demo's log-in page; more are found by name or commune."""


def routes(desk: Desk) -> list[web.RouteDef]:
    def at(work: Callable[[Desk, web.Request], Awaitable[web.StreamResponse]]) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            return await work(desk, request)

        return guarded(answer, desk.csp)

    return [
        web.get("/desk/login", at(login)),
        web.post("/desk/login", at(choose)),
        web.get("/desk/enter/{token}", at(ask)),
        web.post("/desk/enter/{token}", at(enter)),
        web.get("/desk/code", at(code)),
        web.post("/desk/code", at(confirm)),
    ]


async def login(desk: Desk, request: web.Request) -> web.Response:
    """How to get in; in the demo, as whom."""
    if await officer_of(desk, request.cookies.get(SESSION, "")) is not None:
        return see_other("/desk")
    return await _door_page(desk, request)


async def _door_page(desk: Desk, request: web.Request, *, wrong: bool = False) -> web.Response:
    roster = await desk.door.look(lambda uow: uow.office.roster())
    words = request.query.get("q", "")
    values = {
        "office": roster.name,
        "people": _people(desk, roster, words) if desk.demo else [],
        "words": words,
        "roles": ROLE,
        "unit_name": desk.tools.unit_name,
        "wrong": wrong,
        "demo": desk.demo,
    }
    return desk.pages.answer("login.html", language(request), values, status=403 if wrong else 200)


def _people(desk: Desk, roster: Roster, words: str) -> list[Officer]:
    """Whom one may be in the demo: the province first; the rest by name, commune or code."""
    wanted = fold(words).split()

    def fits(one: Officer) -> bool:
        about = fold(" ".join((one.name, one.code, *map(desk.tools.unit_name, one.units))))
        return one.role is not Role.COLLABORATOR and all(word in about for word in wanted)

    return sorted(filter(fits, roster.officers), key=lambda one: one.role not in PROVINCIAL)[:OFFERED]


async def choose(desk: Desk, request: web.Request) -> web.Response:
    """The demo's log-in; there is none in production."""
    if not desk.demo or cross_site(request):
        raise web.HTTPForbidden
    chosen = number((await fields(request)).get("officer", ""))
    now = desk.clock()

    def work(uow: UnitOfWork) -> Opened | None:
        officer = None if chosen is None else uow.office.officer(chosen)
        if officer is None or officer.role is Role.COLLABORATOR:
            return None
        return access.start_session(uow, desk.tools, officer, now)

    return await _opened(desk, request, await desk.door.ask(work))


async def ask(desk: Desk, request: web.Request) -> web.Response:
    """The link's page: it is used up only by the press, so that a chat's preview does not use it up."""
    return desk.pages.answer("enter.html", language(request), {"at": request.path})


async def enter(desk: Desk, request: web.Request) -> web.Response:
    if cross_site(request):
        raise web.HTTPForbidden
    token, now = request.match_info["token"], desk.clock()
    return await _opened(
        desk, request, await desk.door.ask(lambda uow: access.open_session(uow, desk.tools, token, now))
    )


async def code(desk: Desk, request: web.Request) -> web.Response:
    """The second factor."""
    return desk.pages.answer("code.html", language(request), {"wrong": False})


async def confirm(desk: Desk, request: web.Request) -> web.Response:
    if cross_site(request):
        raise web.HTTPForbidden
    typed, half = (await fields(request)).get("code", ""), request.cookies.get(HALF, "")
    now = desk.clock()
    opened = await desk.door.ask(lambda uow: access.confirm(uow, desk.tools, half, typed.strip(), now))
    if opened is None:
        return desk.pages.answer("code.html", language(request), {"wrong": True}, status=403)
    return await _opened(desk, request, opened)


async def _opened(desk: Desk, request: web.Request, opened: Opened | None) -> web.Response:
    if opened is None:
        return await _door_page(desk, request, wrong=True)
    if opened.half:
        response = see_other("/desk/code")
        set_cookie(desk, response, HALF, opened.token, max_age=HALF_SECONDS)
        if opened.case is not None:
            set_cookie(desk, response, NEXT, _page(opened.case), max_age=HALF_SECONDS)
        return response
    place = _page(opened.case) if opened.case is not None else _wanted(request)
    response = see_other(place)
    set_cookie(desk, response, SESSION, opened.token)
    response.del_cookie(HALF, path="/desk")
    response.del_cookie(NEXT, path="/desk")
    return response


def _page(case: CaseId) -> str:
    return f"/desk/case/{case}"


def _wanted(request: web.Request) -> str:
    """The page somebody asked for before the log-in: only of the desk itself."""
    place = request.cookies.get(NEXT, "")
    return place if place.startswith("/desk/case/") else "/desk"


async def leave(desk: Desk, visit: Visit, form: Form) -> web.Response:  # noqa: ARG001
    """Log out of this device."""
    now = desk.clock()
    await desk.door.ask(lambda uow: access.end_session(uow, desk.tools, visit.session, now))
    response = see_other("/desk/login")
    response.del_cookie(SESSION, path="/desk")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
