"""How a campaign comes to be: drafts, those that ship, previews, a test to oneself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.campaigns import checks, moves
from bot.domain.campaigns.around import discreet
from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.campaigns.checks import Finding, Level
from bot.domain.campaigns.preview import Shown, compose
from bot.domain.campaigns.subscribers import Reach, RunState, Skipped
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.outreach import surfaces
from bot.services.outreach.outcome import (
    FASTER,
    NOT_THERE,
    Faults,
    Refusal,
    Saved,
    why,
)
from bot.services.tools import Tools


def save_draft(
    uow: UnitOfWork, tools: Tools, officer: Officer, campaign: Campaign, now: datetime
) -> Saved | Faults | Refusal:
    """A new campaign (id 0) or a change of one; what it says is kept, who agreed to it is not.

    `campaign.version` must be the one that was read: of two who change at once, the second is told.
    """
    before = uow.campaigns.get(campaign.id) if campaign.id else None
    if campaign.id and before is None:
        return NOT_THERE
    if before is not None and before.version != campaign.version:
        return FASTER
    fresh = replace(campaign, state=State.DRAFT)
    for one in (before or fresh, fresh):
        allowed = moves.write(one, officer)
        if isinstance(allowed, moves.Refused):
            return why(uow, allowed)
    draft = replace(
        campaign, state=State.DRAFT, author=officer.id, approver=None, approved_at=None, next_at=None
    )
    return _kept(uow, tools, draft, now, f"officer:{officer.id}")


def take_in(
    uow: UnitOfWork, tools: Tools, campaign: Campaign, now: datetime, actor: str, *, over: bool = False
) -> Saved | Faults | Refusal:
    """A draft out of a file: nobody's, until an officer edits or proposes it.

    One that runs is left alone, and so is, unless `over`, what an officer has worked on.
    """
    before = uow.campaigns.by_code(campaign.code)
    if before is not None and before.state not in (State.DRAFT, State.PROPOSED):
        return Refusal(Line("campaign.no.runs_file", {"code": campaign.code}))
    if before is not None and before.author is not None and not over:
        return Refusal(Line("campaign.no.edited_file", {"code": campaign.code}))
    draft = replace(
        campaign,
        id=before.id if before else 0,
        version=before.version if before else 0,
        state=State.DRAFT,
        author=None,
        approver=None,
        approved_at=None,
        next_at=None,
    )
    return _kept(uow, tools, draft, now, actor)


def seed(uow: UnitOfWork, tools: Tools, drafts: Sequence[Campaign], now: datetime) -> int:
    """The drafts that ship, for an office that has no campaign yet; how many were taken."""
    if uow.campaigns.listing(limit=1):
        return 0
    taken = 0
    for draft in drafts:
        try:
            taken += isinstance(take_in(uow, tools, draft, now, "system"), Saved)
        except ValueError:
            return taken  # another process starts at this moment and was faster
    return taken


def check(uow: UnitOfWork, tools: Tools, campaign: Campaign, now: datetime) -> Sequence[Finding]:
    """All that is wrong with it or should be thought of, with its audience counted."""
    counted = reach(uow, tools, campaign, now)
    return checks.check(campaign, surfaces.known(uow, tools, campaign, now, counted))


def reach(uow: UnitOfWork, tools: Tools, campaign: Campaign, now: datetime) -> Reach:
    """How many it would reach on which channel, and who is left out why."""
    shown = surfaces.surfaces(tools)
    found = uow.subscribers.reach(
        campaign.audience,
        now,
        channels=tuple(shown),
        windowed=surfaces.windowed(tools),
        templated=surfaces.templated(tools, campaign),
    )
    left_out = discreet({why.value: count for why, count in found.left_out.items()})
    return replace(found, left_out={Skipped(why): count for why, count in left_out.items()})


def preview(uow: UnitOfWork, tools: Tools, campaign: Campaign, lang: str, now: datetime) -> Sequence[Shown]:
    """The letter as each channel will show it; {commune} stands for each reader's own."""
    wanted = campaign.audience.channels
    filled = surfaces.values(campaign, uow.office.roster(), tools, lang, campaign.next_at or now)
    shown = (
        compose(campaign, lang, on, 0, filled, surfaces.say_in(tools, lang))
        for name, on in surfaces.surfaces(tools).items()
        if not wanted or name in wanted
    )
    return [one for one in shown if one is not None]


def _kept(
    uow: UnitOfWork, tools: Tools, draft: Campaign, now: datetime, actor: str
) -> Saved | Faults | Refusal:
    found = checks.check(draft, surfaces.known(uow, tools, draft, now))
    if wrong := checks.refuses(found, Level.WRONG):
        return Faults(wrong)
    same = uow.campaigns.by_code(draft.code)
    if same is not None and same.id != draft.id:
        return Refusal(Line("campaign.no.code_taken", {"code": draft.code}))
    if draft.id == 0:
        draft = replace(draft, id=uow.campaigns.add(draft))
    else:
        before = uow.campaigns.get(draft.id)
        if before is None or not uow.campaigns.save(draft):
            return FASTER
        _end_runs(uow, before, now)
    uow.ledger.note("campaign.saved", actor=actor, subject=f"campaign:{draft.id}", at=now)
    kept = uow.campaigns.get(draft.id) or draft
    return Saved(kept, Line("campaign.done.saved", {"title": kept.title}), found)


def _end_runs(uow: UnitOfWork, before: Campaign, now: datetime) -> None:
    """Once it changes, what a pause held back is not sent, and an audience that nobody approved does not freeze."""
    for run in uow.runs.unfinished():
        if run.campaign == before.id and (before.state is State.PAUSED or not run.ready):
            uow.runs.set_state(run.id, RunState.STOPPED, now)
