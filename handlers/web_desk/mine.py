"""The officer's own page: duty, devices, second factor, language, and handing everything over."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.domain.messages import Line
from bot.domain.officers import Officer, Role
from bot.ports import UnitOfWork
from bot.services import casework
from bot.services.duty import cards
from bot.services.officers import access, second_factor
from handlers.web_desk.desk import LANG_COOKIE, Desk, Visit
from handlers.web_desk.visits import Form, set_cookie, show, told
from handlers.web_wire.numbers import number
from handlers.web_wire.pages import LANGUAGES

YEAR = 365 * 24 * 3600


async def page(desk: Desk, visit: Visit) -> web.Response:
    return await _page(desk, visit)


async def _page(desk: Desk, visit: Visit, *, address: str = "", refused: str = "") -> web.Response:
    now = desk.clock()

    def work(uow: UnitOfWork) -> Mapping[str, object]:
        roster = uow.office.roster()
        return {
            "officer": uow.office.officer(visit.officer.id) or visit.officer,
            "devices": [
                (row.id, cards.clock(row.created), cards.clock(row.seen))
                for row in access.sessions(uow, visit.officer)
            ],
            "owned": len(casework.mine(uow, visit.officer, limit=500)),
            "colleagues": [one for one in roster.officers if _fit(one, visit.officer)],
            "factor": second_factor.wanted(uow, desk.tools, visit.officer, now),
        }

    values = {**await desk.door.look(work), "address": address, "refused": refused}
    return show(desk, visit, "mine.html", values, status=409 if refused else 200)


def _fit(one: Officer, me: Officer) -> bool:
    return one.id != me.id and one.role not in (Role.COLLABORATOR, Role.ADMIN)


async def change(desk: Desk, visit: Visit, form: Form) -> web.Response:
    """One of the forms of this page."""
    work = _CHANGES.get(visit.request.match_info["what"])
    if work is None:
        raise web.HTTPNotFound
    return await work(desk, visit, form)


async def _duty(desk: Desk, visit: Visit, form: Form) -> web.Response:
    on, now = form.get("on") == "yes", desk.clock()
    who = f"officer:{visit.officer.id}"

    def work(uow: UnitOfWork) -> None:
        uow.office.on_duty(visit.officer.id, on)
        uow.ledger.note("officer.on_duty" if on else "officer.off_duty", actor=who, subject=who, at=now)

    await desk.door.ask(work)
    return _say(desk, visit, Line("desk.on_duty") if on else Line("desk.off_duty"))


async def _revoke(desk: Desk, visit: Visit, form: Form) -> web.Response:
    row, now = number(form.get("device", "")), desk.clock()

    def work(uow: UnitOfWork) -> bool:
        return row is not None and access.revoke(uow, visit.officer, row, now)

    ended = await desk.door.ask(work)
    return _say(desk, visit, Line("desk.device_ended") if ended else Line("desk.device_gone"))


async def _revoke_all(desk: Desk, visit: Visit, form: Form) -> web.Response:  # noqa: ARG001
    now = desk.clock()
    await desk.door.ask(lambda uow: access.revoke_all(uow, visit.officer, now))
    return web.Response(status=303, headers={"Location": "/desk/login"})


async def _hand_over(desk: Desk, visit: Visit, form: Form) -> web.Response:
    to, now = number(form.get("to", "")), desk.clock()
    if to is None or form.get("sure") != "yes":
        return await _page(desk, visit, refused=desk.pages.speaker(visit.lang)(Line("page.incomplete")))
    reason = form.get("reason", "")
    outcome = await desk.door.ask(
        lambda uow: casework.hand_over_all(uow, desk.tools, visit.officer, to, now, reason)
    )
    return _say(desk, visit, outcome.line)


async def _offer(desk: Desk, visit: Visit, form: Form) -> web.Response:
    old, now = form.get("old", "").strip(), desk.clock()
    address = await desk.door.ask(
        lambda uow: second_factor.offer(uow, desk.tools, visit.officer, now, old=old)
    )
    if address is None:
        return _say(desk, visit, Line("page.factor.wrong"))
    return await _page(desk, visit, address=address)


async def _confirm(desk: Desk, visit: Visit, form: Form) -> web.Response:
    code, now = form.get("code", "").strip(), desk.clock()
    right = await desk.door.ask(lambda uow: second_factor.set_up(uow, desk.tools, visit.officer, code, now))
    return _say(desk, visit, Line("page.factor.on") if right else Line("page.factor.wrong"))


async def _language(desk: Desk, visit: Visit, form: Form) -> web.Response:  # noqa: ARG001
    lang = form.get("lang", "")
    response = web.Response(status=303, headers={"Location": "/desk/me"})
    if lang in LANGUAGES:
        set_cookie(desk, response, LANG_COOKIE, lang, max_age=YEAR)
    return response


def _say(desk: Desk, visit: Visit, line: Line) -> web.Response:
    return told(desk, "/desk/me", desk.pages.speaker(visit.lang)(line))


_CHANGES: Mapping[str, Callable[[Desk, Visit, Form], Awaitable[web.Response]]] = {
    "duty": _duty,
    "revoke": _revoke,
    "revoke_all": _revoke_all,
    "hand_over": _hand_over,
    "offer": _offer,
    "confirm": _confirm,
    "language": _language,
}
