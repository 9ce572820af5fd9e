"""Somebody answers: alerts climb on silence, and exactly one officer takes."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import AlertState, Excluded, Status, WatchState
from bot.ports import Deferred, Delivered, Refused, Scope, Why
from bot.services import duty
from bot.services.duty import AlreadyTaken, NoSuchCase, NotYours, Taken
from tests.services.office import Office, say_state
from tests.services.people import AN, NOON
from tests.services.steps import takes
from tests.ticking import tick


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
        both.store.write(lambda uow: tick(uow, both.tools, late))

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
