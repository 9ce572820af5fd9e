"""What happens while the page is open: new letters, and a queue that has changed."""

from collections.abc import Sequence

from aiohttp import web

from bot.domain.cases import Case, Status
from bot.domain.kinds import Urgency
from bot.ports import Queue, UnitOfWork
from bot.services import casework
from handlers.web_desk.channel import address
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.notices import delivered, notice
from handlers.web_desk.queue import LISTED
from handlers.web_desk.visits import officer_of
from handlers.web_wire.headers import COMMON
from handlers.web_wire.numbers import number
from handlers.web_wire.streams import Event, Over

LOOK_EVERY = 5.0
"""Seconds between two looks at the queue of somebody whose page is open."""


async def stream(desk: Desk, visit: Visit) -> web.StreamResponse:
    """Server-sent events until the page closes or the session ends."""
    headers = {**COMMON, "Content-Security-Policy": desk.csp}
    after = visit.request.headers.get("Last-Event-ID") or visit.request.query.get("after", "")
    news = _News(desk, visit, number(after) or 0)
    with desk.door.listen(address(visit.officer.id)) as woken:
        who = f"officer:{visit.officer.id}"
        return await desk.streams.pour(visit.request, headers, who, woken, news, beat=LOOK_EVERY)


class _News:
    """What this page has not been told yet."""

    def __init__(self, desk: Desk, visit: Visit, after: int) -> None:
        self._desk = desk
        self._visit = visit
        self._after = after
        self._known: dict[str, int] | None = None

    async def __call__(self) -> Sequence[Event]:
        if await officer_of(self._desk, self._visit.session) is None:
            raise Over
        return [*await self._letters(), *await self._queue()]

    async def _letters(self) -> list[Event]:
        letters = await delivered(self._desk, self._visit.officer, self._after)
        if letters:
            self._after = letters[-1].id
        notices = (notice(self._desk, self._visit.officer, letter) for letter in letters)
        return [
            Event(
                "notice",
                {"id": n.id, "text": n.text, "at": n.at, "alert": n.alert, "cases": list(n.cases)},
                n.id,
            )
            for n in notices
        ]

    async def _queue(self) -> list[Event]:
        """A word when anything in the queue is not as it was."""
        now = self._desk.clock()

        def work(uow: UnitOfWork) -> Sequence[Case]:
            return casework.queue(uow, self._visit.officer, Queue(limit=LISTED), now)

        found = await self._desk.door.look(work)
        versions = {str(case.id): case.version for case in found}
        if versions == self._known:
            return []
        self._known = versions
        waiting = [c.id for c in found if c.urgency is Urgency.EMERGENCY and c.status is Status.NEW]
        return [Event("queue", {"emergencies": waiting, "versions": versions})]
