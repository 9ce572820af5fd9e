"""What is restricted stays so by every way; what is erased is gone from everywhere; no code is made up."""

from dataclasses import replace

import pytest

from bot.domain.cases import CaseId, Result
from bot.domain.conversation import Report
from bot.domain.kinds import Kind
from bot.domain.understanding import Point
from bot.services import casework
from bot.services.casework import CaseFile, Done, Refusal
from tests.services.office import Office, say_state, state_of
from tests.services.people import AN, ASSESSED, HERE, NOON
from tests.services.steps import does


def sealed_case(office: Office) -> CaseId:
    """A restricted case of Hoa's commune that Hoa has; the police officer there was never named."""
    case = office.report(AN, kind=Kind.SEXUAL_ABUSE, restricted=True)
    assert isinstance(does(office, casework.take, case, office.officer("HOA"), NOON), Done)
    return case


def opens(office: Office, code: str, case: CaseId) -> bool:
    officer = office.officer(code)
    looked = office.store.write(lambda uow: casework.look(uow, office.tools, case, officer, NOON))
    return isinstance(looked, CaseFile)


def test_joining_a_restricted_case_to_ones_own_does_not_open_it(office: Office) -> None:
    case, own, police = sealed_case(office), office.report(), office.officer("CAN")
    does(office, casework.take, own, police, NOON)
    for one, into in ((case, own), (own, case)):
        refused = does(office, casework.join, one, police, into, NOON)
        assert isinstance(refused, Refusal)
        assert refused.key == "desk.named_only"
    assert not opens(office, "CAN", case)
    assert isinstance(does(office, casework.join, own, office.officer("HOA"), case, NOON), Done)


def test_reopening_a_restricted_case_does_not_open_it(office: Office) -> None:
    case = sealed_case(office)
    does(office, casework.close, case, office.officer("HOA"), Result.SAFE, "", NOON)
    refused = does(office, casework.reopen, case, office.officer("CAN"), NOON, "tò mò")
    assert isinstance(refused, Refusal)
    assert not opens(office, "CAN", case)
    assert isinstance(does(office, casework.reopen, case, office.officer("HOA"), NOON, "còn việc"), Done)


def test_a_search_by_name_says_nothing_of_a_case_one_may_not_read(office: Office) -> None:
    case = sealed_case(office)
    office.store.write(lambda uow: uow.cases.index_words(case, ("Nguyễn Thị Nhàn",)))

    def found(code: str, words: str) -> list[CaseId]:
        officer = office.officer(code)
        cases = office.store.write(lambda uow: casework.search(uow, office.tools, words, officer, NOON))
        return [one.id for one in cases]

    assert found("HOA", "nhan") == [case]
    assert found("CAN", "nhan") == []
    assert found("CAN", str(case)) == [case], "that there is such a case stands in the queue anyway"


@pytest.mark.parametrize("field", ["unit", "residence"])
def test_a_commune_that_does_not_exist_is_not_written_down(office: Office, field: str) -> None:
    case, hoa = office.report(), office.officer("HOA")
    named = {"unit": HERE, "residence": HERE} | {field: "Nguyễn Văn A"}
    refused = does(office, casework.set_unit, case, hoa, named["unit"], NOON, residence=named["residence"])
    assert isinstance(refused, Refusal)
    assert office.case(case).unit == HERE


@pytest.mark.parametrize(
    "accused", [{"officers": (999_999,)}, {"units": ("Nguyễn Văn A",)}, {"roles": ("ông A bố cháu",)}]
)
def test_whoever_is_accused_is_named_by_a_code_that_exists(
    office: Office, accused: dict[str, tuple[object, ...]]
) -> None:
    case, hoa = office.report(), office.officer("HOA")
    assert isinstance(does(office, casework.exclude, case, hoa, NOON, **accused), Refusal)
    details = [row.detail for row in office.store.read(lambda uow: uow.ledger.of(f"case:{case}"))]
    assert not any("Nguyễn" in detail or "ông" in detail for detail in details)
    assert isinstance(does(office, casework.exclude, case, hoa, NOON, roles=("teacher",)), Done)


def test_an_erased_case_is_forgotten_by_its_writers_conversation_too(both: Office) -> None:
    case, hoa = both.report(AN), both.officer("HOA")
    does(both, casework.take, case, hoa, NOON)
    report = Report(
        NOON,
        assessment=ASSESSED,
        answers={"who": "chú Ba"},
        point=Point(12.6, 108.0),
        case=case,
        opened=True,
    )
    say_state(
        both, AN, report=report, case=case, contact="gọi mẹ sau 5 giờ", lang="en", asking="name", greeted=True
    )
    does(both, casework.close, case, hoa, Result.SAFE, "", NOON)
    both.store.write(lambda uow: uow.cases.save(replace(both.case(case), erasure_asked=True)))
    assert isinstance(does(both, casework.decide_erasure, case, hoa, NOON, grant=True), Done)
    state = state_of(both, AN)
    assert (state.report, state.case, state.contact, state.asking) == (None, None, "", "")
    assert (state.lang, state.greeted) == ("en", True)
    assert both.deliver(channel="telegram_public"), "the writer is told, although the case's letters go"


def test_a_question_that_waited_is_gone_with_the_erased_case(office: Office) -> None:
    case, hoa = office.report(AN), office.officer("HOA")
    does(office, casework.take, case, hoa, NOON)
    say_state(office, AN, safe_to_write=False)
    does(office, casework.ask_reporter, case, hoa, "Cháu học lớp mấy?", NOON)
    assert state_of(office, AN).question_waits == case
    does(office, casework.close, case, hoa, Result.SAFE, "", NOON)
    office.store.write(lambda uow: uow.cases.save(replace(office.case(case), erasure_asked=True)))
    assert isinstance(does(office, casework.decide_erasure, case, hoa, NOON, grant=True), Done)
    assert state_of(office, AN).question_waits is None
