"""Buttons and codes mean what they say; moves are legal or refused with the reason."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.campaigns import codes, moves
from bot.domain.campaigns.campaign import Audience, Campaign, Content, Group, State, Topic
from bot.domain.campaigns.heard import buttons
from bot.domain.campaigns.moves import No, Refused
from bot.domain.campaigns.schedule import Schedule
from bot.domain.officers import Officer, Role

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HERE, THERE = "24163", "24169"
CAMPAIGN = Campaign(
    1, "c", "C", Content({}), Audience(units=(HERE,)), Schedule(()), state=State.PROPOSED, author=1
)


def officer(role: Role, *units: str, id_: int = 2) -> Officer:
    return Officer(id_, f"O{id_}", "…", role, units=units)


@pytest.mark.parametrize(
    ("role", "units", "why"),
    [
        (Role.CHAIR, (HERE,), None),
        (Role.SUPERVISOR, ("66",), None),
        (Role.PROVINCE, (), None),
        (Role.CHAIR, (THERE,), No.AREA),
        (Role.COMMUNE_OFFICER, (HERE,), No.ROLE),
        (Role.PROVINCE_DUTY, ("66",), No.ROLE),
        (Role.POLICE, (HERE,), No.ROLE),
        (Role.COLLABORATOR, (HERE,), No.ROLE),
        (Role.ADMIN, (), No.ROLE),
    ],
)
def test_who_may_approve(role: Role, units: tuple[str, ...], why: No | None) -> None:
    moved = moves.approve(CAMPAIGN, officer(role, *units), NOW, NOW)
    assert (moved.why if isinstance(moved, Refused) else None) == why


def test_the_duty_officer_of_the_province_may_approve_what_is_urgent() -> None:
    urgent = replace(CAMPAIGN, urgent=True)
    assert isinstance(moves.approve(urgent, officer(Role.PROVINCE_DUTY, "66"), NOW, NOW), Campaign)


def test_the_author_is_refused_whatever_the_role() -> None:
    assert moves.approve(CAMPAIGN, officer(Role.PROVINCE, id_=1), NOW, NOW) == Refused(No.AUTHOR)


STATES = [
    (moves.propose, State.DRAFT, State.PROPOSED),
    (moves.propose, State.STOPPED, No.OVER),
    (moves.propose, State.APPROVED, No.RUNS),
    (moves.send_back, State.PROPOSED, State.DRAFT),
    (moves.send_back, State.APPROVED, No.NOT_PROPOSED),
    (moves.pause, State.APPROVED, State.PAUSED),
    (moves.pause, State.DRAFT, No.NOT_RUNNING),
    (moves.stop, State.DRAFT, State.STOPPED),
    (moves.stop, State.APPROVED, State.STOPPED),
    (moves.stop, State.STOPPED, State.STOPPED),
    (moves.write, State.DRAFT, State.DRAFT),
    (moves.write, State.PROPOSED, State.DRAFT),
    (moves.write, State.PAUSED, State.DRAFT),
    (moves.write, State.APPROVED, No.RUNS),
    (moves.write, State.DONE, No.OVER),
]


@pytest.mark.parametrize(("move", "state", "becomes"), STATES)
def test_legal_moves(move: object, state: State, becomes: State | No) -> None:
    moved = move(replace(CAMPAIGN, state=state), officer(Role.SUPERVISOR))  # type: ignore[operator]
    assert (moved.why if isinstance(moved, Refused) else moved.state) == becomes


def test_resuming_takes_somebody_who_may_approve() -> None:
    paused = replace(CAMPAIGN, state=State.PAUSED)
    assert moves.resume(paused, officer(Role.COMMUNE_OFFICER, HERE), NOW) == Refused(No.ROLE)
    resumed = moves.resume(paused, officer(Role.CHAIR, HERE), NOW)
    assert isinstance(resumed, Campaign)
    assert (resumed.state, resumed.next_at) == (State.APPROVED, NOW)


def test_a_change_makes_whoever_made_it_the_author() -> None:
    changed = moves.write(replace(CAMPAIGN, approver=9), officer(Role.SUPERVISOR))
    assert isinstance(changed, Campaign)
    assert (changed.author, changed.approver) == (2, None)


PRESSES: list[tuple[str, buttons.Pressed]] = [
    (buttons.answer(999_999_999, 5, 5), buttons.Answered(999_999_999, 5, 5)),
    (buttons.comes(7, yes=True), buttons.Comes(7, True)),
    (buttons.comes(7, yes=False), buttons.Comes(7, False)),
    (buttons.STOP, buttons.Stops()),
    (buttons.YES, buttons.Subscribes()),
    (buttons.TOPICS, buttons.Chooses()),
    (buttons.topic(Topic.CHILD_LABOUR), buttons.Chooses(Topic.CHILD_LABOUR)),
]


@pytest.mark.parametrize(("tap", "meant"), PRESSES)
def test_a_button_carries_what_it_means_in_64_bytes(tap: str, meant: buttons.Pressed) -> None:
    assert buttons.pressed(tap) == meant
    assert len(tap.encode()) <= 64


@pytest.mark.parametrize(
    "tap", ["", "k", "k:q:1:2", "k:q:x:0:0", "k:q:٣:0:0", "k:t:war", "k:e:1:z", "q:1:a:b", "c:help"]
)
def test_other_taps_are_none_of_ours(tap: str) -> None:
    assert buttons.pressed(tap) is None


TYPED: list[tuple[str, buttons.Pressed | None]] = [
    ("TL 12 1 2", buttons.Answered(12, 0, 1)),
    ("tl 12.1.2", buttons.Answered(12, 0, 1)),
    ("trả lời 12 1 2", buttons.Answered(12, 0, 1)),
    ("DU 12", buttons.Comes(12, True)),
    ("dự 12", buttons.Comes(12, True)),
    ("KHONG DU 12", buttons.Comes(12, False)),
    ("đi 12", None),
    ("12 1 2", None),
    ("tl", None),
]


@pytest.mark.parametrize(("text", "meant"), TYPED)
def test_the_same_answers_typed(text: str, meant: buttons.Pressed | None) -> None:
    assert buttons.typed(text) == meant


@pytest.mark.parametrize(
    ("unit", "group", "tags"),
    [(HERE, Group.PARENT, ("thcs_a",)), (None, None, ()), (HERE, None, ("a", "b")), (None, Group.CHILD, ())],
)
def test_a_code_is_read_as_it_was_written(
    unit: str | None, group: Group | None, tags: tuple[str, ...]
) -> None:
    code = codes.write(unit, group, tags)
    assert len(code) <= codes.LONGEST
    found = codes.read(code.upper())
    assert found is not None
    assert (found.unit, found.group, found.tags) == (unit, group, frozenset(tags))


@pytest.mark.parametrize("code", ["", "AbCdEf123456", "tintin-24163", "tin-" + "a" * 70, "tin-24163-Trường"])
def test_what_is_no_code_of_ours(code: str) -> None:
    assert codes.read(code) is None


def test_a_code_that_no_link_can_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="Trường"):
        codes.write(HERE, None, ("Trường",))


@pytest.mark.parametrize(("unit", "tags"), [("66", ()), ("123", ()), (None, ("parent",)), (None, ("",))])
def test_a_poster_that_would_be_read_otherwise_is_refused(unit: str | None, tags: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="tin"):
        codes.write(unit, None, tags)
