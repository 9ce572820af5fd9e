"""Buttons, cancel, deletion, language, receipts."""

import pytest

from bot.domain.cases import CaseId
from bot.domain.effects import (
    AddWords,
    AskErasure,
    OpenCase,
    OpenReceipt,
    TellOfficer,
)
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import HeardKind
from tests.domain.citizen import EMERGENCY, STANDARD, URGENT, Citizen, heard

# --- buttons ---


def test_a_button_of_an_earlier_question_changes_nothing_and_says_so() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    old = citizen.buttons[0].tap
    citizen.says("Ea Kao")
    before = citizen.state
    citizen.hears(heard(HeardKind.TAP, tap=old))
    assert "button.from_before" in citizen.told
    assert citizen.state == before


def test_a_forged_answer_of_the_present_question_changes_nothing() -> None:
    citizen = Citizen()
    citizen.says(f"{STANDARD} ở xã Hòa Phú")
    citizen.hears(heard(HeardKind.TAP, tap=f"q:{citizen.state.asked_at}:which:99999"))
    assert "button.from_before" in citizen.told
    assert citizen.state.report is not None
    assert citizen.state.report.unit is None


def test_numbers_answer_where_there_are_no_buttons_and_are_words_where_there_are() -> None:
    without, with_buttons = Citizen(numbers=True), Citizen()
    for citizen in (without, with_buttons):
        citizen.says(f"{URGENT} ở Ea Kao")
        citizen.says("1")
    assert without.state.asking == "who"
    assert with_buttons.effects(AddWords)[0].text == "1"


# --- cancel, delete, language ---


def test_cancel_after_an_alert_tells_the_officer_once_and_closes_nothing() -> None:
    citizen = Citizen()
    citizen.says(EMERGENCY)
    citizen.says("hủy")
    assert [effect.code for effect in citizen.effects(TellOfficer)] == ["cancelled"]
    assert citizen.state.case == CaseId(1)
    citizen.says("hủy")
    assert not citizen.effects(TellOfficer)
    citizen.says("nó về rồi")
    assert citizen.effects(AddWords)


def test_cancel_before_a_case_leaves_nothing_behind() -> None:
    citizen = Citizen()
    citizen.says(STANDARD)
    citizen.says("/huy@tin_bao_bot")
    assert citizen.state.report is None
    citizen.waits(days=2)
    assert not citizen.effects(OpenCase)


@pytest.mark.parametrize("text", ["xóa", "/xoa", "Xoá dữ liệu", "delete my data"])
def test_a_request_for_deletion_goes_to_an_officer(text: str) -> None:
    citizen = Citizen()
    citizen.says(EMERGENCY)
    citizen.says(text)
    assert citizen.effects(AskErasure)
    assert "erasure.asked" in citizen.told


def test_help_alone_is_a_cry_and_with_a_slash_a_command() -> None:
    citizen = Citizen()
    citizen.says("help")
    assert "greeting.citizen" not in citizen.told
    citizen.says("/help")
    assert "greeting.citizen" in citizen.told


def test_the_language_follows_the_writer_and_the_command() -> None:
    citizen = Citizen()
    citizen.hears(heard(text="my father is beating him", lang="en-GB"))
    assert citizen.state.lang == "en"
    citizen.says("/tiengviet")
    assert citizen.state.lang == "vi"


def test_a_language_nobody_here_reads_opens_an_urgent_case_for_a_speaker() -> None:
    citizen = Citizen()
    citizen.says("nyo hluê brei kâo")
    opened = citizen.effects(OpenCase)[0].report
    assert opened.kind is Kind.UNKNOWN
    assert opened.assessment.urgency is Urgency.URGENT
    assert opened.assessment.language == "other"
    assert "language.other" in citizen.told


# --- receipts ---


def test_a_receipt_is_opened_and_stays_in_no_words() -> None:
    citizen = Citizen()
    citizen.says("8431-0275-9946-1203")
    assert [effect.digits for effect in citizen.effects(OpenReceipt)] == ["8431027599461203"]
    citizen.says("mã 8431027599461203 em muốn hỏi thăm tình hình ạ")
    kept = [effect.text for effect in citizen.effects(AddWords)]
    assert kept == ["mã •••••••••••••••• em muốn hỏi thăm tình hình ạ"]


def test_an_emergency_beside_a_receipt_waits_for_nobody() -> None:
    citizen = Citizen()
    citizen.says("8431027599461203 bố đang đánh em nữa rồi")
    assert citizen.effects(OpenReceipt)
    assert citizen.effects(OpenCase)
    assert "number.113" in citizen.told
