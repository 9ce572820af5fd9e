"""Last year's campaign as a new draft."""

import re
from dataclasses import replace
from datetime import date, datetime

from bot.domain.campaigns.campaign import Campaign, Event, Source, State
from bot.domain.campaigns.schedule import Once, Schedule
from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.outreach.outcome import NOT_THERE, Faults, Refusal, Saved
from bot.services.outreach.writing import save_draft
from bot.services.tools import Tools

_YEAR = re.compile(r"-\d{4}$")


def copy(
    uow: UnitOfWork, tools: Tools, officer: Officer, id_: int, year: int, now: datetime
) -> Saved | Faults | Refusal:
    """Another year's campaign as a new draft, days of its own moved to this year.

    The year of its theme stays that of its text: it hinders until somebody has looked and set the new one.
    """
    old = uow.campaigns.get(id_)
    if old is None:
        return NOT_THERE
    draft = replace(
        old,
        id=0,
        version=0,
        code=f"{_YEAR.sub('', old.code)}-{year}",
        state=State.DRAFT,
        schedule=_moved(old.schedule, year),
        content=replace(old.content, event=_event(old.content.event, year)),
        sources=tuple(_unconfirmed(source, year) for source in old.sources),
        urgent=False,
    )
    if uow.campaigns.by_code(draft.code) is not None:
        return Refusal(Line("campaign.no.code_taken", {"code": draft.code}))
    return save_draft(uow, tools, officer, draft, now)


def next_year(old: Campaign, now: datetime) -> int:
    """This year for what is of an earlier one (in April, when the ministry's letter comes), else the next."""
    this = now.astimezone(LOCAL).year
    years = [rule.day.year for rule in old.schedule.rules if isinstance(rule, Once)]
    if old.theme_year is not None:
        years.append(old.theme_year)
    return this if years and max(years) < this else this + 1


def _moved(schedule: Schedule, year: int) -> Schedule:
    """Single days move to the new year; rules that come round by themselves stay."""
    rules = tuple(
        Once(_in_year(rule.day, year)) if isinstance(rule, Once) else rule for rule in schedule.rules
    )
    shift = 0 if schedule.start is None else year - schedule.start.year
    end = None if schedule.end is None else _in_year(schedule.end, schedule.end.year + shift)
    start = None if schedule.start is None else _in_year(schedule.start, year)
    return replace(schedule, rules=rules, start=start, end=end, skip=frozenset())


def _event(event: Event | None, year: int) -> Event | None:
    if event is None:
        return None
    day = _in_year(event.at.date(), year)
    return replace(event, at=event.at.replace(year=day.year, month=day.month, day=day.day))


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _unconfirmed(source: Source, year: int) -> Source:
    """What the ministry said in another year is no proof for this one."""
    return source if source.year in (None, year) else replace(source, verified=False)
