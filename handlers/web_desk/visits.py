"""Who may enter: every page asks for a device session, every form for the token that only our pages hold."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from aiohttp import web

from bot.domain.campaigns.moves import looks
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.officers import access
from handlers.web_desk.desk import Desk, Visit, language
from handlers.web_wire.forms import readable
from handlers.web_wire.headers import Handler, cross_site, guarded

SESSION, HALF, FLASH, NEXT = "desk", "desk_half", "desk_said", "desk_next"
ALIVE_EVERY = timedelta(minutes=1)
FLASH_SECONDS = 30
NEXT_SECONDS = 600
Work = Callable[[Desk, Visit], Awaitable[web.StreamResponse]]
Form = Mapping[str, str]


class Visits:
    """Lets officers in; remembers only when it last told the store that a session is in use."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._alive: dict[str, float] = {}

    def page(self, work: Work, *, alive: bool = True) -> Handler:
        """Only for a logged-in officer; others are led to the log-in. `alive`: counts as use."""

        async def answer(request: web.Request) -> web.StreamResponse:
            visit = await self._enter(request)
            if visit is None:
                return _to_login(self._desk, request)
            if alive:
                await self._keep_alive(visit)
            return await work(self._desk, visit)

        return guarded(answer, self._desk.csp)

    def form(self, work: Callable[[Desk, Visit, Form], Awaitable[web.StreamResponse]]) -> Handler:
        """The same for a form: 403 where it does not come from our own page."""

        async def answer(desk: Desk, visit: Visit) -> web.StreamResponse:
            form = await fields(visit.request)
            if cross_site(visit.request) or not _ours(form, visit):
                raise web.HTTPForbidden
            return await work(desk, visit, form)

        return self.page(answer)

    async def _enter(self, request: web.Request) -> Visit | None:
        token = request.cookies.get(SESSION, "")
        officer = await officer_of(self._desk, token)
        if officer is None:
            return None
        return Visit(request, officer, token, csrf(self._desk, token), language(request, officer))

    async def _keep_alive(self, visit: Visit) -> None:
        now = self._desk.clock()
        if now.timestamp() - self._alive.get(visit.csrf, 0.0) < ALIVE_EVERY.total_seconds():
            return
        if len(self._alive) > 10_000:
            self._alive.clear()
        self._alive[visit.csrf] = now.timestamp()
        tools = self._desk.tools
        await self._desk.door.ask(lambda uow: access.keep_alive(uow, tools, visit.session, now))


def _ours(form: Form, visit: Visit) -> bool:
    return hmac.compare_digest(form.get("csrf", "").encode(), visit.csrf.encode())


async def officer_of(desk: Desk, token: str) -> Officer | None:
    """Whose device this is; None once the session is idle too long, ended or revoked."""
    if not token:
        return None
    now = desk.clock()

    def look(uow: UnitOfWork) -> Officer | None:
        return access.session(uow, desk.tools, token, now)

    return await desk.door.look(look)


def csrf(desk: Desk, token: str) -> str:
    return desk.tools.signer.digest("desk_form", token).hex()[:32]


async def fields(request: web.Request) -> Form:
    with readable():
        form = await request.post()
    return {name: _clean(value) for name, value in form.items() if isinstance(value, str)}


def set_cookie(
    desk: Desk, response: web.StreamResponse, name: str, value: str, max_age: int | None = None
) -> None:
    """For the desk's pages only, invisible to scripts and to other sites."""
    response.set_cookie(
        name, value, path="/desk", httponly=True, samesite="Strict", secure=desk.secure, max_age=max_age
    )


def see_other(place: str) -> web.Response:
    """After a form: reloading must not send it again."""
    return web.Response(status=303, headers={"Location": place})


def told(desk: Desk, place: str, sentence: str) -> web.Response:
    """Go there, where the page says this sentence once."""
    response = see_other(place)
    set_cookie(desk, response, FLASH, urlsafe_b64encode(sentence.encode()).decode(), max_age=FLASH_SECONDS)
    return response


def show(
    desk: Desk, visit: Visit, name: str, values: Mapping[str, object], status: int = 200
) -> web.Response:
    """A page of the desk, with what the last form led to."""
    said = _said(visit.request)
    whole = {
        "me": visit.officer,
        "csrf": visit.csrf,
        "said": said,
        "demo": desk.demo,
        "refused": "",
        "at": visit.request.path,
        "sees_campaigns": looks(visit.officer),
        **values,
    }
    response = desk.pages.answer(name, visit.lang, whole, status)
    if said:
        response.del_cookie(FLASH, path="/desk")
    return response


def _said(request: web.Request) -> str:
    try:
        return urlsafe_b64decode(request.cookies.get(FLASH, "")).decode()
    except (NotBase64, UnicodeDecodeError):
        return ""


def _to_login(desk: Desk, request: web.Request) -> web.Response:
    """A script learns it by its status; a person sees the log-in and comes back where they were."""
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return web.Response(status=401)
    response = see_other("/desk/login")
    if request.method == "GET":
        set_cookie(desk, response, NEXT, request.path, max_age=NEXT_SECONDS)
    return response


def _clean(text: str) -> str:
    """What can be stored."""
    return text.encode("utf-8", "replace").decode().replace("\0", "").replace("\r\n", "\n")
