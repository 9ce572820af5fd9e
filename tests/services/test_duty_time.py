"""What time and changes do to a watch: wearing off, alarms, another ladder."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import AlertState, Excluded, WatchState
from bot.domain.kinds import Kind, Urgency
from bot.services import duty
from bot.services.duty import Taken
from tests.services.office import Office
from tests.services.people import ELSEWHERE, NOON, ROSTER
from tests.services.steps import takes


def test_an_acknowledgement_without_action_wears_off(both: Office) -> None:
    case = both.report()
    both.told("HOA")
    takes(both, "HOA", case)
    both.forward(minutes=29)
    assert both.case(case).owner == both.officer("HOA").id
    both.forward(minutes=2)
    assert both.case(case).owner is None
    texts = both.told("HOA")
    assert any("không còn hiệu lực" in text for text in texts)
    assert any(f"Vụ {case} · KHẨN CẤP" in text for text in texts)
    assert isinstance(takes(both, "CHU", case), Taken)
    assert "event.worn_off" in both.events(case)


def test_alarms_sound_before_the_twelve_hours_end(office: Office) -> None:
    policy = replace(ROSTER.policies[Urgency.URGENT], wears_off=timedelta(hours=24))
    office.store.write(lambda uow: uow.office.replace(replace(ROSTER, policies={Urgency.URGENT: policy})))
    case = office.report(urgency=Urgency.URGENT)
    takes(office, "HOA", case)
    office.told("HOA")
    office.now = NOON + timedelta(hours=9, minutes=59)
    office.tick()
    assert any("sắp hết hạn" in text for text in office.told("HOA"))
    office.forward(minutes=2)
    assert any("Còn 2 giờ 0 phút" in text or "Còn 1 giờ 59 phút" in text for text in office.told("HOA"))
    assert any("sắp hết hạn" in text for text in office.told("SUP"))
    office.now = NOON + timedelta(hours=12, seconds=1)
    office.tick()
    assert any("đã hết hạn" in text for text in office.told("HOA"))


def test_a_case_that_became_worse_rings_again(office: Office) -> None:
    case = office.report(urgency=Urgency.STANDARD)
    office.told("HOA")
    worse = replace(office.case(case), urgency=Urgency.EMERGENCY)
    office.changes(worse)
    [card] = office.told("HOA")
    assert "KHẨN CẤP" in card


def test_a_place_that_is_told_later_rings_there_and_nobody_twice(office: Office) -> None:
    case = office.report(unit=None)
    assert office.told("TRUC")
    office.changes(replace(office.case(case), unit=ELSEWHERE))
    assert office.told("MINH")
    assert office.told("TRUC") == []
    office.changes(office.case(case))
    assert office.told("MINH") == []


def test_further_answers_of_the_writer_do_not_put_off_the_climb(office: Office) -> None:
    case = office.report()
    office.told("HOA")
    for _ in range(3):
        office.forward(minutes=2)
        also = replace(office.case(case), also=(Kind.NEGLECT,), residence=ELSEWHERE)
        office.changes(also)
    assert office.told("CHU")
    assert len(office.told("HOA")) == 0


def test_another_ladder_does_not_ring_again_who_was_rung(office: Office) -> None:
    case = office.report()
    assert office.told("HOA")
    office.changes(replace(office.case(case), excluded=Excluded(roles=("chair",))))
    assert office.told("HOA") == []
    office.forward(minutes=5)
    assert office.told("CHU") == []
    assert office.told("TRUC")


def test_due_cases_can_be_looked_after_one_by_one(office: Office) -> None:
    case = office.report()
    office.told("HOA")
    assert office.store.read(lambda uow: duty.due_cases(uow, office.now)) == []
    office.now += timedelta(minutes=5)
    assert office.store.read(lambda uow: duty.due_cases(uow, office.now)) == [case]
    for _ in range(2):
        office.store.write(lambda uow: duty.look_after(uow, office.tools, case, office.now))
    assert len(office.told("CHU")) == 1


def test_an_address_that_died_since_is_skipped_at_once(both: Office) -> None:
    case = both.report()
    both.told("HOA")
    both.store.write(lambda uow: uow.office.unreachable(both.address("CHU")))
    both.forward(minutes=5)
    assert both.told("TRUC")
    assert [alert.state for alert in both.alerts(case)] == [
        AlertState.SENT,
        AlertState.FAILED,
        AlertState.SENT,
    ]


def test_whoever_is_accused_later_loses_the_case_without_a_word(office: Office) -> None:
    case = office.report()
    takes(office, "HOA", case)
    office.told("HOA")
    accused = Excluded(officers=(office.officer("HOA").id,))
    office.changes(replace(office.case(case), excluded=accused))
    assert office.case(case).owner is None
    assert office.told("HOA") == []
    assert office.told("CHU")
    office.forward(minutes=60)
    assert office.told("HOA") == []


def test_a_watch_remembers_when_it_rings_next(both: Office) -> None:
    case = both.report()
    watch = both.watch(case)
    assert watch.state is WatchState.RINGING
    assert watch.ring_at == NOON + timedelta(minutes=5)
