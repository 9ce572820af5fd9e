"""Who holds a campaign up: pause, resume, stop; all three hold at once, for what is under way too."""

from datetime import datetime

from bot.domain.campaigns import due, moves
from bot.domain.campaigns.campaign import Campaign
from bot.domain.campaigns.subscribers import RunState
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.outreach.deciding import Moved, decide, when
from bot.services.outreach.outcome import Done, Outcome
from bot.services.tools import Tools


def pause(uow: UnitOfWork, tools: Tools, officer: Officer, id_: int, now: datetime) -> Outcome:  # noqa: ARG001
    """Nothing more goes out until it is resumed, of a run under way neither."""

    def move(campaign: Campaign) -> Moved:
        return moves.pause(campaign, officer, sending=sending(uow, campaign))

    done = decide(uow, officer, id_, now, None, move, "campaign.paused")
    if not isinstance(done, Campaign):
        return done
    _set_runs(uow, done, RunState.SENDING, RunState.PAUSED, now)
    return Done(Line("campaign.done.paused", {"title": done.title}))


def resume(uow: UnitOfWork, tools: Tools, officer: Officer, id_: int, now: datetime) -> Outcome:
    """Goes on where it was; what fell due meanwhile is not made up for."""

    def move(campaign: Campaign) -> Moved:
        return moves.resume(campaign, officer, due.next_at(campaign, now, tools.dates))

    done = decide(uow, officer, id_, now, None, move, "campaign.resumed")
    if not isinstance(done, Campaign):
        return done
    _set_runs(uow, done, RunState.PAUSED, RunState.SENDING, now)
    return Done(Line("campaign.done.resumed", {"title": done.title, "time": when(done)}))


def stop(uow: UnitOfWork, tools: Tools, officer: Officer, id_: int, now: datetime) -> Outcome:  # noqa: ARG001
    """For good and at once: what is not yet sent is not sent."""
    done = decide(uow, officer, id_, now, None, lambda c: moves.stop(c, officer), "campaign.stopped")
    if not isinstance(done, Campaign):
        return done
    for state in (RunState.FREEZING, RunState.SENDING, RunState.PAUSED):
        _set_runs(uow, done, state, RunState.STOPPED, now)
    return Done(Line("campaign.done.stopped", {"title": done.title}))


def sending(uow: UnitOfWork, campaign: Campaign) -> bool:
    """Whether letters of it may go out at this moment."""
    return any(run.campaign == campaign.id for run in uow.runs.unfinished())


def _set_runs(uow: UnitOfWork, campaign: Campaign, was: RunState, becomes: RunState, now: datetime) -> None:
    for run in uow.runs.of(campaign.id):
        if run.state is was:
            uow.runs.set_state(run.id, becomes, now)
