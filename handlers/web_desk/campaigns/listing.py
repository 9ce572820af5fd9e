"""All campaigns, and the calendar of a month or a year with its lunar days."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from aiohttp import web

from bot.domain.campaigns import titles
from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.campaigns.occurrences import following
from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.domain.officers import Roster
from bot.ports import UnitOfWork
from bot.services.duty import cards
from bot.services.outreach import looking
from handlers.web_desk.campaigns import naming
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.queue import name_of
from handlers.web_desk.visits import show
from handlers.web_wire.numbers import number

ORDER = (State.PROPOSED, State.APPROVED, State.PAUSED, State.DRAFT, State.DONE, State.STOPPED)
"""What waits for somebody stands first."""
YEARS = range(1970, 2050)
"""That the lunar calendar covers."""
DECEMBER = 12
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    campaign: Campaign
    at: datetime | None
    next: Line
    author: str


async def page(desk: Desk, visit: Visit) -> web.Response:
    def look(uow: UnitOfWork) -> Mapping[State, list[Row]]:
        roster = uow.office.roster()
        found: dict[State, list[Row]] = {state: [] for state in ORDER}
        for campaign in looking.listing(uow):
            found[campaign.state].append(_row(desk, campaign, roster))
        return found

    groups = await desk.door.look(look)
    for rows in groups.values():
        rows.sort(key=lambda row: (row.at is None, row.at or LONG_AGO))
    values = {"groups": [(state, rows) for state, rows in groups.items() if rows], "states": titles.STATE}
    return show(desk, visit, "campaigns/list.html", values)


def _row(desk: Desk, campaign: Campaign, roster: Roster) -> Row:
    author = "" if campaign.author is None else name_of(roster, campaign.author)
    return Row(campaign, _next_at(desk, campaign), next_run(desk, campaign), author)


def next_run(desk: Desk, campaign: Campaign) -> Line:
    """When it runs next; of a draft, when it would if it were approved today."""
    if campaign.next_at is not None:
        return Line("page.campaign.next", {"at": cards.clock(campaign.next_at)})
    coming = _next_at(desk, campaign)
    if coming is None:
        return Line("page.campaign.no_next")
    local = coming.astimezone(LOCAL)
    return Line("page.campaign.would", {"at": f"{local:%H:%M} {local.day}/{local.month}/{local.year}"})


def _next_at(desk: Desk, campaign: Campaign) -> datetime | None:
    if campaign.next_at is not None or not (naming.editable(campaign) and campaign.schedule.rules):
        return campaign.next_at
    coming = following(campaign.schedule, desk.clock(), desk.tools.dates)
    return None if coming is None else coming.at


# --- the calendar ---


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    month: int
    blanks: int
    """Weekdays before its first day."""
    days: Sequence[looking.Day]


async def calendar(desk: Desk, visit: Visit) -> web.Response:
    """`?year=2027&month=6`; without a month the whole year."""
    today = desk.clock().astimezone(LOCAL).date()
    query = visit.request.query
    year = number(query.get("year", "")) or today.year
    year = min(max(year, YEARS.start), YEARS.stop - 1)
    month = number(query.get("month", "")) if "year" in query else today.month
    first, last = _span(year, month)

    def look(uow: UnitOfWork) -> Sequence[looking.Day]:
        return looking.calendar(uow, desk.tools, first, last, drafts=True)

    days = await desk.door.look(look)
    values = {
        "months": _months(days),
        "year": year,
        "month": month,
        "today": today,
        "earlier": _beside(year, month, -1),
        "later": _beside(year, month, 1),
        "states": titles.STATE,
        "date_names": titles.date,
        "LOCAL": LOCAL,
    }
    return show(desk, visit, "campaigns/calendar.html", values)


def _span(year: int, month: int | None) -> tuple[date, date]:
    if month is None or not 1 <= month <= DECEMBER:
        return date(year, 1, 1), date(year, DECEMBER, 31)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _months(days: Sequence[looking.Day]) -> list[Month]:
    found: dict[tuple[int, int], list[looking.Day]] = {}
    for one in days:
        found.setdefault((one.day.year, one.day.month), []).append(one)
    return [Month(year, month, rows[0].day.weekday(), rows) for (year, month), rows in found.items()]


def _beside(year: int, month: int | None, step: int) -> str:
    if month is None:
        return f"?year={year + step}"
    place = year * DECEMBER + month - 1 + step
    return f"?year={place // DECEMBER}&month={place % DECEMBER + 1}"
