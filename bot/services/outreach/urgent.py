"""An urgent notice to an area (flood, dangerous water): written in a minute, agreed to in one tap."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.campaigns import checks, moves
from bot.domain.campaigns.campaign import EVERY_CHANNEL, Audience, Campaign, Content, State
from bot.domain.campaigns.checks import Finding, Level
from bot.domain.campaigns.templates import Template
from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.domain.triage.marks import fold
from bot.ports import UnitOfWork
from bot.services.outreach import deciding, writing
from bot.services.outreach.outcome import Faults, Refusal, Saved
from bot.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Notice:
    title: str
    texts: dict[str, str]
    """By language."""
    audience: Audience
    templates: Mapping[str, Template] = field(default_factory=dict)
    """Channel → what goes to people there whose reply window has closed."""


def urgent_notice(
    uow: UnitOfWork, tools: Tools, officer: Officer, notice: Notice, now: datetime
) -> Saved | Faults | Refusal:
    """Proposed at once; every officer who may agree is rung with the button. It runs when one of them taps."""
    texts = {lang: {EVERY_CHANNEL: text} for lang, text in notice.texts.items()}
    campaign = Campaign(
        id=0,
        code=_code(notice.title, now),
        title=notice.title,
        content=Content(texts, templates=notice.templates),
        audience=notice.audience,
        schedule=deciding.at_once(now),
        state=State.DRAFT,
        urgent=True,
    )
    hinders = checks.refuses(tuple(writing.check(uow, tools, campaign, now)), Level.HINDERS)
    if hinders:
        return Faults(hinders)
    if not moves.may_approve(campaign, [o for o in uow.office.roster().officers if o.id != officer.id]):
        return Faults((Finding(Level.HINDERS, "approver.none", Line("campaign.fault.no_approver")),))
    saved = writing.save_draft(uow, tools, officer, campaign, now)
    if not isinstance(saved, Saved):
        return saved
    proposed = deciding.propose(uow, tools, officer, saved.campaign.id, now)
    if isinstance(proposed, Refusal):
        return proposed
    kept = uow.campaigns.get(saved.campaign.id) or saved.campaign
    return Saved(kept, Line("campaign.done.urgent", {"title": kept.title}), saved.found)


def _code(title: str, now: datetime) -> str:
    """A code of its own: the first words and the minute."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:20] or "khan"
    return f"{words}-{now.astimezone(LOCAL):%y%m%d-%H%M%S}"
