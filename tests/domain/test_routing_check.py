"""Whether every unit, kind and hour ends at somebody: the check finds every hole and invents none."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.data.demo.make import demo_office
from bot.data.units import load_units
from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import Absence, NumberFact, Officer, Policy, PolicyStep, Role, Roster, Shift
from bot.domain.routing import responsible
from bot.office.check import Checked, check_office
from bot.office.files import on_the_desk
from bot.office.holes import Hole, find_holes, of_a_ladder
from bot.office.situations import situations
from locales.catalogue import load as load_words
from tests.domain.small_office import (
    CHAIR,
    DUTY,
    ELSEWHERE,
    EVERYBODY,
    HERE,
    HOA,
    NOON,
    OFFICE,
    case,
    with_officers,
)

NAMES = {unit.code: unit.name for unit in load_units().communes}
NUMBERS = {name: name for name in ("111", "112", "113", "114", "115")}
WHOLE = replace(
    OFFICE,
    numbers=NUMBERS,
    officers=tuple(
        replace(one, units=(HERE, ELSEWHERE)) if one.role in (Role.CHAIR, Role.POLICE) else one
        for one in EVERYBODY
    ),
    policies={
        urgency: replace(policy, steps=(policy.steps[0], *policy.steps[3:]))
        for urgency, policy in OFFICE.policies.items()
    },
)
"""The small office without its deputy's and police's step: nothing is missing in it."""


def name(unit: str) -> str:
    return NAMES.get(unit, unit)


def holes(roster: Roster, now: datetime = NOON) -> set[tuple[str, str]]:
    return {(hole.what, hole.who) for hole in find_holes(roster, now) if hole.serious}


def told(checked: Checked, lang: str = "vi") -> list[str]:
    words = load_words()
    return [words.render(line, lang) for line in checked.lines]


def test_the_demo_office_passes_with_everybody_on_the_desk_within_seconds() -> None:
    office = on_the_desk(demo_office())
    began = perf_counter()
    checked = check_office(office, NOON, name)
    assert perf_counter() - began < 5
    assert checked.holes == 0
    assert "104 địa bàn × 13 loại việc × 4 mức khẩn × 168 giờ" in told(checked)[-1]


def test_the_old_number_of_the_demo_office_is_named_although_it_passes() -> None:
    lines = told(check_office(on_the_desk(demo_office()), NOON, name))
    assert [line for line in lines if "office" in line and line.startswith("•")]


def test_an_office_that_nobody_has_enrolled_in_does_not_pass() -> None:
    found = holes(demo_office())
    assert {("default_route", ""), ("no_address", "SYT-TRUC-1"), ("unreachable", "TE-24163")} <= found


def test_nothing_is_missing_in_the_whole_office() -> None:
    assert holes(WHOLE) == set()
    assert check_office(WHOLE, NOON, name).holes == 0


def test_a_commune_without_officer_is_named_with_its_name() -> None:
    alone = with_officers(replace(HOA, units=(ELSEWHERE,)), roster=WHOLE)
    assert ("empty", "responsible") in holes(alone)
    assert any(f"{NAMES[HERE]} ({HERE})" in line for line in told(check_office(alone, NOON, name)))


def test_somebody_without_a_working_address_is_named() -> None:
    assert ("unreachable", "CHAIR") in holes(
        with_officers(replace(CHAIR, reachable=frozenset()), roster=WHOLE)
    )


def test_a_deputy_on_leave_is_named_while_the_leave_is_near() -> None:
    leave = Absence("MINH", NOON + timedelta(days=6), NOON + timedelta(days=9))
    assert ("deputy_away", "MINH") in holes(replace(WHOLE, absences=(leave,)))
    assert ("deputy_away", "MINH") not in holes(replace(WHOLE, absences=(leave,)), NOON - timedelta(days=30))


def test_an_hour_without_duty_is_found_wherever_in_the_week_it_lies() -> None:
    gap = replace(
        WHOLE,
        shifts=(
            Shift("DUTY", (0, 1, 2, 3, 5, 6), time(0), time(0)),
            Shift("DUTY", (4,), time(0), time(20)),
            Shift("DUTY", (4,), time(21), time(0)),
        ),
    )
    found = find_holes(gap, NOON)
    at = {where.first for hole, where in found.items() if hole.what == "off_duty_rung"}
    assert at == {datetime.fromisoformat("2026-11-20T20:00+07:00")}
    whole_week = replace(WHOLE, shifts=(Shift("DUTY", (0, 1, 2, 3, 4, 5, 6), time(0), time(0)),))
    assert holes(whole_week) == set()


def test_an_officer_for_some_kinds_leaves_a_hole_for_the_others() -> None:
    choosy = with_officers(replace(HOA, kinds=(Kind.VIOLENCE,)), roster=WHOLE)
    where = find_holes(choosy, NOON)[Hole("empty", "responsible", "emergency")]
    assert HERE in where.units
    assert set(where.kinds) == set(Kind) - {Kind.VIOLENCE, Kind.UNKNOWN}


def test_a_default_route_that_nobody_can_be_reached_on_is_a_hole() -> None:
    assert ("default_route", "") in holes(replace(WHOLE, default_route=()))
    assert ("default_unknown", "GONE") in holes(replace(WHOLE, default_route=("DUTY", "GONE")))
    assert ("default_route", "") in holes(with_officers(replace(DUTY, reachable=frozenset()), roster=WHOLE))


def test_missing_and_expired_numbers_are_holes_and_old_ones_cautions() -> None:
    numbers = {**NUMBERS, "office": "0262.3951567"}
    del numbers["113"]
    facts = {"115": NumberFact(expires=date(2026, 11, 20)), "office": NumberFact(verified=date(2020, 6, 30))}
    office = replace(WHOLE, numbers=numbers, number_facts=facts)
    assert {("number_missing", "113"), ("number_expired", "115")} == holes(office)
    assert Hole("number_old", "office", serious=False) in find_holes(office, NOON)
    tried = {**facts, "office": NumberFact(verified=date(2026, 3, 1))}
    assert Hole("number_old", "office", serious=False) not in find_holes(
        replace(office, number_facts=tried), NOON
    )


def test_an_urgency_without_policy_is_a_hole() -> None:
    policies = {Urgency.EMERGENCY: WHOLE.policies[Urgency.EMERGENCY]}
    found = {
        hole.urgency for hole in find_holes(replace(WHOLE, policies=policies), NOON) if hole.what == "policy"
    }
    assert found == {"none", "standard", "urgent"}


def test_a_ladder_that_takes_too_long_is_a_caution() -> None:
    slow = Policy(
        Urgency.EMERGENCY,
        (PolicyStep("responsible", timedelta(hours=2)), PolicyStep("province_duty", timedelta(hours=1))),
        timedelta(hours=1),
        timedelta(hours=1),
    )
    found = find_holes(replace(WHOLE, policies={**WHOLE.policies, Urgency.EMERGENCY: slow}), NOON)
    assert Hole("slow", "", "emergency", serious=False) in found


def test_every_line_of_a_broken_office_has_words_in_both_languages() -> None:
    broken = replace(
        demo_office(), default_route=("GONE",), policies={}, numbers={}, officers=demo_office().officers[:7]
    )
    checked = check_office(broken, NOON, name)
    assert checked.holes > 5
    assert len(told(checked, "en")) == len(told(checked, "vi")) == len(checked.lines)


# --- whatever the office looks like ---

hours = st.integers(0, 23).map(time)
shifts = st.builds(
    Shift,
    st.sampled_from(["HOA", "CHAIR", "DUTY"]),
    st.sets(st.integers(0, 6), min_size=1).map(tuple),
    hours,
    hours,
)
absences = st.builds(
    lambda who, start, length: Absence(who, NOON + start, NOON + start + length),
    st.sampled_from([one.code for one in EVERYBODY]),
    st.integers(-100, 200).map(lambda hour: timedelta(hours=hour)),
    st.integers(1, 100).map(lambda hour: timedelta(hours=hour)),
)
changed = st.builds(
    lambda one, reachable, kinds, units: replace(
        one, reachable=frozenset({"desk"} if reachable else ()), kinds=kinds, units=units or one.units
    ),
    st.sampled_from(EVERYBODY),
    st.booleans(),
    st.sampled_from([(), (Kind.VIOLENCE,), (Kind.NEGLECT, Kind.ADVICE)]),
    st.sampled_from([(), (HERE,), (ELSEWHERE,), (HERE, ELSEWHERE)]),
)
questions = st.tuples(
    st.sampled_from([HERE, ELSEWHERE, None, "00004"]),
    st.sampled_from(Kind),
    st.sampled_from(Urgency),
    st.integers(0, 7 * 24 * 60 - 1).map(lambda minute: NOON + timedelta(minutes=minute)),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(shifts, max_size=5),
    st.lists(absences, max_size=4),
    st.lists(changed, max_size=4),
    st.lists(questions, min_size=20, max_size=40),
)
def test_no_question_of_the_week_finds_a_hole_that_the_check_has_not_named(
    duty: list[Shift],
    leave: list[Absence],
    officers: list[Officer],
    asked: list[tuple[str | None, Kind, Urgency, datetime]],
) -> None:
    office = with_officers(*officers, roster=replace(OFFICE, shifts=tuple(duty), absences=tuple(leave)))
    found = find_holes(office, NOON)
    for unit, kind, urgency, at in asked:
        question = case(unit=unit, kind=kind, urgency=urgency)
        for hole in of_a_ladder(responsible(question, office, at), urgency):
            assert hole in found
            assert kind in found[hole].kinds


def test_the_situations_cover_every_unit_kind_and_urgency() -> None:
    seen = {(one.case.unit, kind, one.case.urgency) for one in situations(OFFICE, NOON) for kind in one.kinds}
    assert len(seen) == 4 * len(Kind) * len(Urgency)
    assert all(one.at.tzinfo is not None for one in situations(OFFICE, NOON))
    assert NOON.tzinfo is UTC
