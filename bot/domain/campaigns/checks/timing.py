"""What is wrong with a schedule: rules that mean no day, times when nobody may be written to, dates gone by."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain import lunar
from bot.domain.campaigns import due, limits
from bot.domain.campaigns.campaign import Campaign
from bot.domain.campaigns.checks.finding import Level
from bot.domain.campaigns.occurrences import LAST_DAY, LUNAR_LAST_DAY, Dates, following
from bot.domain.campaigns.schedule import (
    Daily,
    Lunar,
    Missing,
    Moment,
    Monthly,
    Named,
    Once,
    Personal,
    Rule,
    Weekly,
    Yearly,
)
from bot.domain.duty import LOCAL
from bot.domain.messages import Line

LEAP_YEAR = 2028
LONGEST_MONTH, LONGEST_LUNAR = 31, 30
MOST_OFFSET = 366

Found = tuple[Level, str, Line]


def check(campaign: Campaign, now: datetime, dates: Dates) -> Iterator[Found]:
    """(level, code, sentence) for everything."""
    schedule = campaign.schedule
    wrong = [*_rules(schedule.rules, dates), *_limits(campaign)]
    yield from wrong
    if any(level is Level.WRONG for level, _, _ in wrong):
        return
    if limits.is_quiet(datetime.combine(now.date(), schedule.at, LOCAL)) and not campaign.urgent:
        yield Level.HINDERS, "schedule.quiet", Line("campaign.fault.quiet_hours")
    found = following(schedule, now, dates)
    if found is None:
        yield from _nothing_ahead(campaign, now)
        return
    if due.needs_new_approval(campaign, found.at):
        values: dict[str, str | int | Line] = {
            "year": campaign.theme_year or 0,
            "next": found.at.astimezone(LOCAL).year,
        }
        yield Level.HINDERS, "theme.old", Line("campaign.fault.theme_old", values)
    yield from _chosen(found.note, found.at)


def _nothing_ahead(campaign: Campaign, now: datetime) -> Iterator[Found]:
    once = [rule.day for rule in campaign.schedule.rules if isinstance(rule, Once)]
    if once and len(once) == len(campaign.schedule.rules):
        last = max(once)
        values: dict[str, str | int | Line] = {"day": f"{last.day}/{last.month}/{last.year}"}
        yield Level.HINDERS, "schedule.past", Line("campaign.fault.past", values)
    elif campaign.schedule.end is not None and campaign.schedule.end < now.astimezone(LOCAL).date():
        end = campaign.schedule.end
        values = {"day": f"{end.day}/{end.month}/{end.year}"}
        yield Level.HINDERS, "schedule.past", Line("campaign.fault.past", values)
    elif campaign.schedule.rules:
        yield Level.HINDERS, "schedule.never", Line("campaign.fault.never")


def _chosen(note: str, at: datetime) -> Iterator[Found]:
    """Where the calendar lacks the day that was asked for, what is done instead."""
    local = at.astimezone(LOCAL)
    values: dict[str, str | int | Line] = {"day": f"{local.day}/{local.month}/{local.year}"}
    if note == LUNAR_LAST_DAY:
        yield Level.NOTE, "schedule.lunar_29", Line("campaign.note.lunar_29", values)
    elif note == LAST_DAY:
        yield Level.NOTE, "schedule.last_day", Line("campaign.note.last_day", values)


def _limits(campaign: Campaign) -> Iterator[Found]:
    schedule, year = campaign.schedule, campaign.theme_year
    if year is not None and not lunar.FIRST_YEAR < year <= lunar.LAST_YEAR:
        yield Level.WRONG, "theme.year", Line("campaign.fault.theme_year", {"year": year})
    if schedule.start is not None and schedule.end is not None and schedule.end < schedule.start:
        yield Level.WRONG, "schedule.ends_before", Line("campaign.fault.ends_before")
    if schedule.tolerance < timedelta(0):
        yield Level.WRONG, "schedule.tolerance", Line("campaign.fault.tolerance")
    season = schedule.season
    if season is not None and not all(
        _is_day(*edge, lunar_=season.lunar) for edge in (season.start, season.end)
    ):
        yield Level.WRONG, "schedule.season", Line("campaign.fault.season")


def _rules(rules: tuple[Rule, ...], dates: Dates) -> Iterator[Found]:
    if not rules:
        yield Level.HINDERS, "schedule.empty", Line("campaign.fault.no_rule")
    personal = [rule for rule in rules if isinstance(rule, Personal)]
    if personal and len(rules) > 1:
        yield Level.WRONG, "schedule.mixed", Line("campaign.fault.personal_alone")
    for rule in rules:
        yield from _rule(rule, dates)


def _rule(rule: Rule, dates: Dates) -> Iterator[Found]:
    match rule:
        case Named(name, offset) if name not in dates or abs(offset) > MOST_OFFSET:
            values: dict[str, str | int | Line] = {"name": name[:40], "known": ", ".join(sorted(dates))}
            yield Level.WRONG, "schedule.named", Line("campaign.fault.named", values)
        case Personal(Moment.SUBSCRIBED, offset) if offset < 0:
            yield Level.WRONG, "schedule.personal", Line("campaign.fault.before_yes")
        case Lunar(month, day, missing) if _is_day(month, day, lunar_=True):
            if day == LONGEST_LUNAR:
                yield Level.NOTE, "schedule.lunar_30", _thirtieth(missing)
        case Lunar():
            yield Level.WRONG, "schedule.lunar", Line("campaign.fault.lunar_day")
        case Daily(every) if every < 1 or every > MOST_OFFSET:
            yield Level.WRONG, "schedule.daily", Line("campaign.fault.rule")
        case Weekly(weekdays) if not weekdays or not set(weekdays) <= set(range(7)):
            yield Level.WRONG, "schedule.weekly", Line("campaign.fault.rule")
        case Monthly(day) if not 1 <= day <= LONGEST_MONTH:
            yield Level.WRONG, "schedule.monthly", Line("campaign.fault.rule")
        case Yearly(month, day) if not _is_day(month, day, lunar_=False):
            yield (
                Level.WRONG,
                "schedule.yearly",
                Line("campaign.fault.no_such_day", {"day": day, "month": month}),
            )
        case _:
            return


def _thirtieth(missing: Missing) -> Line:
    return (
        Line("campaign.note.lunar_30_last")
        if missing is Missing.LAST_DAY
        else Line("campaign.note.lunar_30_skip")
    )


def _is_day(month: int, day: int, *, lunar_: bool) -> bool:
    if not 1 <= month <= lunar.MONTHS:
        return False
    return 1 <= day <= (LONGEST_LUNAR if lunar_ else monthrange(LEAP_YEAR, month)[1])
