"""What a campaign whose time has come must do: run, run late, be skipped and said so, remind, or end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.campaigns.campaign import Audience, Campaign, Event
from bot.domain.campaigns.limits import send_from
from bot.domain.campaigns.occurrences import Dates, following
from bot.domain.campaigns.schedule import Moment, Occurrence, Personal
from bot.domain.duty import LOCAL

LATE = timedelta(minutes=10)
"""Later than this a run is said to be late."""
MISSED_AT_MOST = 60
"""Moments missed in a row that are written down one by one; a machine is seldom down for longer."""
SCHOOL_AGE = 6


@dataclass(frozen=True, slots=True)
class Run:
    at: datetime
    late: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """Its time went by, beyond the tolerance: not sent, and said so."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Remind:
    """Tell those who said that they will come."""

    at: datetime


@dataclass(frozen=True, slots=True)
class OldTheme:
    """Its text belongs to an earlier year: it asks for a new approval instead of running."""

    at: datetime


Step = Run | Missed | Remind | OldTheme


def plan(campaign: Campaign, now: datetime, dates: Dates) -> Sequence[Step]:
    """What has come due since `campaign.next_at`, oldest first; nothing for a moment that is still ahead.

    Of several runs that were missed only the newest is sent late: nobody needs three days' letters at once. Runs of a
    personal rule are each for other people.
    """
    at = campaign.next_at
    steps = [] if at is None else list(islice(_until(campaign, at, now, dates), MISSED_AT_MOST))
    runs = [step for step in steps if isinstance(step, Run)]
    wanted = runs if any(isinstance(rule, Personal) for rule in campaign.schedule.rules) else runs[-1:]
    return [_judged(campaign, step, now, newest=step in wanted) for step in steps]


def next_at(campaign: Campaign, after: datetime, dates: Dates) -> datetime | None:
    """The next moment later than `after` at which there is something to do; None: never again."""
    found = _next_step(campaign, after, dates)
    return None if found is None else found.at


def reminder_at(event: Event) -> datetime:
    """When those who come are reminded: the set time before, put off while people sleep."""
    planned = event.at - event.remind
    moved = send_from(planned)
    return moved if moved < event.at else planned


def audience_of(campaign: Campaign, at: datetime) -> Audience:
    """The audience of one run: for a personal rule only those whose day it is."""
    for rule in campaign.schedule.rules:
        if isinstance(rule, Personal):
            day = at.astimezone(LOCAL).date() - timedelta(days=rule.offset)
            if rule.moment is Moment.SUBSCRIBED:
                return replace(campaign.audience, subscribed=day)
            return replace(campaign.audience, born_in=day.year - SCHOOL_AGE)
    return campaign.audience


def needs_new_approval(campaign: Campaign, at: datetime) -> bool:
    """Themes and slogans change every year by letter of the ministry."""
    return campaign.theme_year is not None and at.astimezone(LOCAL).year > campaign.theme_year


def _until(campaign: Campaign, at: datetime, now: datetime, dates: Dates) -> Iterator[Step]:
    """Up to now, and no further than where a new approval is asked for."""
    step = _next_step(campaign, at - timedelta(microseconds=1), dates)
    while step is not None and step.at <= now:
        yield step
        step = None if isinstance(step, OldTheme) else _next_step(campaign, step.at, dates)


def _next_step(campaign: Campaign, after: datetime, dates: Dates) -> Step | None:
    event = campaign.content.event
    steps: list[Step] = []
    occurrence = following(campaign.schedule, after, dates)
    if occurrence is not None:
        steps.append(_run(campaign, occurrence))
    if event is not None and (remind := reminder_at(event)) > after:
        steps.append(Remind(remind))
    return min(steps, key=lambda step: step.at, default=None)


def _run(campaign: Campaign, occurrence: Occurrence) -> Step:
    if needs_new_approval(campaign, occurrence.at):
        return OldTheme(occurrence.at)
    return Run(occurrence.at, note=occurrence.note)


def _judged(campaign: Campaign, step: Step, now: datetime, *, newest: bool) -> Step:
    """Late within the tolerance, else missed; a reminder counts until the event begins."""
    event = campaign.content.event
    match step:
        case Run(at) if not newest or now - at > campaign.schedule.tolerance:
            return Missed(at)
        case Run(at):
            return replace(step, late=now - at > LATE)
        case Remind(at) if event is None or now >= event.at:
            return Missed(at)
        case _:
            return step
