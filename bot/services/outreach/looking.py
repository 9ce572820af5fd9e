"""What officers look at: lists, one campaign with its history, today, and the calendar with lunar days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain import lunar
from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.campaigns.due import needs_new_approval
from bot.domain.campaigns.occurrences import Dates, between, named
from bot.domain.campaigns.schedule import Moment, Occurrence, Personal
from bot.domain.campaigns.subscribers import Run
from bot.domain.duty import LOCAL
from bot.domain.lunar import LunarDay
from bot.ports import LedgerRow, UnitOfWork
from bot.services.tools import Tools

LIVE = (State.APPROVED, State.PAUSED, State.DONE)
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Opened:
    campaign: Campaign
    runs: Sequence[Run]
    history: Sequence[LedgerRow]


@dataclass(frozen=True, slots=True)
class Planned:
    """One campaign on one day."""

    campaign: Campaign
    occurrence: Occurrence
    theme_old: bool = False
    """Its text belongs to an earlier year: it would ask for a new approval."""


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    lunar: LunarDay | None
    names: tuple[str, ...] = ()
    """Of the calendar file: "trung_thu" …"""
    planned: tuple[Planned, ...] = ()


def listing(uow: UnitOfWork, states: Sequence[State] = ()) -> Sequence[Campaign]:
    return uow.campaigns.listing(states)


def open_campaign(uow: UnitOfWork, id_: int) -> Opened | None:
    campaign = uow.campaigns.get(id_)
    if campaign is None:
        return None
    return Opened(campaign, uow.runs.of(id_), uow.ledger.of(f"campaign:{id_}"))


def today(uow: UnitOfWork, tools: Tools, now: datetime) -> Sequence[Planned]:
    """What has run or will run on this local day, in order."""
    day = now.astimezone(LOCAL).date()
    return calendar(uow, tools, day, day)[0].planned


def calendar(
    uow: UnitOfWork, tools: Tools, first: date, last: date, *, drafts: bool = False
) -> Sequence[Day]:
    """Every day from first to last; `drafts`: also what nobody has approved yet."""
    states = (State.DRAFT, State.PROPOSED, *LIVE) if drafts else LIVE
    planned: dict[date, list[Planned]] = {}
    for campaign in uow.campaigns.listing(states):
        for one in _of(campaign, first, last, tools.dates):
            planned.setdefault(one.occurrence.at.astimezone(LOCAL).date(), []).append(one)
    names = _names(tools.dates, first, last)
    return [
        Day(
            day,
            _lunar(day),
            tuple(names.get(day, ())),
            tuple(sorted(planned.get(day, ()), key=lambda one: one.occurrence.at)),
        )
        for day in _days(first, last)
    ]


def _of(campaign: Campaign, first: date, last: date, dates: Dates) -> Iterator[Planned]:
    if any(
        isinstance(rule, Personal) and rule.moment is Moment.SUBSCRIBED for rule in campaign.schedule.rules
    ):
        return  # each person has a day of their own: it stands on none of the calendar's
    begins = datetime.combine(first, time(), LOCAL).astimezone(UTC) - MOMENT
    ends = datetime.combine(last + DAY, time(), LOCAL).astimezone(UTC) - MOMENT
    for occurrence in between(campaign.schedule, begins, ends, dates):
        yield Planned(campaign, occurrence, needs_new_approval(campaign, occurrence.at))


def _names(dates: Dates, first: date, last: date) -> Mapping[date, list[str]]:
    found: dict[date, list[str]] = {}
    for name, rule in dates.items():
        for year in range(first.year - 1, last.year + 1):
            there = named(rule, year)
            if there is not None and first <= there[0] <= last:
                found.setdefault(there[0], []).append(name)
    return found


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _lunar(day: date) -> LunarDay | None:
    try:
        return lunar.lunar_of(day)
    except ValueError:
        return None
