"""The legal moves of a campaign: who may write, approve, pause and stop it, and why not.

Four eyes: one officer writes, another approves. Whoever changed or proposed it last counts as its author.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.officers import Officer, Role

WRITES = frozenset(
    {Role.COMMUNE_OFFICER, Role.CHAIR, Role.PROVINCE, Role.PROVINCE_DUTY, Role.SUPERVISOR, Role.ADMIN}
)
APPROVES = frozenset({Role.CHAIR, Role.PROVINCE, Role.SUPERVISOR})
APPROVES_URGENT = APPROVES | {Role.PROVINCE_DUTY}
"""At night only the duty officer is awake, and water does not wait."""
LOOKS = WRITES | APPROVES_URGENT
"""Drafts and results are for those who answer for them; collaborators, police and speakers get the letters."""
PROVINCE_CODE = 2
"""Characters of a province's code."""


class No(StrEnum):
    """Why a move is refused; the catalogue has a sentence for each."""

    ROLE = "role"
    AREA = "area"
    AUTHOR = "author"
    APPROVED = "approved"  # already, by somebody else
    NOT_PROPOSED = "not_proposed"
    NOT_RUNNING = "not_running"
    NOT_PAUSED = "not_paused"
    OVER = "over"
    RUNS = "runs"  # what runs is not edited


@dataclass(frozen=True, slots=True)
class Refused:
    why: No
    by: int | None = None
    """The officer who did it before."""


def write(campaign: Campaign, officer: Officer) -> Campaign | Refused:
    """A change of its content: whoever makes it is its author, and it needs approval anew."""
    if refused := _may(officer, WRITES, campaign):
        return refused
    if campaign.state not in (State.DRAFT, State.PROPOSED, State.PAUSED):
        return Refused(No.OVER if campaign.state in (State.STOPPED, State.DONE) else No.RUNS)
    return replace(
        campaign, state=State.DRAFT, author=officer.id, approver=None, approved_at=None, next_at=None
    )


def propose(campaign: Campaign, officer: Officer) -> Campaign | Refused:
    """Pressing twice is no error."""
    if refused := _may(officer, WRITES, campaign):
        return refused
    if campaign.state is State.PROPOSED:
        return campaign
    if campaign.state is not State.DRAFT:
        return Refused(No.OVER if campaign.state in (State.STOPPED, State.DONE) else No.RUNS)
    author = officer.id if campaign.author is None else campaign.author
    return replace(campaign, state=State.PROPOSED, author=author)


def approve(
    campaign: Campaign, officer: Officer, now: datetime, next_at: datetime | None
) -> Campaign | Refused:
    """Only by another officer; two who press at once: the second is told who was first."""
    if refused := _may(officer, APPROVES_URGENT if campaign.urgent else APPROVES, campaign):
        return refused
    if campaign.state is State.APPROVED:
        return campaign if campaign.approver == officer.id else Refused(No.APPROVED, campaign.approver)
    if campaign.state is not State.PROPOSED:
        return Refused(No.NOT_PROPOSED)
    if campaign.author == officer.id:
        return Refused(No.AUTHOR)
    return replace(campaign, state=State.APPROVED, approver=officer.id, approved_at=now, next_at=next_at)


def send_back(campaign: Campaign, officer: Officer) -> Campaign | Refused:
    """Proposed, but not good enough: a draft again."""
    if refused := _may(officer, WRITES, campaign):
        return refused
    return (
        replace(campaign, state=State.DRAFT) if campaign.state is State.PROPOSED else Refused(No.NOT_PROPOSED)
    )


def pause(campaign: Campaign, officer: Officer, *, sending: bool = False) -> Campaign | Refused:
    """The brake is for everybody who may write; also where its last run is `sending`, though none follows."""
    if refused := _may(officer, WRITES, campaign):
        return refused
    if campaign.state is State.PAUSED:
        return campaign
    runs = campaign.state is State.APPROVED or (sending and campaign.state is State.DONE)
    return replace(campaign, state=State.PAUSED) if runs else Refused(No.NOT_RUNNING)


def resume(campaign: Campaign, officer: Officer, next_at: datetime | None) -> Campaign | Refused:
    if refused := _may(officer, APPROVES_URGENT if campaign.urgent else APPROVES, campaign):
        return refused
    if campaign.state is State.APPROVED:
        return campaign
    if campaign.state is not State.PAUSED:
        return Refused(No.NOT_PAUSED)
    return replace(campaign, state=State.DONE if next_at is None else State.APPROVED, next_at=next_at)


def run(campaign: Campaign, officer: Officer) -> Campaign | Refused:
    """Once more, beside its schedule."""
    if refused := _may(officer, WRITES, campaign):
        return refused
    return campaign if campaign.state is State.APPROVED else Refused(No.NOT_RUNNING)


def stop(campaign: Campaign, officer: Officer) -> Campaign | Refused:
    """For good. A draft too: then it is out of the way."""
    if refused := _may(officer, WRITES, campaign):
        return refused
    return (
        campaign if campaign.state is State.STOPPED else replace(campaign, state=State.STOPPED, next_at=None)
    )


def may_approve(campaign: Campaign, officers: Iterable[Officer]) -> list[Officer]:
    """Who could be the second pair of eyes."""
    roles = APPROVES_URGENT if campaign.urgent else APPROVES
    return [one for one in officers if one.id != campaign.author and _may(one, roles, campaign) is None]


def looks(officer: Officer) -> bool:
    """Whether campaigns and what came back from them are for this officer's eyes."""
    return officer.role in LOOKS


def covers(officer: Officer, units: tuple[str, ...]) -> bool:
    """Whether all these communes and provinces are the officer's; no units means the whole office."""
    if not officer.units or any(len(unit) == PROVINCE_CODE for unit in officer.units):
        return True
    return bool(units) and set(units) <= set(officer.units)


def _may(officer: Officer, roles: frozenset[Role], campaign: Campaign) -> Refused | None:
    if officer.role not in roles:
        return Refused(No.ROLE)
    return None if covers(officer, campaign.audience.units) else Refused(No.AREA)
