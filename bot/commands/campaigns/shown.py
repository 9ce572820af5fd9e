"""Campaigns as sentences for the terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.domain.campaigns import around, titles
from bot.domain.campaigns.campaign import Campaign
from bot.domain.campaigns.subscribers import LetterState, Reach
from bot.domain.duty import LOCAL
from bot.domain.kinds import Kind
from bot.domain.messages import Line
from bot.domain.titles import KIND
from bot.ports import UnitOfWork
from bot.services import outreach
from bot.services.outreach import costs
from bot.services.outreach.results import SENT
from bot.services.outreach.surfaces import clock
from bot.services.tools import Tools

NOTHING = "–"
SUNDAY = 6
Values = dict[str, str | int | Line]


def row(campaign: Campaign) -> Line:
    """One line of a list."""
    when = NOTHING if campaign.next_at is None else clock(campaign.next_at)
    values: Values = {
        "code": campaign.code,
        "title": campaign.title,
        "state": titles.STATE[campaign.state],
        "time": when,
    }
    return Line("campaign.cli.row", values)


def whole(uow: UnitOfWork, tools: Tools, campaign: Campaign, lang: str, now: datetime) -> Sequence[Line]:
    """Everything about one campaign."""
    people: Values = {
        "author": _name(uow, campaign.author),
        "approver": _name(uow, campaign.approver),
        "version": campaign.version,
    }
    lines = [row(campaign), Line("campaign.cli.people", people)]
    for source in campaign.sources:
        values: Values = {"year": source.year or NOTHING, "title": source.title, "address": source.address}
        lines.append(Line("campaign.cli.source", values))
    reach = outreach.reach(uow, tools, campaign, now)
    lines += (*_reach(reach), Line("campaign.cli.cost_before", {"cost": costs.expected(reach, tools).line}))
    for found in outreach.check(uow, tools, campaign, now):
        lines.append(Line("campaign.cli.finding", {"place": found.field, "what": found.line}))
    for shown in outreach.preview(uow, tools, campaign, lang, now):
        letter: Values = {
            "channel": shown.channel,
            "lang": lang,
            "length": len(shown.text),
            "text": shown.text,
        }
        lines.append(Line("campaign.cli.shown", letter))
    return lines


def came_back(came: outreach.Results, tools: Tools, unit_name: Callable[[str], str]) -> Iterator[Line]:
    for run in came.runs:
        values: Values = {
            "run": run.id,
            "time": clock(run.at),
            "state": titles.RUN[run.state],
            "counts": _counts(run.counts),
        }
        yield Line("campaign.cli.run", values)
    sent = sum(came.letters.get(state, 0) for state in SENT)
    totals: Values = {"sent": sent, "seen": came.seen, "opt_outs": came.opt_outs}
    yield Line("campaign.cli.results", {**totals, "coming": came.coming, "declined": came.declined})
    if came.reminders:
        yield Line("campaign.cli.reminders", {"counts": _counts(came.reminders)})
        for why, count in came.not_reminded.items():
            yield Line("campaign.cli.left_out", {"reasons": titles.reason(why), "count": count})
    yield Line("campaign.cli.cost_after", {"cost": costs.booked(came.spent, tools).line})
    for link, count in came.clicks.items():
        yield Line("campaign.cli.clicks", {"link": link, "count": count})
    for quiz, answers in came.quiz.items():
        told = ", ".join(f"{answer + 1}: {count}" for answer, count in sorted(answers.items()))
        yield Line("campaign.cli.quiz", {"quiz": quiz, "answers": told})
    if came.around is not None:
        yield from _around(came.around, unit_name)


def day(found: outreach.Day) -> Iterator[Line]:
    """A day of the calendar with its lunar day; 2 is Monday, as people here count."""
    weekday = "CN" if found.day.weekday() == SUNDAY else f"T{found.day.weekday() + 2}"
    there = found.lunar
    lunar = NOTHING if there is None else f"{there.day}/{there.month}{'n' if there.leap else ''}"
    values: Values = {"weekday": weekday, "day": f"{found.day:%d/%m/%Y}", "lunar": f"{lunar} ÂL"}
    yield Line(
        "campaign.cli.day",
        {**values, "names": together([titles.date(name) for name in found.names]) if found.names else ""},
    )
    for one in found.planned:
        at = f"{one.occurrence.at.astimezone(LOCAL):%H:%M}"
        old: str | Line = Line("campaign.cli.old_theme") if one.theme_old else ""
        planned: Values = {"time": at, "code": one.campaign.code, "title": one.campaign.title, "old": old}
        yield Line("campaign.cli.planned", {**planned, "state": titles.STATE[one.campaign.state]})


def _around(found: around.Around, unit_name: Callable[[str], str]) -> Iterator[Line]:
    partial: str | Line = "" if found.whole else Line("campaign.cli.partial")
    totals: Values = {"before": str(found.total.before), "after": str(found.total.after), "partial": partial}
    yield Line("campaign.cli.around", totals)
    for kind, pair in found.by_kind.items():
        yield _pair(KIND[Kind(kind)], pair)
    for unit, pair in found.by_unit.items():
        yield _pair(unit_name(unit) if unit else NOTHING, pair)


def _pair(name: str | Line, pair: around.Pair) -> Line:
    return Line("campaign.cli.pair", {"name": name, "before": str(pair.before), "after": str(pair.after)})


def _reach(reach: Reach) -> Iterator[Line]:
    channels = ", ".join(f"{name}: {count}" for name, count in sorted(reach.by_channel.items()))
    yield Line("campaign.cli.reach", {"total": sum(reach.by_channel.values()), "channels": channels})
    for why, count in reach.left_out.items():
        yield Line("campaign.cli.left_out", {"reasons": titles.SKIPPED[why], "count": count})


def _counts(counts: Mapping[LetterState, int]) -> Line | str:
    told = [
        Line("campaign.cli.count", {"state": titles.LETTER[state], "count": count})
        for state, count in sorted(counts.items())
        if count
    ]
    return together(told) if told else NOTHING


def together(lines: Sequence[Line]) -> Line:
    """One after the other, as a list in a sentence."""
    first, *rest = lines
    return Line("campaign.cli.reasons", {"first": first, "rest": together(rest)}) if rest else first


def _name(uow: UnitOfWork, officer: int | None) -> str:
    found = None if officer is None else uow.office.officer(officer)
    return NOTHING if found is None else found.name
