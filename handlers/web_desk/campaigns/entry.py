"""Who may open the pages of campaigns: whoever writes or approves them, and those above; others read why not."""

from collections.abc import Awaitable, Callable
from typing import TypeVarTuple

from aiohttp import web

from bot.domain.campaigns import moves
from bot.ports import UnitOfWork
from bot.services.outreach.outcome import NO_LOOK
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import Form, show

More = TypeVarTuple("More")
Sent = Callable[[Desk, Visit, Form], Awaitable[web.StreamResponse]]
"""What a form does."""


def guarded(
    work: Callable[[Desk, Visit, *More], Awaitable[web.StreamResponse]],
) -> Callable[[Desk, Visit, *More], Awaitable[web.StreamResponse]]:
    """The page or form for those who may look; everybody else is told, and that they tried is in the ledger."""

    async def answer(desk: Desk, visit: Visit, *more: *More) -> web.StreamResponse:
        if moves.looks(visit.officer):
            return await work(desk, visit, *more)
        actor, subject, now = f"officer:{visit.officer.id}", _subject(visit.request), desk.clock()

        def note(uow: UnitOfWork) -> None:
            uow.ledger.note("campaign.look_refused", actor=actor, subject=subject, at=now)

        await desk.door.ask(note)
        return show(desk, visit, "refused.html", {"why": NO_LOOK.line}, status=403)

    return answer


def _subject(request: web.Request) -> str:
    number = request.match_info.get("campaign")
    return "campaigns" if number is None else f"campaign:{number}"
