"""What officers do with cases: each step is allowed, saved, told, and in the ledger."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import Excluded, Status
from bot.services import casework
from bot.services.casework import Done, Refusal
from tests.services.office import Office
from tests.services.people import AN, ELSEWHERE, NOON, ROSTER
from tests.services.steps import does, taken


def test_a_note_of_whoever_has_it_stops_the_wearing_off(both: Office) -> None:
    case, hoa = taken(both)
    assert isinstance(does(both, casework.note, case, hoa, "đã gặp cô giáo", both.now), Done)
    both.forward(minutes=60)
    assert both.case(case).owner == hoa.id
    assert both.case(case).status is Status.ACTING
    assert both.told("HOA") == both.told("CHU") == []


def test_a_note_of_somebody_else_is_kept_but_is_no_action(office: Office) -> None:
    case, _ = taken(office)
    assert isinstance(does(office, casework.note, case, office.officer("CHU"), "tôi sẽ hỏi", NOON), Done)
    assert office.case(case).status is Status.TAKEN


def test_whoever_acts_on_a_case_that_nobody_has_takes_it(office: Office) -> None:
    case, hoa = office.report(AN), office.officer("HOA")
    assert isinstance(does(office, casework.set_status, case, hoa, Status.ACTING, NOON), Done)
    assert (office.case(case).owner, office.case(case).status) == (hoa.id, Status.ACTING)
    assert "event.taken" in office.events(case)


def test_phoning_111_is_recorded_in_the_timeline_and_the_ledger(office: Office) -> None:
    case, duty = office.report(), office.officer("TRUC")
    assert isinstance(does(office, casework.phoned, case, duty, NOON), Done)
    assert "event.phoned_111" in office.events(case)
    assert "case.phoned_111" in office.ledger(f"case:{case}")
    assert office.case(case).owner == duty.id


def test_only_whoever_has_it_or_an_overseer_may_change_it(office: Office) -> None:
    case, _ = taken(office)
    refused = does(office, casework.set_status, case, office.officer("CAN"), Status.ACTING, NOON)
    assert isinstance(refused, Refusal)
    assert refused.key == "desk.has_it"
    assert isinstance(
        does(office, casework.set_status, case, office.officer("SUP"), Status.ACTING, NOON), Done
    )


def test_a_transfer_rings_the_other_and_the_ladder_stands_behind(both: Office) -> None:
    case, hoa = taken(both)
    minh = both.officer("MINH")
    reason = "cháu ở Bình Tân"
    assert isinstance(does(both, casework.transfer, case, hoa, minh.id, reason, both.now), Done)
    assert both.told("MINH")
    assert both.case(case).owner is None
    entries = both.store.read(lambda uow: uow.cases.entries(case))
    assert [e.text for e in entries if e.code == "event.transferred"] == [reason]
    assert isinstance(does(both, casework.take, case, minh, both.now), Done)


def test_a_transfer_that_nobody_takes_climbs_on(office: Office) -> None:
    case, hoa = taken(office)
    does(office, casework.transfer, case, hoa, office.officer("MINH").id, "nhầm nơi", NOON)
    office.told("MINH")
    office.forward(minutes=6)
    assert office.told("HOA") or office.told("CHU")


def test_a_transfer_needs_a_reason_and_somebody_who_is_not_accused(office: Office) -> None:
    case, hoa = taken(office, excluded=Excluded(roles=("police",)))
    no_reason = does(office, casework.transfer, case, hoa, office.officer("CHU").id, " ", NOON)
    accused = does(office, casework.transfer, case, hoa, office.officer("CAN").id, "vì", NOON)
    gone = does(office, casework.transfer, case, hoa, 999, "vì", NOON)
    helper = does(office, casework.transfer, case, hoa, office.officer("CTV").id, "vì", NOON)
    keys = [outcome.line.key for outcome in (no_reason, accused, gone, helper)]
    assert keys == [
        "move.no.reason_needed",
        "move.no.excluded",
        "desk.no_such_officer",
        "desk.no_such_officer",
    ]
    assert office.case(case).owner == hoa.id


def test_a_case_of_another_province_is_handed_on_in_one_action(office: Office) -> None:
    case, hoa = taken(office)
    done = does(office, casework.hand_on, case, hoa, "Sở Y tế Gia Lai", "cháu ở Pleiku", NOON)
    assert isinstance(done, Done)
    assert office.case(case).status is Status.HANDED_ON
    assert office.writer_reads(AN) == ["Lời nhắn của bạn đã được chuyển tới: Sở Y tế Gia Lai."]
    office.forward(hours=1)
    assert office.told("HOA") == []


def test_a_misrouted_case_rings_where_it_belongs(office: Office) -> None:
    case = office.report()
    office.told("HOA")
    assert isinstance(does(office, casework.set_unit, case, office.officer("HOA"), ELSEWHERE, NOON), Done)
    assert office.told("MINH")
    assert office.case(case).unit == ELSEWHERE


def test_everything_goes_over_except_what_the_other_must_not_have(office: Office) -> None:
    kept, hoa = taken(office, excluded=Excluded(roles=("chair",)))
    office.now += timedelta(minutes=5)
    gone, _ = taken(office)
    chair = office.officer("CHU")
    done = does(office, casework.hand_over_all, hoa, chair.id, office.now)
    assert isinstance(done, Done)
    assert done.line.values == {"count": 1, "left": 1, "name": "Lê Văn Chủ"}
    assert office.case(kept).owner == hoa.id
    assert office.case(gone).owner is None
    assert office.told("CHU")
    assert "officer.handed_over" in office.ledger(f"officer:{hoa.id}")


def test_what_somebody_who_left_still_has_rings_again(both: Office) -> None:
    case, hoa = taken(both)
    does(both, casework.set_status, case, hoa, Status.ACTING, both.now)
    rest = tuple(one for one in ROSTER.officers if one.code != "HOA")
    both.store.write(lambda uow: uow.office.replace(replace(ROSTER, officers=rest)))
    both.now += timedelta(minutes=5)
    assert both.store.write(lambda uow: casework.release_left(uow, both.tools, both.now)) == 1
    assert both.case(case).owner is None
    assert both.told("CHU")
    assert both.store.write(lambda uow: casework.release_left(uow, both.tools, both.now)) == 0
