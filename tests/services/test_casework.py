"""What officers do with cases: each step is allowed, saved, told, and in the ledger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.cases import AlertState, CaseId, EntryKind, Excluded, Result, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import Officer
from bot.ports import Queue
from bot.services import casework
from bot.services.casework import CaseFile, Done, Entered, NewCase, Refusal
from storage.engine import SqlStore
from tests.services.office import AN, ELSEWHERE, HERE, NOON, Office, open_office, say_state, state_of


@pytest.fixture
def office(sqlite_store: SqlStore) -> Office:
    return open_office(sqlite_store)


@pytest.fixture
def both(store: SqlStore) -> Office:
    """The same on SQLite and on PostgreSQL."""
    return open_office(store)


def does(office: Office, step: Callable[..., Any], *args: object, **named: object) -> casework.Outcome:
    """One step in one transaction."""
    done: casework.Outcome = office.store.write(lambda uow: step(uow, office.tools, *args, **named))
    return done


def taken(office: Office, code: str = "HOA", **fields: object) -> tuple[CaseId, Officer]:
    """A case that this officer has."""
    case, officer = office.report(AN, **fields), office.officer(code)
    assert isinstance(does(office, casework.take, case, officer, office.now), Done)
    office.deliver()
    office.deliver(channel="telegram_public")
    office.claimed.clear()
    return case, officer


# --- acting ---


def test_a_note_of_whoever_has_it_stops_the_wearing_off(both: Office) -> None:
    case, hoa = taken(both)
    assert isinstance(does(both, casework.note, case, hoa, "đã gặp cô giáo", both.now), Done)
    both.forward(minutes=60)
    assert both.case(case).owner == hoa.id
    assert both.case(case).status is Status.ACTING


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


# --- transfer and hand on ---


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


# --- closing and reopening ---


def test_closing_tells_the_writer_and_ends_the_watch(both: Office) -> None:
    case, hoa = taken(both)
    assert isinstance(does(both, casework.close, case, hoa, Result.SAFE, "cháu ở nhà bà", NOON), Done)
    assert (both.case(case).status, both.case(case).result) == (Status.CLOSED, Result.SAFE)
    [text] = both.writer_reads(AN)
    assert "đã xong" in text
    both.forward(hours=13)
    assert both.told("HOA") == both.told("SUP") == []


def test_a_voice_message_must_be_heard_before_closing(office: Office) -> None:
    case, hoa = taken(office, needs_listening=True)
    refused = does(office, casework.close, case, hoa, Result.SAFE, "", NOON)
    assert isinstance(refused, Refusal)
    assert refused.key == "move.no.not_listened"
    does(office, casework.listened, case, hoa, NOON)
    assert isinstance(does(office, casework.close, case, hoa, Result.SAFE, "", NOON), Done)


def adds_words(office: Office, case: CaseId) -> None:
    def work(uow: object) -> None:
        found = uow.cases.get(case)  # type: ignore[attr-defined]
        casework.words_added(uow, office.tools, found, office.now)  # type: ignore[arg-type]

    office.store.write(work)


def test_a_closed_case_opens_and_rings_when_its_writer_adds_something(both: Office) -> None:
    case, hoa = taken(both)
    does(both, casework.close, case, hoa, Result.SAFE, "", both.now)
    both.forward(minutes=5)
    adds_words(both, case)
    assert both.case(case).status is Status.NEW
    [card] = both.told("HOA")
    assert f"Vụ {case} ·" in card
    both.forward(minutes=6)
    assert both.told("CHU")


def test_words_of_the_writer_tell_the_owner_once_and_show_nothing(office: Office) -> None:
    case, _ = taken(office)
    adds_words(office, case)
    adds_words(office, case)
    [text] = office.told("HOA")
    assert "Người báo vừa nhắn thêm" in text
    office.now += timedelta(minutes=2)
    adds_words(office, case)
    assert len(office.told("HOA")) == 1


def test_words_to_an_owner_who_is_off_duty_ring_somebody_else(office: Office) -> None:
    case, hoa = taken(office)
    office.store.write(lambda uow: uow.office.on_duty(hoa.id, False))
    adds_words(office, case)
    assert office.told("CHU")
    assert office.case(case).owner is None


# --- relay ---


def test_a_question_reaches_the_writer_without_the_officers_name(both: Office) -> None:
    case, hoa = taken(both)
    question = "Bây giờ em đang ở đâu?"
    assert isinstance(does(both, casework.ask_reporter, case, hoa, question, NOON), Done)
    [text] = both.writer_reads(AN)
    assert question in text
    assert "Trung tâm Bảo vệ trẻ em" in text
    assert hoa.name not in text
    state = state_of(both, AN)
    assert (state.question_open, state.case) == (True, case)


def test_nobody_is_asked_where_it_is_not_safe(office: Office) -> None:
    case, hoa = taken(office)
    say_state(office, AN, safe_to_write=False)
    done = does(office, casework.ask_reporter, case, hoa, "Em ở đâu?", NOON)
    assert done.line.key == "desk.asked_nobody"
    assert office.writer_reads(AN) == []
    kinds = [e.kind for e in office.store.read(lambda uow: uow.cases.entries(case))]
    assert EntryKind.QUESTION in kinds


def test_an_officer_decides_about_a_deletion(office: Office) -> None:
    case, hoa = taken(office)
    not_asked = does(office, casework.decide_erasure, case, hoa, NOON, grant=True)
    office.store.write(lambda uow: uow.cases.save(replace(office.case(case), erasure_asked=True)))
    no_reason = does(office, casework.decide_erasure, case, hoa, NOON, grant=False)
    still_open = does(office, casework.decide_erasure, case, hoa, NOON, grant=True)
    keys = [outcome.line.key for outcome in (not_asked, no_reason, still_open)]
    assert keys == ["desk.no_erasure_asked", "move.no.reason_needed", "desk.close_first"]
    does(office, casework.close, case, hoa, Result.UNFOUNDED, "", NOON)
    assert isinstance(does(office, casework.decide_erasure, case, hoa, NOON, grant=True), Done)
    texts = [e.text for e in office.store.read(lambda uow: uow.cases.entries(case))]
    assert not any(texts)
    assert "case.erased" in office.ledger(f"case:{case}")


# --- facts ---


def test_raising_works_at_once_and_lowering_asks_for_a_reason(office: Office) -> None:
    case, hoa = taken(office, urgency=Urgency.URGENT)
    assert isinstance(does(office, casework.raise_urgency, case, hoa, Urgency.EMERGENCY, NOON), Done)
    refused = does(office, casework.lower_urgency, case, hoa, Urgency.STANDARD, "", NOON)
    assert isinstance(refused, Refusal)
    assert refused.key == "move.no.reason_needed"
    does(office, casework.lower_urgency, case, hoa, Urgency.STANDARD, "đã gặp cháu", NOON)
    assert office.case(case).urgency is Urgency.STANDARD
    assert "event.urgency_lowered" in office.events(case)


def test_the_limit_follows_the_kind(office: Office) -> None:
    case, hoa = taken(office, urgency=Urgency.STANDARD)
    does(office, casework.set_kind, case, hoa, Kind.DROWNING_HAZARD, NOON)
    assert office.case(case).due_at is None
    does(office, casework.set_kind, case, hoa, Kind.SEXUAL_ABUSE, NOON)
    assert office.case(case).due_at == NOON + timedelta(hours=12)
    assert office.case(case).restricted


def test_an_accused_officer_loses_the_case_and_sees_nothing_more(both: Office) -> None:
    case, hoa = taken(both)
    does(both, casework.exclude, case, both.officer("CHU"), NOON, officers=(hoa.id,))
    assert both.case(case).owner is None
    assert both.told("HOA") == []
    assert both.told("CHU")
    looked = both.store.write(lambda uow: casework.look(uow, both.tools, case, hoa, NOON))
    assert isinstance(looked, Refusal)
    assert looked.key == "desk.no_such_case"
    assert both.store.read(lambda uow: casework.queue(uow, hoa, Queue(), NOON)) == []


def test_joining_takes_the_worst_and_the_earliest(both: Office) -> None:
    into, hoa = taken(both, urgency=Urgency.URGENT)
    both.now += timedelta(minutes=30)
    earlier = NOON - timedelta(hours=1)
    other = both.report(clock_from=earlier, due_at=earlier + timedelta(hours=12), reports=1)
    done = does(both, casework.join, other, hoa, into, both.now)
    assert isinstance(done, Done)
    joined = both.case(into)
    assert (joined.urgency, joined.clock_from) == (Urgency.EMERGENCY, earlier)
    assert both.case(other).result is Result.DUPLICATE
    assert joined.reports == 2


# --- entering ---


def an_entry(**fields: object) -> Entered:
    made = Entered("phone", "Cháu bé bị nhốt ở nhà", NOON, unit=HERE, answers={"where": "hẻm 5"})
    return replace(made, **fields)  # type: ignore[arg-type]


def test_what_came_by_telephone_becomes_a_case_like_any_other(both: Office) -> None:
    duty = both.officer("TRUC")
    both.now += timedelta(minutes=20)
    new = does(both, casework.enter_report, duty, an_entry(urgency=Urgency.EMERGENCY), both.now)
    assert isinstance(new, NewCase)
    case = both.case(new.case)
    assert (case.kind, case.urgency, case.unit) == (Kind.VIOLENCE, Urgency.EMERGENCY, HERE)
    assert case.due_at == NOON + timedelta(hours=12)
    assert both.told("HOA")
    digest = both.tools.signer.digest("receipt", new.receipt)
    assert both.store.read(lambda uow: uow.cases.by_receipt(digest)) == new.case
    [report] = both.store.read(lambda uow: uow.cases.reports(new.case))
    assert (report.source, report.conversation) == ("phone", None)


def test_whoever_enters_it_may_keep_it(office: Office) -> None:
    hoa = office.officer("HOA")
    new = does(office, casework.enter_report, hoa, an_entry(), NOON, keep=True)
    assert isinstance(new, NewCase)
    assert office.case(new.case).owner == hoa.id
    assert office.told("HOA") == office.told("CHU") == []
    office.forward(minutes=31)
    assert any("không còn hiệu lực" in text for text in office.told("HOA"))


def test_an_entry_without_words_or_from_nowhere_is_refused(office: Office) -> None:
    hoa = office.officer("HOA")
    assert isinstance(does(office, casework.enter_report, hoa, an_entry(text=" "), NOON), Refusal)
    assert isinstance(does(office, casework.enter_report, hoa, an_entry(source="rumour"), NOON), Refusal)


# --- looking ---


def test_every_look_is_in_the_ledger(both: Office) -> None:
    case = both.report(AN)
    both.deliver()
    hoa, minh = both.officer("HOA"), both.officer("MINH")
    looked = both.store.write(lambda uow: casework.look(uow, both.tools, case, hoa, NOON))
    assert isinstance(looked, CaseFile)
    assert looked.reports[0].answers == {"where": "gần chợ"}
    assert isinstance(both.store.write(lambda uow: casework.look(uow, both.tools, case, minh, NOON)), Refusal)
    rows = both.store.read(lambda uow: uow.ledger.of(f"case:{case}"))
    looks = {(row.action, row.actor) for row in rows if "look" in row.action}
    assert looks == {
        ("case.looked", f"officer:{hoa.id}"),
        ("case.look_refused", f"officer:{minh.id}"),
    }
    [alert] = both.store.read(lambda uow: uow.watches.alerts(case))
    assert alert.state is AlertState.SEEN


def test_a_restricted_case_opens_only_to_who_was_named(office: Office) -> None:
    case = office.report(kind=Kind.SEXUAL_ABUSE, restricted=True)
    police, hoa = office.officer("CAN"), office.officer("HOA")
    refused = office.store.write(lambda uow: casework.look(uow, office.tools, case, police, NOON))
    assert isinstance(refused, Refusal)
    assert refused.key == "desk.named_only"
    assert isinstance(
        office.store.write(lambda uow: casework.look(uow, office.tools, case, hoa, NOON)), CaseFile
    )


def test_the_queue_shows_ones_own_area_by_urgency_then_time_left(both: Office) -> None:
    slow = both.report(urgency=Urgency.STANDARD)
    late = both.report(due_at=NOON + timedelta(hours=9))
    soon = both.report(due_at=NOON + timedelta(hours=3))
    away = both.report(unit=ELSEWHERE)
    nowhere = both.report(unit=None)

    def queue(code: str, **filters: object) -> list[CaseId]:
        officer, asked = both.officer(code), Queue(**filters)  # type: ignore[arg-type]
        return [case.id for case in both.store.read(lambda uow: casework.queue(uow, officer, asked, NOON))]

    assert queue("HOA") == [soon, late, slow]
    assert queue("MINH") == [away]
    assert set(queue("SUP")) == {soon, late, slow, away, nowhere}
    assert queue("CTV") == []
    does(both, casework.take, late, both.officer("HOA"), NOON)
    assert queue("HOA", owner=both.officer("HOA").id) == [late]


def test_a_search_finds_only_what_one_may_know(office: Office) -> None:
    new = does(office, casework.enter_report, office.officer("TRUC"), an_entry(), NOON)
    assert isinstance(new, NewCase)

    def found(code: str, words: str) -> list[CaseId]:
        officer = office.officer(code)
        work = office.store.write(lambda uow: casework.search(uow, office.tools, words, officer, NOON))
        return [case.id for case in work]

    for words in (str(new.case), "an khanh", new.receipt, f"{new.receipt[:4]} {new.receipt[4:]}"):
        assert found("HOA", words) == [new.case], words
        assert found("MINH", words) == []
