"""Who answers for a case."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from time import perf_counter

import pytest

from bot.domain.cases import Excluded, Ladder
from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import Absence, Officer, Policy, PolicyStep, Role, Roster, Shift
from bot.domain.routing import handed_to, responsible
from tests.domain.small_office import (
    ABROAD,
    CHAIR,
    DUTY,
    ELSEWHERE,
    EVERYBODY,
    FIVE,
    HERE,
    HOA,
    HOME,
    MINH,
    NOON,
    OFFICE,
    POLICE,
    RAD,
    SUP,
    case,
    officer,
    with_officers,
)

CODES = {one.id: one.code for one in EVERYBODY}
ONE_DAY = timedelta(days=1)


def people(ladder: Ladder) -> list[str]:
    return list(dict.fromkeys(CODES.get(rung.officer, "?") for rung in ladder.rungs))


def test_the_commune_comes_first_and_the_province_last() -> None:
    ladder = responsible(case(), OFFICE, NOON)
    assert people(ladder) == ["HOA", "POLICE", "MINH", "CHAIR", "DUTY"]
    assert [rung.who for rung in ladder.rungs] == [
        "responsible",
        "police",
        "deputy",
        "chair",
        "province_duty",
    ]


def test_a_step_without_wait_goes_out_together_with_the_next() -> None:
    waits = {rung.who: rung.wait for rung in responsible(case(), OFFICE, NOON).rungs}
    assert waits["police"] == timedelta(0)
    assert waits["deputy"] == FIVE


def test_a_step_for_some_kinds_only_is_left_out_for_the_others() -> None:
    assert "POLICE" not in people(responsible(case(kind=Kind.DROWNING_HAZARD), OFFICE, NOON))
    assert "POLICE" in people(responsible(case(kind=Kind.NEGLECT, also=(Kind.VIOLENCE,)), OFFICE, NOON))


def test_what_nobody_has_heard_yet_concerns_everybody() -> None:
    choosy = with_officers(replace(HOA, kinds=(Kind.CHILD_LABOUR,)))
    assert people(responsible(case(kind=Kind.UNKNOWN), choosy, NOON))[:2] == ["HOA", "POLICE"]
    assert "HOA" not in people(responsible(case(), choosy, NOON))


def test_every_channel_of_a_person_comes_before_the_next_person_and_costs_no_extra_time() -> None:
    hoa = replace(
        HOA,
        channels=("telegram_officers", "zalo_oa", "desk"),
        reachable=frozenset({"desk", "telegram_officers"}),
    )
    rungs = responsible(case(), with_officers(hoa), NOON).rungs
    assert [(CODES[rung.officer], rung.channel) for rung in rungs[:3]] == [
        ("HOA", "telegram_officers"),
        ("HOA", "desk"),
        ("POLICE", "desk"),
    ]
    assert rungs[0].wait + rungs[1].wait == FIVE


def test_an_enrolled_address_that_the_file_forgot_is_used_last() -> None:
    hoa = replace(HOA, channels=("desk",), reachable=frozenset({"desk", "zalo_oa"}))
    assert [rung.channel for rung in responsible(case(), with_officers(hoa), NOON).rungs[:2]] == [
        "desk",
        "zalo_oa",
    ]


@pytest.mark.parametrize(
    ("roster", "reason"),
    [
        (replace(OFFICE, absences=(Absence("HOA", NOON - ONE_DAY, NOON + ONE_DAY),)), "absent:HOA"),
        (with_officers(replace(HOA, on_duty=False)), "off_duty:HOA"),
        (with_officers(replace(HOA, reachable=frozenset())), "unreachable:HOA"),
        (replace(OFFICE, shifts=(Shift("HOA", (0, 1, 2), time(7), time(17)),)), "off_duty:HOA"),
    ],
)
def test_the_deputy_stands_in_at_once_and_the_reason_is_named(roster: Roster, reason: str) -> None:
    ladder = responsible(case(), roster, NOON)
    assert people(ladder) == ["MINH", "POLICE", "CHAIR", "DUTY"]
    assert reason in ladder.reasons


def test_an_absence_ends_when_it_ends() -> None:
    away = replace(OFFICE, absences=(Absence("HOA", NOON - ONE_DAY, NOON),))
    assert people(responsible(case(), away, NOON - timedelta(seconds=1)))[0] == "MINH"
    assert people(responsible(case(), away, NOON))[0] == "HOA"


def test_deputies_that_point_at_each_other_do_not_hang_it() -> None:
    ring = with_officers(
        replace(HOA, on_duty=False), replace(MINH, on_duty=False, deputy="HOA"), replace(CHAIR, on_duty=False)
    )
    assert people(responsible(case(), ring, NOON)) == ["POLICE", "DUTY"]


@pytest.mark.parametrize(
    ("local", "asked"),
    [("21:59", False), ("22:00", True), ("23:59", True), ("00:00", True), ("05:59", True), ("06:00", False)],
)
def test_a_shift_past_midnight_belongs_to_the_day_it_began(local: str, asked: bool) -> None:
    day = 21 if local < "12" else 20  # Friday night runs into Saturday morning
    at = datetime.fromisoformat(f"2026-11-{day}T{local}+07:00")
    night = replace(OFFICE, shifts=(Shift("HOA", (4,), time(22), time(6)),))
    assert (people(responsible(case(), night, at))[0] == "HOA") is asked


def test_equal_ends_of_a_shift_mean_round_the_clock() -> None:
    friday = replace(OFFICE, shifts=(Shift("HOA", (4,), time(7), time(7)),))
    at = datetime.fromisoformat
    assert people(responsible(case(), friday, at("2026-11-20T23:00+07:00")))[0] == "HOA"
    assert people(responsible(case(), friday, at("2026-11-21T06:59+07:00")))[0] == "HOA"
    assert people(responsible(case(), friday, at("2026-11-21T07:00+07:00")))[0] == "MINH"


@pytest.mark.parametrize(
    ("accused", "left_out", "reason"),
    [
        (Excluded(officers=(HOA.id,)), {"HOA"}, "excluded:officer:HOA"),
        (Excluded(roles=("police",)), {"POLICE"}, "excluded:role:police"),
        (Excluded(roles=("chair", "teacher")), {"CHAIR"}, "excluded:role:chair"),
        (Excluded(units=(HERE,)), {"HOA", "POLICE", "CHAIR"}, f"excluded:unit:{HERE}"),
    ],
)
def test_whoever_is_accused_never_receives_it(accused: Excluded, left_out: set[str], reason: str) -> None:
    ladder = responsible(case(excluded=accused), OFFICE, NOON)
    assert set(people(ladder)) == {"HOA", "POLICE", "MINH", "CHAIR", "DUTY"} - left_out
    assert reason in ladder.reasons


def test_the_deputy_of_somebody_accused_does_not_act_in_that_persons_place() -> None:
    ladder = responsible(case(excluded=Excluded(officers=(HOA.id,))), OFFICE, NOON)
    assert "empty:responsible" in ladder.reasons
    assert [rung.who for rung in ladder.rungs if rung.officer == MINH.id] == ["deputy"]


def test_an_accused_supervisor_is_not_told_either() -> None:
    assert [rung.officer for rung in responsible(case(), OFFICE, NOON).supervisors] == [SUP.id]
    assert responsible(case(excluded=Excluded(officers=(SUP.id,))), OFFICE, NOON).supervisors == ()


def test_when_the_whole_default_route_is_accused_another_senior_officer_is_asked() -> None:
    ladder = responsible(
        case(unit=None, excluded=Excluded(officers=(DUTY.id,), roles=("police",))), OFFICE, NOON
    )
    assert people(ladder) == ["SUP"]
    assert "last_resort:SUP" in ladder.reasons


@pytest.mark.parametrize(
    ("unit", "reason"),
    [(None, "place:unknown"), (ABROAD, "place:other_province:01"), ("66", "place:unknown")],
)
def test_an_unknown_or_foreign_place_goes_to_the_duty_of_the_province(unit: str | None, reason: str) -> None:
    ladder = responsible(case(unit=unit), OFFICE, NOON)
    assert people(ladder) == ["DUTY"]
    assert reason in ladder.reasons
    assert ladder.rungs[-1].phone_111


def test_the_residence_is_asked_where_the_place_of_the_incident_is_unknown() -> None:
    assert people(responsible(case(unit=None, residence=HERE), OFFICE, NOON))[0] == "HOA"
    assert people(responsible(case(unit=ELSEWHERE, residence=HERE), OFFICE, NOON))[0] == "MINH"


def test_a_speaker_of_the_language_rings_first_and_together_with_the_responsible() -> None:
    for language in ("rad", "other"):
        ladder = responsible(case(language=language), OFFICE, NOON)
        assert people(ladder)[:2] == ["RAD", "HOA"]
        assert ladder.rungs[0].wait == timedelta(0)


def test_among_equals_the_one_who_speaks_the_language_comes_first() -> None:
    both = with_officers(
        officer(8, "YBA", Role.COMMUNE_OFFICER, HERE, languages=("vi", "rad")), roster=OFFICE
    )
    asked = [
        rung.officer for rung in responsible(case(language="rad"), both, NOON).rungs if rung.who != "speaker"
    ]
    assert asked[0] == HOA.id  # YBA was already rung as a speaker
    assert [rung.officer for rung in responsible(case(language="rad"), both, NOON).rungs][:2] == [RAD.id, 8]


def test_where_speakers_are_asked_last_those_of_a_step_who_speak_it_still_come_first() -> None:
    yba = officer(8, "YBA", Role.CHAIR, HERE, languages=("vi", "rad"))
    steps = (PolicyStep("chair", FIVE), PolicyStep("speaker", FIVE))
    policy = Policy(Urgency.EMERGENCY, steps, FIVE, FIVE)
    office = replace(with_officers(yba), policies={Urgency.EMERGENCY: policy})
    assert [rung.officer for rung in responsible(case(language="rad"), office, NOON).rungs] == [8, 3, RAD.id]
    assert [rung.officer for rung in responsible(case(), office, NOON).rungs] == [3, 8]


def test_what_the_policy_does_not_bring_to_its_end_ends_at_the_default_route() -> None:
    office = with_officers(replace(DUTY, role=Role.PROVINCE))
    ladder = responsible(case(), office, NOON)
    assert [rung.who for rung in ladder.rungs] == ["responsible", "police", "deputy", "chair", "default"]
    assert ladder.rungs[-1].phone_111


def test_an_empty_step_is_skipped_and_named() -> None:
    ladder = responsible(case(), with_officers(replace(CHAIR, units=(ELSEWHERE,))), NOON)
    assert people(ladder) == ["HOA", "POLICE", "MINH", "DUTY"]
    assert "empty:chair" in ladder.reasons


def test_the_last_one_is_told_to_phone_111() -> None:
    assert [rung.phone_111 for rung in responsible(case(), OFFICE, NOON).rungs] == [False] * 4 + [True]
    without_duty = replace(OFFICE, officers=tuple(one for one in EVERYBODY if one is not DUTY))
    assert responsible(case(), without_duty, NOON).rungs[-1].phone_111


def test_the_default_route_rings_off_duty_rather_than_nobody() -> None:
    asleep = with_officers(*(replace(one, on_duty=False) for one in EVERYBODY))
    ladder = responsible(case(), asleep, NOON)
    assert people(ladder) == ["DUTY"]
    assert "off_duty_rung:DUTY" in ladder.reasons


def test_the_default_route_rings_on_the_desk_when_no_address_works() -> None:
    nowhere = with_officers(*(replace(one, reachable=frozenset()) for one in EVERYBODY))
    ladder = responsible(case(), nowhere, NOON)
    assert [(CODES[rung.officer], rung.channel) for rung in ladder.rungs] == [("DUTY", "desk")]
    assert "no_address:DUTY" in ladder.reasons


def test_an_office_without_policies_uses_its_default_route() -> None:
    ladder = responsible(case(), replace(OFFICE, policies={}), NOON)
    assert people(ladder) == ["DUTY"]
    assert "policy_missing:emergency" in ladder.reasons


def test_a_missing_policy_is_replaced_by_the_next_more_urgent_one() -> None:
    only = {urgency: OFFICE.policies[urgency] for urgency in (Urgency.NONE, Urgency.EMERGENCY)}
    ladder = responsible(case(urgency=Urgency.STANDARD), replace(OFFICE, policies=only), NOON)
    assert "policy_missing:standard:emergency" in ladder.reasons


def test_collaborators_are_never_alerted() -> None:
    office = with_officers(replace(HOA, role=Role.COLLABORATOR))
    assert "HOA" not in people(responsible(case(), office, NOON))


def test_quiet_hours_are_dropped_from_what_is_urgent() -> None:
    night = (time(22), time(6))
    quiet = {urgency: replace(policy, quiet=night) for urgency, policy in OFFICE.policies.items()}
    office = replace(OFFICE, policies=quiet)
    assert responsible(case(urgency=Urgency.STANDARD), office, NOON).quiet == night
    assert responsible(case(urgency=Urgency.URGENT), office, NOON).quiet is None
    assert responsible(case(), office, NOON).quiet is None


def test_a_transfer_rings_the_new_officer_first_and_everybody_else_after() -> None:
    ladder = handed_to(case(), CHAIR, OFFICE, NOON)
    assert people(ladder) == ["CHAIR", "HOA", "POLICE", "MINH", "DUTY"]
    assert ladder.rungs[0].wait == FIVE
    refused = handed_to(case(excluded=Excluded(roles=("chair",))), CHAIR, OFFICE, NOON)
    assert "CHAIR" not in people(refused)


def test_the_answer_is_the_same_for_the_same_question() -> None:
    assert responsible(case(), OFFICE, NOON) == responsible(case(), replace(OFFICE), NOON)


def test_500_officers_are_routed_in_less_than_a_millisecond() -> None:
    crowd = tuple(
        officer(100 + n, f"O{n}", role, f"2{n:04}", deputy=f"O{n + 1}")
        for n in range(125)
        for role in (Role.COMMUNE_OFFICER, Role.CHAIR, Role.POLICE, Role.COLLABORATOR)
    )
    big = replace(OFFICE, officers=crowd + EVERYBODY)
    responsible(case(), big, NOON)  # the index is made once
    took = []
    for _ in range(200):
        began = perf_counter()
        responsible(case(), big, NOON)
        took.append(perf_counter() - began)
    assert sorted(took)[100] < 0.001


def test_policies_are_data() -> None:
    steps = (PolicyStep("chair", FIVE), PolicyStep("supervisor", FIVE))
    policy = Policy(Urgency.EMERGENCY, steps, FIVE, FIVE)
    ladder = responsible(case(), replace(OFFICE, policies={Urgency.EMERGENCY: policy}), NOON)
    assert people(ladder) == ["CHAIR", "SUP"]
    assert not any(rung.phone_111 for rung in ladder.rungs)


def test_an_officer_of_the_whole_province_answers_for_each_of_its_communes() -> None:
    wide: Officer = officer(9, "WIDE", Role.CHAIR, HOME)
    ladder = responsible(case(), with_officers(wide), NOON)
    assert [rung.officer for rung in ladder.rungs if rung.who == "chair"] == [CHAIR.id, 9]
    assert POLICE.id in [rung.officer for rung in ladder.rungs]
