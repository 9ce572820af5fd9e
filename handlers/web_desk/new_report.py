"""A report that came by telephone, by letter or at the door, entered in the same form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot.domain import script
from bot.domain.cases import CaseId, Excluded
from bot.domain.duty import LOCAL
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.officers import Role
from bot.domain.receipts import spaced
from bot.domain.titles import KIND, ROLE, URGENCY
from bot.domain.understanding import Point
from bot.ports import UnitOfWork
from bot.services import casework
from bot.services.casework import Entered, NewCase, Refusal
from handlers.web_desk.cases.naming import ENTERED
from handlers.web_desk.cases.page import NOBODY
from handlers.web_desk.cases.places import Unsure, settled
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import Form, see_other, show

ONCE = "desk_report"
REMEMBERED = timedelta(days=1)
"""How long a form that was sent twice is known."""
ASKED = ("where", "who", "now", "safe_now", "need", "contact", "name", "owner")
"""Questions whose answers are words, as in the citizens' conversation."""
HAZARD: Mapping[str, tuple[script.Option, ...]] = {
    question: tuple(one for one in script.QUESTIONS[question].options if one.answer != script.SKIP)
    for question in ("water", "fence", "children")
}
"""Of a dangerous water: the same answers that citizens press."""
UNITS = ("unit", "residence")
_POINT = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Twice:
    """This very form was sent before."""

    case: CaseId


async def page(desk: Desk, visit: Visit) -> web.Response:
    return _page(desk, visit)


def _page(
    desk: Desk, visit: Visit, refused: str = "", typed: Form = NOBODY, unsure: object = None
) -> web.Response:
    values = {
        "sources": ENTERED,
        "kinds": KIND,
        "urgencies": URGENCY,
        "roles": ROLE,
        "Kind": Kind,
        "Urgency": Urgency,
        "typed": typed,
        "unsure": unsure,
        "hazard": HAZARD,
        "refused": refused,
        "once": typed.get("once") or desk.tools.signer.token(),
        "local_now": desk.clock().astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M"),
    }
    return show(desk, visit, "report.html", values, status=409 if refused else 200)


async def enter(desk: Desk, visit: Visit, form: Form) -> web.Response:
    """Opens the case and shows the receipt once; the same form sent twice opens one case."""
    t = desk.pages.speaker(visit.lang)
    whole = settled(desk, form, UNITS)
    if isinstance(whole, Unsure):
        return _page(desk, visit, t(whole.line), form, whole)
    if form.get("point", "").strip() and point_of(form["point"]) is None:
        return _page(desk, visit, t(Line("page.new.point.wrong")), form)
    match await _open(desk, visit, whole):
        case Refusal(line):
            return _page(desk, visit, t(line), form)
        case Twice(case):
            return see_other(f"/desk/case/{case}")
        case NewCase(case, receipt, phone):
            values = {"case": case, "receipt": spaced(receipt), "phone_residence": phone}
            return show(desk, visit, "entered.html", values)


async def _open(desk: Desk, visit: Visit, form: Form) -> NewCase | Refusal | Twice:
    now = desk.clock()
    once = desk.tools.signer.digest(ONCE, form.get("once", ""))
    keep = form.get("keep") == "yes"

    def work(uow: UnitOfWork) -> NewCase | Refusal | Twice:
        before = uow.links.peek(ONCE, once, now)
        if before is not None:
            return Twice(CaseId(int(before)))
        entered = _entered(form, now)
        opened = casework.enter_report(uow, desk.tools, visit.officer, entered, now, keep=keep)
        if isinstance(opened, NewCase):
            uow.links.put(ONCE, once, str(opened.case), now + REMEMBERED)
        return opened

    return await desk.door.ask(work)


def _entered(form: Form, now: datetime) -> Entered:
    kind, urgency, role = form.get("kind", ""), form.get("urgency", ""), form.get("accused", "")
    return Entered(
        source=form.get("source", ""),
        text=form.get("text", ""),
        received_at=_when(form.get("received", ""), now),
        kind=Kind(kind) if kind in set(Kind) else None,
        urgency=Urgency(urgency) if urgency in set(Urgency) else None,
        unit=form.get("unit") or None,
        residence=form.get("residence") or None,
        point=point_of(form.get("point", "")),
        answers=_answers(form),
        accused=Excluded(roles=(role,) if role in set(Role) else ()),
    )


def _answers(form: Form) -> Mapping[str, str]:
    words = {name: form[name].strip() for name in ASKED if form.get(name, "").strip()}
    pressed = {
        name: form[name]
        for name, options in HAZARD.items()
        if form.get(name) in {option.answer for option in options}
    }
    return {**words, **pressed}


def point_of(typed: str) -> Point | None:
    """ "12.6667, 108.05" as maps show it: latitude, longitude in degrees; None for anything else."""
    found = _POINT.fullmatch(typed)
    if found is None:
        return None
    lat, lon = float(found[1]), float(found[2])
    return Point(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _when(typed: str, now: datetime) -> datetime:
    """What the officer's clock said, local time; now where nothing readable was typed."""
    try:
        return min(now, datetime.fromisoformat(typed).replace(tzinfo=LOCAL))
    except ValueError:
        return now
