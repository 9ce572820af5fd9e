"""What makes sure that somebody answers: a watch climbs its ladder, wears off, sounds alarms, never stops."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cases import CaseId, Ladder, OfficerId, Rung, Watch, WatchState
from bot.domain.duty import after_quiet
from bot.domain.kinds import Urgency
from bot.domain.replacing import replace

ALARMS = (
    timedelta(hours=4),
    timedelta(hours=2),
    timedelta(hours=1),
    timedelta(minutes=15),
    timedelta(0),
)
"""How long before the end of the 12 hours (Nghị định 56/2017 Đ26 K3) the alarms go out; the last at it."""

SHORTEST = timedelta(minutes=1)
"""A repeat or wear-off in a policy is never taken as shorter: a ladder must not ring without pause."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring these rungs; at a repeat of the last step tell the supervisors as well."""

    watch: Watch
    rungs: tuple[Rung, ...]
    supervisors: tuple[Rung, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class WornOff:
    """Taken, but nothing was done in time: nobody has it any more, the ladder starts again here."""

    watch: Watch
    rungs: tuple[Rung, ...]
    taken_by: OfficerId | None
    """Who had it: is told that it was taken away."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """The legal limit comes near and nobody is acting; `left` is zero once it has passed."""

    watch: Watch
    rungs: tuple[Rung, ...]
    """The owner's, or, while nobody has it, of whoever was rung last; then the supervisors'."""
    left: timedelta


Move = Ring | WornOff | Alarm


def start(case_id: CaseId, urgency: Urgency, ladder: Ladder, due_at: datetime | None, now: datetime) -> Watch:
    """A new watch that is due at once (or in the morning, where its policy lets it wait)."""
    # alarms whose time had passed when the alert was raised say nothing that the alert does not
    passed = 0 if due_at is None else sum(due_at - before <= now for before in ALARMS)
    return _timed(
        Watch(
            id=0,
            case=case_id,
            state=WatchState.RINGING,
            urgency=urgency,
            ladder=ladder,
            raised_at=now,
            due_at=due_at,
            alarms=passed,
        ),
        _awake(ladder, urgency, now),
    )


def restart(watch: Watch, urgency: Urgency, ladder: Ladder, due_at: datetime | None, now: datetime) -> Watch:
    """The same watch on another ladder: the urgency rose, the case was handed over, or reopened."""
    return replace(start(watch.case, urgency, ladder, due_at, now), id=watch.id)


def rebased(watch: Watch, urgency: Urgency, ladder: Ladder, due_at: datetime | None, now: datetime) -> Watch:
    """The same watch, still with whoever has it, on another ladder and another legal limit."""
    alarms = start(watch.case, urgency, ladder, due_at, now).alarms
    return _timed(replace(watch, urgency=urgency, ladder=ladder, due_at=due_at, alarms=alarms), watch.ring_at)


def next_move(watch: Watch, now: datetime) -> Move | None:
    """What is due now, with the watch as it is afterwards; ask again until None.

    After a downtime each rung that should have been rung in between is rung once, repeats that were missed
    become one, and so do alarms. A ring that is late goes out even at night.
    """
    if watch.again_at is None or now < watch.again_at:
        return None
    if watch.ring_at is None or now >= watch.ring_at:
        return _wear_off(watch, now) if watch.state is WatchState.TAKEN else _climb(watch, now)
    return _alarm(watch, now)


def refused(watch: Watch, rung: int, now: datetime) -> Ring | None:
    """A channel could not deliver: the next rung goes out at once.

    None if another rung rings already or somebody has the case. When the last rung fails, the other channels
    of the last step and the supervisors are told, once; the clock goes on repeating it.
    """
    if watch.state is not WatchState.RINGING or rung != watch.rung:
        return None
    if rung + 1 < len(watch.ladder.rungs):
        return _climb(replace(watch, ring_at=now), now)
    others = tuple(other for other in _last_step(watch.ladder) if other != watch.ladder.rungs[rung])
    if watch.rounds or not (others or watch.ladder.supervisors):
        return None
    told = _timed(replace(watch, rounds=1), now + _at_least(watch.ladder.repeat))
    return Ring(told, others, watch.ladder.supervisors, repeated=True)


def acknowledged(watch: Watch, officer: OfficerId, now: datetime) -> Watch:
    """Somebody has it: nobody else is rung until that wears off."""
    if watch.state not in (WatchState.RINGING, WatchState.TAKEN):
        return watch
    if watch.state is WatchState.TAKEN and watch.taken_by == officer:
        return watch  # a second press must not prolong it
    taken = replace(watch, state=WatchState.TAKEN, taken_by=officer, taken_at=now)
    return _timed(taken, _awake(watch.ladder, watch.urgency, now + _at_least(watch.ladder.wears_off)))


def acted(watch: Watch, now: datetime) -> Watch:  # noqa: ARG001 - every event of a watch has the same shape
    """Something was done by whoever has it: no wearing off and no alarms. Nobody has it: it rings on."""
    if watch.state is not WatchState.TAKEN:
        return watch
    return _timed(replace(watch, state=WatchState.ACTING), None)


def done(watch: Watch) -> Watch:
    """The case is closed or handed on: nothing is due any more."""
    return _timed(replace(watch, state=WatchState.DONE), None)


def index_of(watch: Watch, rung: Rung) -> int:
    """Where a rung stands in the ladder; -1 for a supervisor's."""
    return watch.ladder.rungs.index(rung) if rung in watch.ladder.rungs else -1


def _climb(watch: Watch, now: datetime) -> Ring:
    rungs, first = watch.ladder.rungs, watch.rung + 1
    if first >= len(rungs):
        return _repeat(watch, now)
    last, due = first, watch.ring_at or now
    # rungs without a wait of their own go out together, and so do those that fell due during a downtime
    while (
        last + 1 < len(rungs) and (due := _awake(watch.ladder, watch.urgency, due + rungs[last].wait)) <= now
    ):
        last += 1
    wait = rungs[last].wait or _at_least(watch.ladder.repeat)
    again = _awake(watch.ladder, watch.urgency, now + wait)
    return Ring(_timed(replace(watch, rung=last), again), rungs[first : last + 1])


def _repeat(watch: Watch, now: datetime) -> Ring:
    again = _awake(watch.ladder, watch.urgency, now + _at_least(watch.ladder.repeat))
    repeated = replace(watch, rounds=watch.rounds + 1)
    return Ring(_timed(repeated, again), _last_step(watch.ladder), watch.ladder.supervisors, repeated=True)


def _wear_off(watch: Watch, now: datetime) -> WornOff:
    fresh = replace(
        watch, state=WatchState.RINGING, rung=-1, rounds=0, ring_at=now, taken_by=None, taken_at=None
    )
    ring = _climb(fresh, now)
    return WornOff(ring.watch, ring.rungs, watch.taken_by)


def _alarm(watch: Watch, now: datetime) -> Alarm | None:
    due_at = watch.due_at
    if due_at is None:
        return None
    passed = sum(due_at - before <= now for before in ALARMS)
    if passed <= watch.alarms:
        return None
    sounded = _timed(replace(watch, alarms=passed), watch.ring_at)
    rungs = (_owner_rungs(watch) + watch.ladder.supervisors) or _last_step(watch.ladder)
    return Alarm(sounded, tuple(dict.fromkeys(rungs)), max(due_at - now, timedelta(0)))


def _owner_rungs(watch: Watch) -> tuple[Rung, ...]:
    rungs = watch.ladder.rungs
    if watch.state is WatchState.TAKEN:
        return tuple(rung for rung in rungs if rung.officer == watch.taken_by)
    if not rungs:
        return ()
    reached = max(watch.rung, 0)
    return tuple(rung for rung in rungs[: reached + 1] if rung.officer == rungs[reached].officer)


def _last_step(ladder: Ladder) -> tuple[Rung, ...]:
    """All rungs of the step at the end: a repeat rings everybody who was last asked, on every channel."""
    if not ladder.rungs:
        return ()
    who = ladder.rungs[-1].who
    return tuple(rung for rung in ladder.rungs if rung.who == who)


def _timed(watch: Watch, ring_at: datetime | None) -> Watch:
    """The watch with its next ring, and `again_at` as the earlier of that and the next alarm."""
    times = [ring_at] if ring_at is not None else []
    open_ = watch.state in (WatchState.RINGING, WatchState.TAKEN)
    if open_ and watch.due_at is not None and watch.alarms < len(ALARMS):
        times.append(watch.due_at - ALARMS[watch.alarms])
    return replace(watch, ring_at=ring_at, again_at=min(times, default=None))


def _at_least(wait: timedelta) -> timedelta:
    return max(wait, SHORTEST)


def _awake(ladder: Ladder, urgency: Urgency, at: datetime) -> datetime:
    """The same moment, or the morning after where this may wait for it. What is urgent never waits."""
    if ladder.quiet is None or urgency.rank >= Urgency.URGENT.rank:
        return at
    return after_quiet(ladder.quiet, at)
