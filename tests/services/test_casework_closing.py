"""Closing, reopening, and words between officer and reporter."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import EntryKind, Result, Status
from bot.services import casework
from bot.services.casework import Done, Refusal
from tests.services.office import Office, say_state, state_of
from tests.services.people import AN, NOON
from tests.services.steps import adds_words, does, taken


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
    assert done.line.key == "desk.asked_waits"
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
