"""What is due by the clock: runs begin with their final words, reminders go out, what was missed is said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.domain.campaigns import due, moves
from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.campaigns.placeholders import COMMUNE, used
from bot.domain.campaigns.preview import compose
from bot.domain.campaigns.subscribers import RunState
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.duty import telling
from bot.services.outreach import events, surfaces
from bot.services.outreach.outcome import NOT_THERE, Done, Outcome, Refusal, why
from bot.services.tools import Tools

AT_ONCE = 15
"""Campaigns that one tick looks at: each takes some two milliseconds of the writer, and the next tick comes soon."""
PUT_OFF = timedelta(days=1)
"""At least so long a letter may be put off, also where a run may not begin late."""


def tick(uow: UnitOfWork, tools: Tools, now: datetime) -> int:
    """Do what has come due, once each, however often and by however many processes this is called."""
    found = uow.campaigns.due(now, AT_ONCE)
    for campaign in found:
        _catch_up(uow, tools, campaign.id, now)
    return len(found)


def _catch_up(uow: UnitOfWork, tools: Tools, id_: int, now: datetime) -> None:
    # read again: locked now where the database locks, and somebody may have stopped it meanwhile
    campaign = uow.campaigns.get(id_)
    if campaign is None or campaign.state is not State.APPROVED or campaign.next_at is None:
        return
    if campaign.next_at > now:
        return  # another process has just done it
    last = campaign.next_at
    for step in due.plan(campaign, now, tools.dates):
        last = max(last, step.at)
        if isinstance(step, due.Run) and (names := _without_value(uow, tools, campaign, step.at)):
            _hold(uow, tools, campaign, names, now)
            return
        _do(uow, tools, campaign, step, now)
        if isinstance(step, due.OldTheme):
            _ask_anew(uow, tools, campaign, now)
            return
    following = due.next_at(campaign, last, tools.dates)
    state = State.APPROVED if following is not None else State.DONE
    uow.campaigns.save(replace(campaign, state=state, next_at=following))


def _do(uow: UnitOfWork, tools: Tools, campaign: Campaign, step: due.Step, now: datetime) -> None:
    match step:
        case due.Run(at, late, note):
            _begin(uow, tools, campaign, at, "campaign.run_late" if late else "campaign.run", note, now)
        case due.Missed(at):
            _missed(uow, tools, campaign, at, now)
        case due.Remind(at):
            events.remind(uow, tools, campaign, at, now)
        case due.OldTheme():
            return
        case _:
            assert_never(step)


def run_now(uow: UnitOfWork, tools: Tools, officer: Officer, id_: int, now: datetime) -> Outcome:
    """One run more of an approved campaign, beside its schedule; hours and caps count as ever."""
    campaign = uow.campaigns.get(id_)
    if campaign is None:
        return NOT_THERE
    if campaign.state is not State.APPROVED or due.needs_new_approval(campaign, now):
        return Refusal(Line("campaign.cli.not_approved"))
    if isinstance(refused := moves.run(campaign, officer), moves.Refused):
        return why(uow, refused)
    if names := _without_value(uow, tools, campaign, now):
        return Refusal(Line("campaign.fault.no_value", {"name": names[0]}))
    run = _begin(uow, tools, campaign, now, "campaign.run_now", f"officer:{officer.id}", now)
    if run is None:
        return Refusal(Line("campaign.cli.run_twice"))
    return Done(Line("campaign.cli.run_now", {"run": run}))


def _begin(
    uow: UnitOfWork, tools: Tools, campaign: Campaign, at: datetime, action: str, note: str, now: datetime
) -> int | None:
    """The run with its final words; the audience is frozen by whoever sends. None: it has begun before."""
    latest = now + max(campaign.schedule.tolerance, PUT_OFF)
    run = uow.runs.begin(campaign.id, at, RunState.FREEZING, now, latest=latest, content=campaign.content)
    if run is None:
        return None
    write_texts(uow, tools, campaign, run, at)
    detail = f"run:{run} {note}".strip()
    uow.ledger.note(action, actor="system", subject=f"campaign:{campaign.id}", detail=detail, at=now)
    return run


def write_texts(uow: UnitOfWork, tools: Tools, campaign: Campaign, run: int, at: datetime) -> int:
    """The words of a run, once for each language and channel; returns how many there are."""
    roster, written = uow.office.roster(), 0
    limited, reached = surfaces.windowed(tools), surfaces.templated(tools, campaign)
    for name, on in surfaces.surfaces(tools).items():
        if campaign.audience.channels and name not in campaign.audience.channels:
            continue
        for lang in campaign.content.texts:
            filled = surfaces.values(campaign, roster, tools, lang, at, run)
            shown = compose(campaign, lang, on, run, filled, surfaces.say_in(tools, lang))
            if shown is not None:
                picture = campaign.content.picture
                template = campaign.content.templates.get(name) if name in reached else None
                uow.runs.text(
                    run, lang, name, shown.text, shown.rows,
                    picture=picture,
                    windowed=name in limited,
                    template=template.filled(filled) if template else None,
                )  # fmt: skip
                written += 1
    return written


def _without_value(uow: UnitOfWork, tools: Tools, campaign: Campaign, at: datetime) -> Sequence[str]:
    """Placeholders that had a value when it was approved and have none now: nobody gets a letter with braces."""
    missing: set[str] = set()
    for lang, texts in campaign.content.texts.items():
        filled = surfaces.values(campaign, uow.office.roster(), tools, lang, at)
        gaps = (param.value for one in campaign.content.templates.values() for param in one.params.values())
        wanted = frozenset[str]().union(*map(used, (*texts.values(), *gaps)))
        missing |= wanted - filled.keys() - {COMMUNE}
    return sorted(missing)


def _hold(uow: UnitOfWork, tools: Tools, campaign: Campaign, names: Sequence[str], now: datetime) -> None:
    uow.campaigns.save(replace(campaign, state=State.PAUSED))
    uow.ledger.note("campaign.no_value", actor="system", subject=f"campaign:{campaign.id}", at=now)
    values: dict[str, str | int | Line] = {"title": campaign.title, "names": ", ".join(names)}
    _tell(uow, tools, campaign, Line("campaign.told.no_value", values), now)


def _missed(uow: UnitOfWork, tools: Tools, campaign: Campaign, at: datetime, now: datetime) -> None:
    if uow.runs.begin(campaign.id, at, RunState.MISSED, now) is None:
        return
    uow.ledger.note("campaign.missed", actor="system", subject=f"campaign:{campaign.id}", at=now)
    values: dict[str, str | int | Line] = {"title": campaign.title, "time": surfaces.clock(at)}
    _tell(uow, tools, campaign, Line("campaign.told.missed", values), now)


def _ask_anew(uow: UnitOfWork, tools: Tools, campaign: Campaign, now: datetime) -> None:
    """Last year's text does not run by itself: a draft again, and its people are told."""
    uow.campaigns.save(replace(campaign, state=State.DRAFT, next_at=None, approver=None, approved_at=None))
    uow.ledger.note("campaign.theme_old", actor="system", subject=f"campaign:{campaign.id}", at=now)
    values: dict[str, str | int | Line] = {"title": campaign.title, "year": campaign.theme_year or 0}
    _tell(uow, tools, campaign, Line("campaign.told.theme_old", values), now)


def _tell(uow: UnitOfWork, tools: Tools, campaign: Campaign, line: Line, now: datetime) -> None:
    """Whoever wrote it and whoever approved it."""
    for id_ in dict.fromkeys((campaign.author, campaign.approver)):
        officer = None if id_ is None else telling.in_office(uow, id_)
        if officer is not None:
            telling.tell(uow, tools, officer, (line,), now)
