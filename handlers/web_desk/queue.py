"""The queue: what is most urgent and has least time left stands first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot.domain.cases import Case, OfficerId, Status
from bot.domain.dialogue.withheld import TRIES
from bot.domain.kinds import Urgency
from bot.domain.messages import Line
from bot.domain.officers import Officer, Roster
from bot.domain.titles import KIND, STATUS, URGENCY
from bot.ports import Queue, UnitOfWork
from bot.services import casework
from bot.services.duty import cards
from bot.services.intake import withheld
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.notices import delivered, notice
from handlers.web_desk.visits import show

LISTED = 100
SHOWS = ("all", "mine", "area", "closed")


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One case of the queue, ready to be shown."""

    case: Case
    urgency: Line
    kind: Line
    status: Line
    place: Line
    left: Line | None
    passed: int
    """Minutes of the limit that have gone."""
    limit: int
    owner: str
    mine: bool
    opened: str


async def page(desk: Desk, visit: Visit) -> web.Response:
    """The whole page; whatever waits for this officer counts as delivered now."""
    which = shown(visit.request.query.get("show", ""))
    rows = await rows_of(desk, visit, which)
    letters = await delivered(desk, visit.officer)
    values = {
        "rows": rows,
        "show": which,
        "shows": SHOWS,
        "counts": counts(rows),
        "withheld": await desk.door.look(lambda uow: withheld.lately(uow, desk.tools, desk.clock())),
        "withheld_days": withheld.DAYS,
        "withheld_tries": TRIES,
        "notices": [notice(desk, visit.officer, letter) for letter in reversed(letters)],
    }
    return show(desk, visit, "queue.html", values)


async def fragment(desk: Desk, visit: Visit) -> web.Response:
    """Only the rows: the page's script puts them in place of the old ones."""
    which = shown(visit.request.query.get("show", ""))
    rows = await rows_of(desk, visit, which)
    return desk.pages.answer(
        "rows.html", visit.lang, {"rows": rows, "show": which, "counts": counts(rows), "csrf": visit.csrf}
    )


# --- cases ---


def shown(asked: str) -> str:
    return asked if asked in SHOWS else SHOWS[0]


async def rows_of(desk: Desk, visit: Visit, which: str) -> list[Row]:
    now = desk.clock()

    def work(uow: UnitOfWork) -> list[Row]:
        found = casework.queue(uow, visit.officer, _filters(which, visit.officer), now)
        roster = uow.office.roster()
        if which == "closed":
            found = sorted((case for case in found if case.closed_at), key=_closed, reverse=True)
        return [row(desk, case, roster, visit.officer, now) for case in found]

    return await desk.door.look(work)


def row(desk: Desk, case: Case, roster: Roster, me: Officer, now: datetime) -> Row:
    passed, limit = _clock(case, now)
    closed = case.status in (Status.CLOSED, Status.HANDED_ON)
    return Row(
        case=case,
        urgency=URGENCY[case.urgency],
        kind=KIND[case.kind],
        status=STATUS[case.status],
        place=cards.place(desk.tools, case),
        left=None if closed else cards.time_left(case, now),
        passed=passed,
        limit=0 if closed else limit,
        owner=name_of(roster, case.owner),
        mine=case.owner == me.id,
        opened=cards.clock(case.opened_at),
    )


def name_of(roster: Roster, officer: int | None) -> str:
    return next((one.name for one in roster.officers if one.id == officer), "")


def counts(rows: Sequence[Row]) -> Mapping[Urgency, int]:
    """How many of each urgency, the most urgent first."""
    return {
        urgency: sum(row.case.urgency is urgency for row in rows)
        for urgency in sorted(Urgency, key=lambda one: -one.rank)
    }


def _filters(which: str, officer: Officer) -> Queue:
    match which:
        case "mine":
            return Queue(owner=OfficerId(officer.id), limit=LISTED)
        case "area":
            return Queue(units=officer.units or None, limit=LISTED)
        case "closed":
            return Queue(open_only=False, limit=LISTED * 2)
        case _:
            return Queue(limit=LISTED)


def _clock(case: Case, now: datetime) -> tuple[int, int]:
    """Minutes gone and minutes in all; (0, 0) where the law sets none."""
    if case.due_at is None:
        return 0, 0
    minute = timedelta(minutes=1)
    limit = max(1, (case.due_at - case.clock_from) // minute)
    return min(limit, max(0, (now - case.clock_from) // minute)), limit


def _closed(case: Case) -> datetime:
    return case.closed_at or case.opened_at
