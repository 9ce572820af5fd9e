"""A report that came by telephone, by letter or at the door, entered in the same form."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot.domain.cases import CaseId, Excluded
from bot.domain.duty import LOCAL
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.officers import Role
from bot.domain.receipts import spaced
from bot.domain.titles import KIND, ROLE, URGENCY
from bot.ports import UnitOfWork
from bot.services import casework
from bot.services.casework import Entered, NewCase, Refusal
from handlers.web_desk.cases.naming import ENTERED
from handlers.web_desk.cases.page import NOBODY
from handlers.web_desk.cases.places import chosen
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import Form, see_other, show

ONCE = "desk_report"
REMEMBERED = timedelta(days=1)
"""How long a form that was sent twice is known."""
ASKED = ("where", "who", "now", "safe_now", "contact", "name")


@dataclass(frozen=True, slots=True)
class Twice:
    """This very form was sent before."""

    case: CaseId


async def page(desk: Desk, visit: Visit) -> web.Response:
    return _page(desk, visit)


def _page(
    desk: Desk, visit: Visit, refused: str = "", typed: Form = NOBODY, offers: object = ()
) -> web.Response:
    values = {
        "sources": ENTERED,
        "kinds": KIND,
        "urgencies": URGENCY,
        "roles": ROLE,
        "Kind": Kind,
        "Urgency": Urgency,
        "typed": typed,
        "offers": offers,
        "refused": refused,
        "once": typed.get("once") or desk.tools.signer.token(),
        "local_now": desk.clock().astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M"),
    }
    return show(desk, visit, "report.html", values, status=409 if refused else 200)


async def enter(desk: Desk, visit: Visit, form: Form) -> web.Response:
    """Opens the case and shows the receipt once; the same form sent twice opens one case."""
    t = desk.pages.speaker(visit.lang)
    unit: str | None = None
    if form.get("unit") or form.get("unit_words", "").strip():
        found = chosen(desk, form.get("unit", ""), form.get("unit_words", ""))
        if isinstance(found, list):
            why = t(Line("page.unit.which" if found else "page.unit.unknown"))
            return _page(desk, visit, why, form, found)
        unit = found
    outcome = await _open(desk, visit, form, unit)
    match outcome:
        case Refusal(line):
            return _page(desk, visit, t(line), form)
        case Twice(case):
            return see_other(f"/desk/case/{case}")
        case NewCase(case, receipt):
            return show(desk, visit, "entered.html", {"case": case, "receipt": spaced(receipt)})


async def _open(desk: Desk, visit: Visit, form: Form, unit: str | None) -> NewCase | Refusal | Twice:
    now = desk.clock()
    once = desk.tools.signer.digest(ONCE, form.get("once", ""))
    keep = form.get("keep") == "yes"

    def work(uow: UnitOfWork) -> NewCase | Refusal | Twice:
        before = uow.links.peek(ONCE, once, now)
        if before is not None:
            return Twice(CaseId(int(before)))
        entered = _entered(form, unit, now)
        opened = casework.enter_report(uow, desk.tools, visit.officer, entered, now, keep=keep)
        if isinstance(opened, NewCase):
            uow.links.put(ONCE, once, str(opened.case), now + REMEMBERED)
        return opened

    return await desk.door.ask(work)


def _entered(form: Form, unit: str | None, now: datetime) -> Entered:
    kind, urgency, role = form.get("kind", ""), form.get("urgency", ""), form.get("accused", "")
    return Entered(
        source=form.get("source", ""),
        text=form.get("text", ""),
        received_at=_when(form.get("received", ""), now),
        kind=Kind(kind) if kind in set(Kind) else None,
        urgency=Urgency(urgency) if urgency in set(Urgency) else None,
        unit=unit,
        answers={name: form[name].strip() for name in ASKED if form.get(name, "").strip()},
        accused=Excluded(roles=(role,) if role in set(Role) else ()),
    )


def _when(typed: str, now: datetime) -> datetime:
    """What the officer's clock said, local time; now where nothing readable was typed."""
    try:
        return min(now, datetime.fromisoformat(typed).replace(tzinfo=LOCAL))
    except ValueError:
        return now
