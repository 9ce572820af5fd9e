"""What makes sure that somebody answers."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cases import CaseId, Ladder, OfficerId, Rung, Watch, WatchState
from bot.domain.escalation import (
    ALARMS,
    Alarm,
    Move,
    Ring,
    WornOff,
    acknowledged,
    acted,
    done,
    next_move,
    refused,
    restart,
    start,
)
from bot.domain.kinds import Urgency
from tests.domain.small_office import FIVE, NOON

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ZERO = timedelta(0)
ONE = CaseId(1)


def rung(officer: int, wait: timedelta = FIVE, who: str = "", channel: str = "desk") -> Rung:
    return Rung(OfficerId(officer), channel, wait, who or f"step{officer}")


BOSS = rung(9, ZERO, "supervisor")
LADDER = Ladder(
    (rung(1), rung(2, ZERO), rung(3), rung(4)),
    repeat=timedelta(minutes=10),
    wears_off=timedelta(minutes=30),
    supervisors=(BOSS,),
)


def begin(
    ladder: Ladder = LADDER, urgency: Urgency = Urgency.EMERGENCY, due: datetime | None = None
) -> Watch:
    return start(ONE, urgency, ladder, due, NOON)


def moves(watch: Watch, now: datetime) -> tuple[Watch, list[Move]]:
    """All that is due now; fails if it does not come to an end."""
    found: list[Move] = []
    for _ in range(5):
        made = next_move(watch, now)
        if made is None:
            return watch, found
        found.append(made)
        watch = made.watch
    raise AssertionError("the watch does not come to rest")


def officers(made: Move | None) -> list[int]:
    assert made is not None
    return [one.officer for one in made.rungs]


def test_the_first_rung_rings_at_once_and_the_next_after_its_wait() -> None:
    watch, first = moves(begin(), NOON)
    assert [officers(made) for made in first] == [[1]]
    assert next_move(watch, NOON + FIVE - MINUTE) is None
    assert officers(next_move(watch, NOON + FIVE)) == [2, 3]  # 2 has no wait of its own: together


def test_the_last_step_repeats_for_ever_and_tells_the_supervisors() -> None:
    watch, at = begin(), NOON
    for _ in range(3):
        watch, _ = moves(watch, at)
        at += FIVE
    for round_ in range(1, 50):
        watch, made = moves(watch, at)
        assert isinstance(made[0], Ring)
        assert (officers(made[0]), made[0].supervisors, made[0].repeated) == ([4], (BOSS,), True)
        assert watch.rounds == round_
        at += timedelta(minutes=10)


def test_a_repeat_rings_everybody_of_the_last_step() -> None:
    ladder = replace(LADDER, rungs=(rung(1), rung(2, who="duty"), rung(3, who="duty")))
    watch = replace(begin(ladder), rung=2, ring_at=NOON, again_at=NOON)
    assert officers(next_move(watch, NOON)) == [2, 3]


def test_an_acknowledgement_stops_the_ladder_and_wears_off_without_action() -> None:
    watch, _ = moves(begin(), NOON)
    watch = acknowledged(watch, OfficerId(1), NOON + MINUTE)
    assert next_move(watch, NOON + timedelta(minutes=30)) is None
    made = next_move(watch, NOON + timedelta(minutes=31))
    assert isinstance(made, WornOff)
    assert (officers(made), made.taken_by, made.watch.state) == ([1], 1, WatchState.RINGING)
    assert officers(next_move(made.watch, NOON + timedelta(minutes=36))) == [2, 3]


def test_a_second_press_does_not_prolong_the_acknowledgement() -> None:
    watch = acknowledged(moves(begin(), NOON)[0], OfficerId(1), NOON)
    assert acknowledged(watch, OfficerId(1), NOON + FIVE) == watch


def test_action_ends_the_ringing_and_the_alarms() -> None:
    watch = acknowledged(begin(due=NOON + 12 * HOUR), OfficerId(1), NOON)
    watch = acted(watch, NOON + MINUTE)
    assert watch.state is WatchState.ACTING
    assert watch.again_at is None
    assert next_move(watch, NOON + 30 * HOUR) is None


def test_action_by_nobody_in_particular_does_not_stop_the_ringing() -> None:
    assert acted(begin(), NOON) == begin()


def test_a_closed_case_is_quiet_and_late_presses_do_nothing() -> None:
    watch = done(moves(begin(due=NOON + 12 * HOUR), NOON)[0])
    assert next_move(watch, NOON + 12 * HOUR) is None
    assert acknowledged(watch, OfficerId(2), NOON) == watch
    assert refused(watch, watch.rung, NOON) is None


def test_an_unreachable_rung_gives_way_at_once() -> None:
    watch, _ = moves(begin(), NOON)
    made = refused(watch, 0, NOON + MINUTE)
    assert officers(made) == [2, 3]
    assert made is not None
    assert refused(made.watch, 0, NOON + MINUTE) is None  # told late: others ring already
    assert refused(made.watch, 1, NOON + MINUTE) is None  # 3 rings together with it
    assert officers(refused(made.watch, 2, NOON + MINUTE)) == [4]


def test_when_the_last_rung_is_unreachable_the_supervisors_are_told_once() -> None:
    watch = replace(begin(), rung=3, ring_at=NOON + FIVE, again_at=NOON + FIVE)
    made = refused(watch, 3, NOON)
    assert made is not None
    assert (made.rungs, made.supervisors) == ((), (BOSS,))
    assert refused(made.watch, 3, NOON + MINUTE) is None
    assert officers(next_move(made.watch, NOON + timedelta(minutes=10))) == [4]


def test_a_refusal_after_somebody_took_it_rings_nobody() -> None:
    watch = acknowledged(moves(begin(), NOON)[0], OfficerId(1), NOON)
    assert refused(watch, 0, NOON) is None


def test_after_a_downtime_each_due_rung_rings_once() -> None:
    watch, _ = moves(begin(), NOON)
    watch, made = moves(watch, NOON + timedelta(minutes=10))
    assert [officers(one) for one in made] == [[2, 3, 4]]
    watch, made = moves(begin(), NOON + 24 * HOUR)
    assert [officers(one) for one in made] == [[1, 2, 3, 4]]
    assert next_move(watch, NOON + 24 * HOUR) is None


def test_alarms_go_to_the_owner_and_the_supervisors_before_the_twelve_hours_end() -> None:
    watch = acknowledged(begin(due=NOON + 12 * HOUR), OfficerId(1), NOON)
    watch = replace(watch, ring_at=NOON + 100 * HOUR)  # an acknowledgement that does not wear off today
    lefts = []
    for minutes in range(0, 13 * 60, 5):
        watch, made = moves(watch, NOON + timedelta(minutes=minutes))
        for one in made:
            assert isinstance(one, Alarm)
            assert officers(one) == [1, 9]
            lefts.append(one.left)
    assert lefts == list(ALARMS)


def test_missed_alarms_become_one_that_tells_the_time_really_left() -> None:
    watch = acknowledged(begin(due=NOON + 12 * HOUR), OfficerId(1), NOON)
    watch = replace(watch, ring_at=NOON + 100 * HOUR)
    _, made = moves(watch, NOON + timedelta(hours=11, minutes=10))
    assert [one.left for one in made if isinstance(one, Alarm)] == [timedelta(minutes=50)]


def test_an_alarm_while_nobody_has_it_goes_to_whoever_was_rung_last() -> None:
    ladder = replace(LADDER, repeat=100 * HOUR)
    watch = replace(
        begin(ladder, due=NOON + 5 * HOUR), rung=3, ring_at=NOON + 100 * HOUR, again_at=NOON + HOUR
    )
    assert officers(next_move(watch, NOON + HOUR)) == [4, 9]


def test_a_report_that_comes_late_does_not_start_with_old_alarms() -> None:
    watch, made = moves(begin(due=NOON + timedelta(minutes=90)), NOON)
    assert [type(one) for one in made] == [Ring]
    assert watch.alarms == 2


def test_what_is_standard_waits_until_morning_and_an_emergency_never() -> None:
    quiet = replace(LADDER, quiet=(time(22), time(6)))
    night = datetime.fromisoformat("2026-11-20T23:10+07:00")
    morning = datetime.fromisoformat("2026-11-21T06:00+07:00")
    assert start(ONE, Urgency.STANDARD, quiet, None, night).again_at == morning
    assert start(ONE, Urgency.STANDARD, quiet, None, morning - MINUTE).again_at == morning
    assert start(ONE, Urgency.STANDARD, quiet, None, morning).again_at == morning
    for urgency in (Urgency.URGENT, Urgency.EMERGENCY):
        assert start(ONE, urgency, quiet, None, night).again_at == night


def test_a_standard_ladder_does_not_climb_through_the_night() -> None:
    quiet = replace(LADDER, quiet=(time(22), time(6)), rungs=(rung(1, 4 * HOUR), rung(2, 4 * HOUR)))
    evening = datetime.fromisoformat("2026-11-20T20:00+07:00")
    watch, _ = moves(start(ONE, Urgency.STANDARD, quiet, None, evening), evening)
    assert watch.again_at == datetime.fromisoformat("2026-11-21T06:00+07:00")


def test_a_restart_keeps_the_watch_and_rings_the_new_ladder_from_its_beginning() -> None:
    watch = acknowledged(moves(replace(begin(), id=7), NOON)[0], OfficerId(1), NOON)
    again = restart(watch, Urgency.EMERGENCY, replace(LADDER, rungs=(rung(5), rung(6))), None, NOON + HOUR)
    assert again.id == 7
    assert officers(next_move(again, NOON + HOUR)) == [5]


def test_an_empty_ladder_still_tells_the_supervisors_again_and_again() -> None:
    watch = begin(replace(LADDER, rungs=()))
    for at in (NOON, NOON + timedelta(minutes=10)):
        watch, made = moves(watch, at)
        assert isinstance(made[0], Ring)
        assert made[0].supervisors == (BOSS,)


def test_a_policy_that_forbids_pauses_is_not_believed() -> None:
    watch, _ = moves(begin(replace(LADDER, rungs=(rung(1, ZERO),), repeat=ZERO)), NOON)
    assert watch.again_at is not None
    assert watch.again_at >= NOON + MINUTE


# --- whatever the clock does ---------------------------------------------------------------------------

waits = st.integers(0, 240).map(lambda minutes: timedelta(minutes=minutes))
ladders = st.builds(
    lambda each, repeat, off, quiet: Ladder(
        tuple(rung(n, wait) for n, wait in enumerate(each, 1)),
        repeat,
        off,
        (BOSS,),
        quiet=(time(22), time(6)) if quiet else None,
    ),
    st.lists(waits, min_size=1, max_size=8),
    waits,
    waits,
    st.booleans(),
)
jumps = st.lists(
    st.integers(0, 5000).map(lambda minutes: timedelta(minutes=minutes)), min_size=1, max_size=40
)
urgencies = st.sampled_from(list(Urgency))
limits = st.none() | st.integers(1, 12).map(lambda hours: NOON + timedelta(hours=hours))


@settings(max_examples=150, deadline=None)
@given(ladders, urgencies, limits, jumps)
def test_while_nobody_answers_it_never_stops(
    ladder: Ladder, urgency: Urgency, due: datetime | None, skips: list[timedelta]
) -> None:
    watch, now = start(ONE, urgency, ladder, due, NOON), NOON
    for skip in skips:
        now += skip
        watch, _ = moves(watch, now)
        assert watch.again_at is not None
        assert now < watch.again_at <= now + timedelta(hours=12)


@settings(max_examples=150, deadline=None)
@given(ladders, limits, jumps)
def test_every_rung_rings_exactly_once_before_the_first_repeat(
    ladder: Ladder, due: datetime | None, skips: list[timedelta]
) -> None:
    watch, now, rung_so_far, repeats = start(ONE, Urgency.EMERGENCY, ladder, due, NOON), NOON, [], 0
    for skip in skips:
        now += skip
        watch, made = moves(watch, now)
        for one in made:
            if isinstance(one, Ring) and not one.repeated:
                assert repeats == 0
                rung_so_far += list(one.rungs)
            repeats += isinstance(one, Ring) and one.repeated
    assert tuple(rung_so_far) == ladder.rungs[: len(rung_so_far)]
    assert not repeats or len(rung_so_far) == len(ladder.rungs)


@settings(max_examples=100, deadline=None)
@given(ladders, limits, jumps)
def test_each_alarm_sounds_at_most_once_and_the_last_one_always(
    ladder: Ladder, due: datetime | None, skips: list[timedelta]
) -> None:
    watch, now, alarms = start(ONE, Urgency.URGENT, ladder, due, NOON), NOON, 0
    for skip in skips:
        now += skip
        watch, made = moves(watch, now)
        alarms += sum(isinstance(one, Alarm) for one in made)
    assert alarms <= len(ALARMS)
    assert due is None or now < due or watch.alarms == len(ALARMS)


@settings(max_examples=150, deadline=None)
@given(ladders, jumps, st.data())
def test_taking_wearing_off_and_refusing_in_any_order_leaves_it_awake(
    ladder: Ladder, skips: list[timedelta], data: st.DataObject
) -> None:
    watch, now = start(ONE, Urgency.EMERGENCY, ladder, None, NOON), NOON
    for skip in skips:
        now += skip
        watch, _ = moves(watch, now)
        match data.draw(st.sampled_from(["wait", "take", "refuse"])):
            case "take":
                watch = acknowledged(watch, OfficerId(data.draw(st.integers(1, 8))), now)
            case "refuse":
                made = refused(watch, data.draw(st.integers(0, 7)), now)
                watch = made.watch if made else watch
            case _:
                pass
        assert watch.state in (WatchState.RINGING, WatchState.TAKEN)
        assert watch.again_at is not None
        assert watch.again_at > now
