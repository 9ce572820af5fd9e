"""Several alerts to one person go out together, never the first emergency."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import AlertState, OfficerId
from bot.domain.kinds import Kind, Urgency
from storage.engine import SqlStore
from tests.services.office import Office, open_office
from tests.services.people import HERE
from tests.services.steps import takes


def test_several_alerts_to_one_person_go_out_together_but_never_the_first(both: Office) -> None:
    first = both.report()
    assert len(both.told("HOA")) == 1
    rest = [both.report() for _ in range(5)]
    assert both.told("HOA") == []
    both.now += timedelta(seconds=10)
    both.tick()
    [bundle] = both.letters("HOA")
    assert "5 vụ mới" in bundle.text
    assert all(f"Vụ {case} ·" in bundle.text for case in rest)
    assert f"Vụ {first} ·" not in bundle.text
    states = {both.alerts(case)[0].state for case in rest}
    assert states == {AlertState.SENT}
    assert both.tick() == 0


def test_the_first_emergency_is_never_held_back_by_lesser_alerts(office: Office) -> None:
    office.report(urgency=Urgency.STANDARD)
    office.told("HOA")
    office.report(urgency=Urgency.STANDARD)
    assert office.told("HOA") == []
    emergency = office.report(urgency=Urgency.EMERGENCY)
    [card] = office.told("HOA")
    assert f"Vụ {emergency} · KHẨN CẤP" in card
    office.report(urgency=Urgency.EMERGENCY)
    assert office.told("HOA") == []


def test_what_was_taken_meanwhile_is_left_out_of_the_bundle(office: Office) -> None:
    office.report()
    office.told("HOA")
    gone, left = office.report(), office.report()
    takes(office, "CHU", gone)
    office.now += timedelta(seconds=10)
    office.tick()
    bundles = [text for text in office.told("HOA") if "vụ mới" in text]
    assert len(bundles) == 1
    assert f"Vụ {left} ·" in bundles[0]
    assert f"Vụ {gone} ·" not in bundles[0]


def test_a_refused_bundle_rings_the_next_rung_of_every_case_in_it(office: Office) -> None:
    office.report()
    office.told("HOA")
    cases = [office.report(), office.report()]
    office.now += timedelta(seconds=10)
    office.tick()
    office.refuse()
    for case in cases:
        assert office.officer("CHU").id in [alert.officer for alert in office.alerts(case)]


def test_without_a_window_every_alert_goes_out_at_once(sqlite_store: SqlStore) -> None:
    office = open_office(sqlite_store)
    office.tools = replace(office.tools, bundle_window=timedelta(0))
    for _ in range(3):
        office.report()
    assert len(office.told("HOA")) == 3


def test_a_bundle_takes_each_case_by_its_own_button(office: Office) -> None:
    office.report()
    office.told("HOA")
    cases = [office.report(), office.report()]
    office.now += timedelta(seconds=10)
    office.tick()
    [bundle] = office.letters("HOA")
    taps = [button.tap for row in bundle.buttons for button in row]
    assert all(len(tap.encode()) <= 64 for tap in taps)
    assert f"Đã tiếp nhận vụ {cases[1]}" in office.presses("HOA", taps[1])
    assert office.case(cases[1]).owner == office.officer("HOA").id
    assert office.case(cases[0]).owner is None


def test_a_hazard_is_not_an_alarm(office: Office) -> None:
    case = office.report(kind=Kind.DROWNING_HAZARD, urgency=Urgency.STANDARD, due_at=None)
    [card] = office.told("HOA")
    assert "12 giờ" not in card
    assert office.case(case).unit == HERE


def test_an_address_that_died_while_a_bundle_waited_rings_the_next_rung_at_once(office: Office) -> None:
    office.report()
    office.told("HOA")
    waiting = office.report()
    office.store.write(lambda uow: uow.office.unreachable(office.address("HOA")))
    office.now += timedelta(seconds=10)
    office.tick()
    states = {alert.officer: alert.state for alert in office.alerts(waiting)}
    assert states[OfficerId(office.officer("HOA").id)] is AlertState.FAILED
    assert OfficerId(office.officer("CHU").id) in states
