"""What becomes of an officer's action on a campaign: done, refused with a sentence, or faults to mend first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.campaigns.campaign import Campaign
from bot.domain.campaigns.checks import Finding
from bot.domain.campaigns.moves import No, Refused
from bot.domain.messages import Line
from bot.ports import UnitOfWork
from bot.services.casework.outcome import Done, Outcome, Refusal

__all__ = ["FASTER", "NOT_THERE", "NO_LOOK", "Done", "Faults", "Outcome", "Refusal", "Saved", "faulty", "why"]


@dataclass(frozen=True, slots=True)
class Saved:
    """It is kept; `found` says what still hinders it or should be thought of."""

    campaign: Campaign
    line: Line
    found: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Faults:
    """Nothing was kept: each of these must be mended first."""

    found: Sequence[Finding]


NOT_THERE = Refusal(Line("campaign.no.not_there"))
NO_LOOK = Refusal(Line("campaign.no.look"))
FASTER = Refusal(Line("campaign.no.faster"))

_WHY: Mapping[No, Line] = {
    No.ROLE: Line("campaign.no.role"),
    No.AREA: Line("campaign.no.area"),
    No.AUTHOR: Line("campaign.no.author"),
    No.APPROVED: Line("campaign.no.approved"),
    No.NOT_PROPOSED: Line("campaign.no.not_proposed"),
    No.NOT_RUNNING: Line("campaign.no.not_running"),
    No.NOT_PAUSED: Line("campaign.no.not_paused"),
    No.OVER: Line("campaign.no.over"),
    No.RUNS: Line("campaign.no.runs"),
}


def why(uow: UnitOfWork, refused: Refused) -> Refusal:
    """The sentence for a move that is not legal; says who was first where that is the reason."""
    other = None if refused.by is None else uow.office.officer(refused.by)
    if refused.why is No.APPROVED and other is not None:
        return Refusal(Line("campaign.no.approved_by", {"name": other.name}))
    return Refusal(_WHY[refused.why])


def faulty(found: Sequence[Finding]) -> Refusal:
    """One sentence for what hinders: the first fault, and how many there are."""
    return Refusal(Line("campaign.no.faults", {"count": len(found), "first": found[0].line}))
