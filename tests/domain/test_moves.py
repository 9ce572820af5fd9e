"""The legal moves of a case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.actions import (
    Accuse,
    Act,
    Action,
    Close,
    HandOn,
    Listened,
    Reopen,
    SetKind,
    SetPlace,
    SetUrgency,
    Take,
    Transfer,
    WearOff,
)
from bot.domain.cases import Case, Excluded, OfficerId, Result, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.moves import No, Refusal, move
from tests.domain.small_office import CHAIR, DUTY, EVERYBODY, HERE, HOA, MINH, NOON, POLICE, case

LATER = NOON + timedelta(minutes=5)
NEW = case()
TAKEN = case(status=Status.TAKEN, owner=OfficerId(HOA.id), taken_at=NOON)
ACTING = replace(TAKEN, status=Status.ACTING, acted_at=NOON)
HANDED_ON = replace(TAKEN, status=Status.HANDED_ON)
CLOSED = replace(ACTING, status=Status.CLOSED, closed_at=NOON, result=Result.SAFE)


def done(before: Case, action: Action) -> Case:
    after = move(before, action, LATER)
    assert isinstance(after, Case), after
    return after


def refusal(before: Case, action: Action) -> Refusal:
    after = move(before, action, LATER)
    assert isinstance(after, Refusal), after
    return after


def test_taking_makes_it_mine() -> None:
    after = done(NEW, Take(HOA))
    assert (after.status, after.owner, after.taken_at) == (Status.TAKEN, HOA.id, LATER)


def test_the_second_who_presses_learns_who_has_it_since_when() -> None:
    assert refusal(TAKEN, Take(MINH)) == Refusal(No.ALREADY_TAKEN, OfficerId(HOA.id), NOON)
    assert refusal(ACTING, Take(MINH)).why is No.ALREADY_TAKEN


def test_pressing_twice_changes_nothing() -> None:
    for before, action in (
        (TAKEN, Take(HOA)),
        (ACTING, Take(HOA)),
        (CLOSED, Close(HOA, Result.SAFE)),
        (NEW, SetUrgency(NEW.urgency)),
        (NEW, WearOff()),
    ):
        assert done(before, action) == before


STATES: dict[str, Case] = {
    "new": NEW,
    "taken": TAKEN,
    "acting": ACTING,
    "gone": HANDED_ON,
    "closed": CLOSED,
}
BY_OWNER: dict[str, Callable[[], Action]] = {
    "take": lambda: Take(HOA),
    "act": lambda: Act(HOA),
    "transfer": lambda: Transfer(HOA, MINH, "nhầm xã"),
    "hand_on": lambda: HandOn(HOA, "tỉnh khác"),
    "close": lambda: Close(HOA, Result.PLAN),
    "reopen": lambda: Reopen(HOA),
    "raise": lambda: SetUrgency(Urgency.EMERGENCY, HOA),
    "kind": lambda: SetKind(HOA, Kind.NEGLECT),
    "place": lambda: SetPlace(HOA, unit=HERE),
    "wear_off": WearOff,
}
TABLE = """
       take    act     transfer hand_on close      reopen raise   kind    place   wear_off
