"""What officers press on a campaign's page; each is one transaction and one sentence."""

from collections.abc import Callable, Mapping
from datetime import datetime

from aiohttp import web

from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.outreach import copying, deciding, holding, trying
from bot.services.outreach.outcome import Done, Faults, Outcome, Refusal, Saved
from bot.services.tools import Tools
from handlers.web_desk.campaigns.lookup import number_of
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import Form, told
from handlers.web_wire.numbers import number

Versioned = Callable[[UnitOfWork, Tools, Officer, int, datetime, int | None], Outcome]
Plain = Callable[[UnitOfWork, Tools, Officer, int, datetime], Outcome]

_VERSIONED: Mapping[str, Versioned] = {"propose": deciding.propose, "approve": deciding.approve}
"""The officer agrees to what stood on the page: if it was changed meanwhile, it is refused."""
_PLAIN: Mapping[str, Plain] = {
    "send_back": deciding.send_back,
    "pause": holding.pause,
    "resume": holding.resume,
    "stop": holding.stop,
}


async def act(desk: Desk, visit: Visit, form: Form) -> web.Response:
    name, id_ = visit.request.match_info["act"], number_of(visit)
    version, now = number(form.get("version", "")), desk.clock()
    tools, officer = desk.tools, visit.officer
    if (versioned := _VERSIONED.get(name)) is not None:
        done = await desk.door.ask(lambda uow: versioned(uow, tools, officer, id_, now, version))
    elif (plain := _PLAIN.get(name)) is not None:
        done = await desk.door.ask(lambda uow: plain(uow, tools, officer, id_, now))
    elif name == "test":
        lang = visit.lang
        done = await desk.door.ask(lambda uow: trying.send_test(uow, tools, officer, id_, now, lang))
    elif name == "copy":
        return await _copy(desk, visit, id_, now)
    else:
        raise web.HTTPNotFound
    return _tell(desk, visit, id_, done)


async def _copy(desk: Desk, visit: Visit, id_: int, now: datetime) -> web.Response:
    """The officer sees the draft."""

    def work(uow: UnitOfWork) -> Saved | Faults | Refusal:
        old = uow.campaigns.get(id_)
        year = now.astimezone(LOCAL).year if old is None else copying.next_year(old, now)
        return copying.copy(uow, desk.tools, visit.officer, id_, year, now)

    match await desk.door.ask(work):
        case Saved(kept, line):
            return _tell(desk, visit, kept.id, Done(line))
        case Faults(found):
            return _tell(desk, visit, id_, Refusal(found[0].line))
        case Refusal() as refused:
            return _tell(desk, visit, id_, refused)


def _tell(desk: Desk, visit: Visit, id_: int, outcome: Outcome) -> web.Response:
    line: Line = outcome.line
    return told(desk, f"/desk/campaign/{id_}", desk.pages.speaker(visit.lang)(line))
