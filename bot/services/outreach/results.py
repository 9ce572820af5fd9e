"""What came back: reach, seen, clicks, quiz, opt-outs, who comes; how a run goes; what was reported around it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.campaigns import around, moves
from bot.domain.campaigns.around import Around
from bot.domain.campaigns.campaign import Campaign
from bot.domain.campaigns.subscribers import LetterState, Run, RunState
from bot.domain.officers import Officer, Roster
from bot.ports import UnitOfWork
from bot.services.outreach import events
from bot.services.outreach.outcome import NO_LOOK, NOT_THERE, Refusal

SENT = frozenset({LetterState.SENT, LetterState.DELIVERED, LetterState.SEEN})
OPT_OUT = timedelta(days=2)
"""Who stops so soon after a run may have stopped because of it."""

MOST_RUNS = 4_000
"""Ten years of one that runs every day."""

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Results:
    campaign: Campaign
    runs: tuple[Run, ...]
    letters: Mapping[LetterState, int]
    """Of all runs together."""
    reasons: Mapping[str, int]
    clicks: Mapping[str, int]
    quiz: Mapping[str, Mapping[int, int]]
    """Question → index of the answer → people."""
    opt_outs: int
    """Who stopped within two days after a run."""
    coming: int = 0
    declined: int = 0
    around: Around | None = None
    """None: it has not run yet."""
    reminders: Mapping[LetterState, int] = field(default_factory=dict)
    """To those who come, the day before."""
    not_reminded: Mapping[str, int] = field(default_factory=dict)
    """Why some of them were not."""
    spent: Mapping[str, int] = field(default_factory=dict)
    """Messages that the platform counts, by kind (`Spent.kind`); see `costs.booked`."""

    @property
    def reached(self) -> int:
        return sum(self.letters.get(state, 0) for state in SENT)

    @property
    def seen(self) -> int:
        return self.letters.get(LetterState.SEEN, 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """One run at this moment."""

    run: Run
    whole: int
    done: int
    """Sent, refused, skipped or unknown."""
    sent: int
    failed: int
    waiting: int
    per_second: float
    """Since it started."""
    left: timedelta | None
    """None: nothing is sent, so nobody can tell."""
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """The run's own state follows when the lane looks for more."""
        ended = self.run.state in (RunState.DONE, RunState.STOPPED, RunState.MISSED)
        return ended or (self.run.ready and not self.waiting)


def look(uow: UnitOfWork, officer: Officer, id_: int, now: datetime) -> Results | Refusal:
    """As far as they are this officer's; the look goes into the ledger, as with cases. Needs a write transaction."""
    found = results(uow, id_, now, officer) if moves.looks(officer) else NO_LOOK
    if found is None:
        return NOT_THERE
    action = "campaign.look_refused" if isinstance(found, Refusal) else "campaign.results_looked"
    uow.ledger.note(action, actor=f"officer:{officer.id}", subject=f"campaign:{id_}", at=now)
    return found


def results(uow: UnitOfWork, id_: int, now: datetime, viewer: Officer | None = None) -> Results | None:
    """`viewer`: reports are counted only in this officer's own communes; None: in all of the campaign's."""
    campaign = uow.campaigns.get(id_)
    if campaign is None:
        return None
    runs = tuple(uow.runs.of(id_, MOST_RUNS))
    real = [run for run in runs if run.frozen]
    reminders = [run for run in runs if run.reminds]
    event = campaign.content.event
    return Results(
        campaign=campaign,
        runs=runs,
        letters=_summed(run.counts for run in real),
        reasons=_summed(around.discreet(run.reasons) for run in real),
        clicks=_summed(uow.replies.clicks(run.id) for run in real),
        quiz=_quiz(uow, real),
        opt_outs=sum(uow.subscribers.stopped_between(run.at, min(run.at + OPT_OUT, now)) for run in real),
        coming=len(events.coming(uow, campaign)),
        declined=0 if event is None else uow.replies.declined(events.key(campaign, event)),
        around=_around(uow, campaign, real, now, viewer),
        reminders=_summed(run.counts for run in reminders),
        not_reminded=_summed(around.discreet(run.reasons) for run in reminders),
        spent=uow.contacts.cost_of_campaign(id_),
    )


def progress(uow: UnitOfWork, run_id: int, now: datetime) -> Progress | None:
    run = uow.runs.get(run_id)
    if run is None:
        return None
    counts = run.counts
    waiting = counts.get(LetterState.WAITING, 0) + counts.get(LetterState.IN_FLIGHT, 0)
    whole = sum(counts.values())
    sent = sum(counts.get(state, 0) for state in SENT)
    seconds = ((run.ended_at or now) - (run.started_at or now)).total_seconds()
    rate = sent / seconds if seconds > 0 else 0.0
    return Progress(
        run=run,
        whole=whole,
        done=whole - waiting,
        sent=sent,
        failed=counts.get(LetterState.REFUSED, 0) + counts.get(LetterState.UNKNOWN, 0),
        waiting=waiting,
        per_second=rate,
        left=timedelta(seconds=waiting / rate) if rate else None,
        reasons=around.discreet(run.reasons),
    )


def _summed(counts: Iterable[Mapping[K, int]]) -> Mapping[K, int]:
    whole = Counter[K]()
    for one in counts:
        whole.update(one)
    return whole


def _quiz(uow: UnitOfWork, runs: list[Run]) -> Mapping[str, Mapping[int, int]]:
    found: dict[str, Counter[int]] = {}
    for run in runs:
        for quiz, answers in uow.replies.answers(run.id).items():
            found.setdefault(quiz, Counter()).update(answers)
    return found


def _around(
    uow: UnitOfWork, campaign: Campaign, runs: list[Run], now: datetime, viewer: Officer | None
) -> Around | None:
    if not runs:
        return None
    times = around.span(min(run.at for run in runs), max(run.at for run in runs), now)
    since, middle, last, until = times
    before, after = uow.replies.reports(since, middle), uow.replies.reports(last, until)
    return around.compare(before, after, times, _covers(campaign, uow.office.roster(), viewer))


def _covers(campaign: Campaign, roster: Roster, viewer: Officer | None) -> Callable[[str | None], bool]:
    units = frozenset(campaign.audience.units)

    def mine(unit: str | None) -> bool:
        return viewer is None or moves.covers(viewer, () if unit is None else (unit,))

    def covers(unit: str | None) -> bool:
        meant = not units or (unit is not None and (unit in units or roster.province_of.get(unit) in units))
        return meant and mine(unit)

    return covers