new    taken   acting  new      gone    !not_taken !open  new     new     new     new
taken  taken   acting  new      gone    closed     !open  taken   taken   taken   new
acting acting  acting  new      gone    closed     !open  acting  acting  acting  acting
gone   !gone   !gone   !gone    !gone   closed     new    gone    !gone   !gone   gone
closed !closed !closed !closed  !closed !closed    new    !closed !closed !closed closed
"""
"""What becomes of the case; "!" is a refusal, "gone" stands for handed on."""


HEADER, *ROWS = (line.split() for line in TABLE.strip().splitlines())


@pytest.mark.parametrize(
    ("state", "action", "outcome"),
    [(state, action, outcome) for state, *row in ROWS for action, outcome in zip(HEADER, row, strict=True)],
)
def test_every_status_and_action_has_an_answer(state: str, action: str, outcome: str) -> None:
    after = move(STATES[state], BY_OWNER[action](), LATER)
    assert (f"!{after.why}" if isinstance(after, Refusal) else after.status) == outcome.replace(
        "gone", "handed_on"
    )


@pytest.mark.parametrize(
    "action",
    [Act(MINH), Transfer(MINH, CHAIR, "x"), HandOn(MINH, "x"), Close(MINH, Result.SAFE), Listened(MINH)],
)
def test_nobody_else_moves_my_case_but_an_overseer(action: Action) -> None:
    assert refusal(TAKEN, action) == Refusal(No.NOT_YOURS, OfficerId(HOA.id), NOON)


def test_an_overseer_may_move_anybodys_case() -> None:
    assert done(TAKEN, Transfer(DUTY, MINH, "Hoa nghỉ ốm")).owner is None
    assert done(TAKEN, Close(DUTY, Result.SAFE)).owner == HOA.id


@pytest.mark.parametrize(
    ("accused", "who"),
    [
        (Excluded(officers=(HOA.id,)), HOA),
        (Excluded(roles=("police",)), POLICE),
        (Excluded(units=(HERE,)), CHAIR),
    ],
)
def test_the_accused_can_do_nothing_with_it(accused: Excluded, who: object) -> None:
    assert who in (HOA, POLICE, CHAIR)
    officer = HOA if who is HOA else POLICE if who is POLICE else CHAIR
    for action in (Take(officer), Act(officer), SetUrgency(Urgency.EMERGENCY, officer), Reopen(officer)):
        assert refusal(replace(NEW, excluded=accused), action) == Refusal(No.EXCLUDED)
    assert refusal(replace(NEW, excluded=accused), Transfer(DUTY, officer, "x")).why is No.EXCLUDED


def test_who_is_accused_after_taking_loses_it() -> None:
    after = done(ACTING, Accuse(Excluded(roles=("commune_officer",)), owner=HOA))
    assert (after.status, after.owner) == (Status.NEW, None)
    assert done(ACTING, Accuse(Excluded(roles=("police",)), owner=HOA)).owner == HOA.id


def test_accusations_add_up_and_none_is_lost() -> None:
    once = done(NEW, Accuse(Excluded(officers=(4,), roles=("police",))))
    twice = done(once, Accuse(Excluded(officers=(4, 3), units=(HERE,))))
    assert twice.excluded == Excluded(officers=(4, 3), units=(HERE,), roles=("police",))


def test_raising_is_free_and_lowering_needs_a_person_and_a_reason() -> None:
    urgent = case(urgency=Urgency.URGENT)
    assert done(urgent, SetUrgency(Urgency.EMERGENCY)).urgency is Urgency.EMERGENCY
    assert done(TAKEN, SetUrgency(Urgency.EMERGENCY, MINH)).urgency is Urgency.EMERGENCY
    assert refusal(urgent, SetUrgency(Urgency.STANDARD)).why is No.REASON_NEEDED
    assert refusal(urgent, SetUrgency(Urgency.STANDARD, HOA, "  ")).why is No.REASON_NEEDED
    assert done(urgent, SetUrgency(Urgency.STANDARD, HOA, "trẻ đã an toàn")).urgency is Urgency.STANDARD
    assert refusal(TAKEN, SetUrgency(Urgency.STANDARD, MINH, "x")).why is No.NOT_YOURS


@pytest.mark.parametrize("action", [Transfer(HOA, MINH, " "), HandOn(HOA, "")])
def test_passing_it_on_needs_a_reason(action: Action) -> None:
    assert refusal(TAKEN, action).why is No.REASON_NEEDED


def test_a_voice_message_must_be_heard_before_closing() -> None:
    unheard = replace(TAKEN, needs_listening=True)
    assert refusal(unheard, Close(HOA, Result.ANSWERED)).why is No.NOT_LISTENED
    assert done(done(unheard, Listened(HOA)), Close(HOA, Result.ANSWERED)).status is Status.CLOSED


def test_a_greeting_is_closed_with_one_press_and_is_then_somebodys() -> None:
    after = done(case(urgency=Urgency.NONE, kind=Kind.OFF_TOPIC), Close(HOA, Result.ANSWERED))
    assert (after.status, after.owner, after.closed_at) == (Status.CLOSED, HOA.id, LATER)


def test_a_reopened_case_is_nobodys_and_has_no_result() -> None:
    after = done(CLOSED, Reopen())
    assert (after.status, after.owner, after.closed_at, after.result) == (Status.NEW, None, None, None)


def test_acting_on_what_nobody_has_takes_it() -> None:
    after = done(NEW, Act(HOA))
    assert (after.status, after.owner, after.taken_at, after.acted_at) == (
        Status.ACTING,
        HOA.id,
        LATER,
        LATER,
    )


def test_the_clock_and_the_opening_of_a_case_cannot_be_moved() -> None:
    for action in (make() for make in BY_OWNER.values()):
        after = move(TAKEN, action, LATER)
        if isinstance(after, Case):
            assert (after.clock_from, after.opened_at, after.due_at) == (
                NEW.clock_from,
                NEW.opened_at,
                NEW.due_at,
            )


actions = st.sampled_from([make() for make in BY_OWNER.values()] + [Take(MINH), Act(DUTY), Reopen()])


@given(st.lists(actions, max_size=12))
def test_whatever_is_pressed_an_owned_case_has_an_owner_and_a_new_one_has_none(pressed: list[Action]) -> None:
    at = NEW
    for action in pressed:
        after = move(at, action, LATER)
        at = after if isinstance(after, Case) else at
        assert (at.status is Status.NEW) <= (at.owner is None)
        assert (at.status in (Status.TAKEN, Status.ACTING)) <= (at.owner in {one.id for one in EVERYBODY})
        assert (at.status is Status.CLOSED) == (at.result is not None)
