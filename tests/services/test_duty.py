"""Somebody answers: alerts climb on silence, exactly one takes, and nothing stops by itself."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import AlertState, CaseId, Excluded, Status, WatchState
from bot.domain.kinds import Kind, Urgency
from bot.ports import Deferred, Delivered, Refused, Scope, Why
from bot.services import duty
from bot.services.duty import AlreadyTaken, NoSuchCase, NotYours, Taken
from storage.engine import SqlStore
from tests.services.office import (
    AN,
    ELSEWHERE,
    HERE,
    NOON,
    ROSTER,
    Office,
    open_office,
    say_state,
)


@pytest.fixture
def office(sqlite_store: SqlStore) -> Office:
    return open_office(sqlite_store)


@pytest.fixture
def both(store: SqlStore) -> Office:
    """The same on SQLite and on PostgreSQL."""
    return open_office(store)


def takes(office: Office, code: str, case: CaseId) -> duty.Acknowledgement:
    officer = office.officer(code)
    return office.store.write(lambda uow: duty.acknowledge(uow, office.tools, case, officer, office.now))


def test_an_emergency_rings_the_responsible_officer_at_once(both: Office) -> None:
    case = both.report()
    [card] = both.told("HOA")
    assert f"Vụ {case} · KHẨN CẤP · bạo lực · Phường An Khánh" in card
    assert "Còn 12 giờ 0 phút" in card
    assert both.told("CHU") == []


def test_silence_climbs_the_ladder_and_never_stops(both: Office) -> None:
    both.report()
    assert both.told("HOA")
    both.forward(minutes=5)
    assert both.told("CHU")
    both.forward(minutes=5)
    [last] = both.told("TRUC")
    assert "111" in last
    for _ in range(3):
        both.forward(minutes=10)
        assert any("111" in text for text in both.told("TRUC"))
        assert any("chưa ai tiếp nhận" in text for text in both.told("SUP"))


def test_a_refused_card_rings_the_next_rung_at_once_and_marks_the_address_dead(both: Office) -> None:
    case = both.report()
    refused = both.refuse()
    assert {letter.to for letter in refused} == {both.address(code) for code in ("HOA", "CHU", "TRUC", "SUP")}
    assert both.officer("HOA").reachable == frozenset()
    alerts = both.alerts(case)
    assert {alert.state for alert in alerts} == {AlertState.FAILED}


def test_a_delivered_card_is_sent_and_a_deferred_one_waits(office: Office) -> None:
    case = office.report()
    [alert] = office.alerts(case)
    for outcome in (
        Deferred(timedelta(seconds=5), Scope.CHAT, Why.RATE),
        Delivered("7"),
    ):
        office.settles(alert.id, outcome)
    [after] = office.alerts(case)
    assert after.state is AlertState.SENT


def test_a_refusal_that_comes_late_does_not_ring_anybody(office: Office) -> None:
    case = office.report()
    [alert] = office.alerts(case)
    assert isinstance(takes(office, "HOA", case), Taken)
    office.told("CHU")
    office.settles(alert.id, Refused(Why.GONE))
    assert office.told("CHU") == []


def test_whoever_takes_it_stops_the_ringing_and_the_others_and_the_writer_are_told(both: Office) -> None:
    case = both.report(AN)
    both.told("HOA")
    both.forward(minutes=5)
    both.told("CHU")
    assert takes(both, "CHU", case) == Taken(case, both.now)
    assert both.told("HOA") == [f"Vụ {case}: Lê Văn Chủ đã tiếp nhận lúc 12:05 20/11."]
    assert both.told("CHU") == []
    assert both.writer_reads(AN) == ["Trung tâm Bảo vệ trẻ em đã nhận lời nhắn của bạn lúc 12:05 20/11."]
    stored = both.case(case)
    assert (stored.status, stored.owner) == (Status.TAKEN, both.officer("CHU").id)
    both.forward(minutes=20)
    assert both.told("TRUC") == []


def test_the_writer_is_not_told_where_that_is_not_safe(office: Office) -> None:
    say_state(office, AN, safe_to_write=False)
    case = office.report(AN)
    takes(office, "HOA", case)
    assert office.writer_reads(AN) == []
    assert office.case(case).reached is False


def test_two_press_at_the_same_moment_and_exactly_one_has_it(both: Office) -> None:
    case = both.report()
    codes = ("HOA", "CHU", "TRUC", "SUP") * 2
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda code: takes(both, code, case), codes))
    taken = [result for result in results if isinstance(result, Taken)]
    assert len(taken) == 1
    winner = both.case(case).owner
    assert winner is not None
    assert all(result == AlreadyTaken(winner, NOON) for result in results if result not in taken)


def test_no_acknowledgement_is_lost_to_the_clock_or_a_refused_letter(both: Office) -> None:
    cases = [both.report(AN) for _ in range(20)]
    alerts = {case: both.alerts(case)[0].id for case in cases}
    late = both.now + timedelta(minutes=5)
    results: list[duty.Acknowledgement] = []

    def ticks() -> None:
        both.store.write(lambda uow: duty.tick(uow, both.tools, late))

    with ThreadPoolExecutor(6) as pool:
        jobs: list[Future[None]] = [pool.submit(ticks)]
        for case in cases:
            jobs += [
                pool.submit(lambda case: results.append(takes(both, "HOA", case)), case),
                pool.submit(both.settles, alerts[case], Refused(Why.PLATFORM)),
                pool.submit(lambda case: results.append(takes(both, "CHU", case)), case),
            ]
        jobs.append(pool.submit(ticks))
        for job in jobs:
            job.result()
    assert sum(isinstance(result, Taken) for result in results) == len(cases)
    for case in cases:
        watch = both.watch(case)
        assert (watch.state, watch.taken_by) == (WatchState.TAKEN, both.case(case).owner)


def test_who_is_accused_learns_nothing(office: Office) -> None:
    case = office.report(excluded=Excluded(roles=("commune_officer",)))
    assert office.told("HOA") == []
    assert office.told("CHU") != []
    assert takes(office, "HOA", case) == NoSuchCase()
    assert takes(office, "CHU", case) == Taken(case, NOON)
    assert office.told("HOA") == []


def test_an_officer_of_another_commune_cannot_take_it(office: Office) -> None:
    case = office.report()
    assert takes(office, "MINH", case) == NoSuchCase()
    assert takes(office, "CTV", case) == NoSuchCase()


def test_a_closed_case_cannot_be_taken(office: Office) -> None:
    case = office.report()
    office.store.write(lambda uow: uow.cases.save(replace(office.case(case), status=Status.CLOSED)))
    assert takes(office, "HOA", case) == NotYours("closed")


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


# --- bundles ---


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
