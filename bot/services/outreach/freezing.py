"""Runs whose audience is not complete: the next few people, in a transaction so short that turns do not wait."""

from datetime import datetime
from typing import Final

from bot.domain.campaigns import due
from bot.domain.campaigns.limits import cap_of
from bot.ports import UnitOfWork
from bot.services.tools import Tools

CHUNK: Final = 2_000
"""Subscribers that one transaction looks at: some 10 ms of SQLite's only writer."""


def freeze_some(uow: UnitOfWork, tools: Tools, now: datetime) -> bool:  # noqa: ARG001
    """One step for one run, urgent campaigns first; False when every audience is complete."""
    waiting = [(run, uow.campaigns.get(run.campaign)) for run in uow.runs.unfinished() if not run.ready]
    found = [(run, campaign) for run, campaign in waiting if campaign is not None]
    if not found:
        return False
    run, campaign = min(found, key=lambda one: (not one[1].urgent, one[0].at, one[0].id))
    if not uow.runs.freeze(run.id, due.audience_of(campaign, run.at), cap_of(campaign), CHUNK, now):
        subject = f"campaign:{campaign.id}"
        uow.ledger.note("campaign.frozen", actor="system", subject=subject, detail=f"run:{run.id}", at=now)
    return True
