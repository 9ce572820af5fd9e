"""What opens a case, and when; what a report is made of."""

from dataclasses import replace

from bot.domain import dialogue
from bot.domain.cases import CaseId, EntryKind
from bot.domain.conversation import Conversation
from bot.domain.dialogue import keeping
from bot.domain.effects import (
    AddWords,
    IssueReceipt,
    OpenCase,
    Say,
)
from bot.domain.kinds import Kind, Urgency
from tests.domain.citizen import EMERGENCY, NOW, STANDARD, URGENT, Citizen, facts, heard

# --- opening ---


def test_a_cry_for_help_is_answered_then_opened_then_asked_in_one_turn() -> None:
    citizen = Citizen()
    citizen.says(EMERGENCY)
    kinds = [type(effect) for effect in citizen.last.effects]
    assert kinds == [Say, OpenCase, IssueReceipt, Say]
    opened = citizen.effects(OpenCase)[0].report
    assert (opened.kind, opened.words) == (Kind.VIOLENCE, (EMERGENCY,))
    assert citizen.state.asking == "where"


def test_an_urgent_report_opens_at_once_without_a_place() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    assert citizen.effects(OpenCase)


def test_a_standard_report_waits_for_its_place_and_opens_with_it() -> None:
    citizen = Citizen()
    citizen.says(STANDARD)
    assert not citizen.effects(OpenCase)
    citizen.says("ở Ea Kao")
    opened = citizen.effects(OpenCase)[0].report
    assert (opened.unit, opened.words) == ("24163", (STANDARD,))
    assert [(e.text, e.kind, e.code) for e in citizen.effects(AddWords)] == [
        ("ở Ea Kao", EntryKind.ANSWER, "ask.where")
    ]


def test_a_standard_report_whose_place_is_passed_over_opens_without_it() -> None:
    citizen = Citizen()
    citizen.says(STANDARD)
    citizen.says("bỏ qua")
    assert citizen.effects(OpenCase)[0].report.unit is None


def test_who_names_the_place_in_the_report_is_not_asked_for_it() -> None:
    citizen = Citizen()
    citizen.says(f"{STANDARD} ở Ea Kao")
    assert citizen.state.asking == "confirm"
    assert not [key for key in citizen.told if key.startswith("ask.where")]


def test_an_unfinished_report_becomes_a_case_after_its_quiet_time_and_not_before() -> None:
    citizen = Citizen()
    citizen.says(STANDARD)
    assert citizen.state.wake_at == NOW + keeping.QUIET
    citizen.waits(minutes=9)
    assert not citizen.effects(OpenCase)
    citizen.waits(minutes=1)
    assert citizen.effects(OpenCase)
    assert citizen.state.wake_at is None


def test_nothing_is_said_on_its_own_while_nobody_called_writing_safe() -> None:
    citizen = Citizen()
    citizen.says(STANDARD)
    citizen.waits(minutes=10)
    assert not citizen.effects(Say)
    assert not citizen.effects(IssueReceipt)


def test_the_receipt_that_could_not_be_told_is_told_when_the_person_is_back() -> None:
    citizen = Citizen()
    citizen.says(STANDARD)
    citizen.waits(minutes=10)
    citizen.says("ở Ea Kao")
    assert len(citizen.effects(IssueReceipt)) == 1
    citizen.says("đúng")
    assert not citizen.effects(IssueReceipt)


def test_waking_a_case_that_is_open_does_nothing() -> None:
    citizen = Citizen()
    citizen.says(EMERGENCY)
    turn = dialogue.wake(citizen.state, NOW, citizen.facts)
    assert turn.effects == ()


def test_the_clock_starts_at_the_report_and_not_at_the_greeting() -> None:
    citizen = Citizen()
    citizen.says("hi")
    citizen.now = NOW.replace(hour=15)
    citizen.says(EMERGENCY)
    assert citizen.effects(OpenCase)[0].report.started_at == citizen.now


def test_nothing_is_opened_twice_in_a_long_conversation() -> None:
    citizen = Citizen()
    opened = 0
    for text in (
        EMERGENCY,
        "Ea Kao",
        "đúng",
        "nó ở nhà",
        "không",
        "được",
        "không",
        URGENT,
        "bố hay đánh em nữa",
    ):
        citizen.says(text)
        opened += len(citizen.effects(OpenCase))
    assert opened == 1


def test_words_said_over_several_messages_are_taken_together() -> None:
    citizen = Citizen()
    citizen.says("alo")
    citizen.says("ở đây có chuyện")
    citizen.says(STANDARD)
    citizen.waits(minutes=10)
    assert citizen.effects(OpenCase)[0].report.words == ("alo", "ở đây có chuyện", STANDARD)


def test_a_joke_after_a_report_lowers_nothing() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    citizen.says("haha em đùa thôi")
    assert citizen.state.report is not None
    assert citizen.state.report.assessment is not None
    assert citizen.state.report.assessment.urgency is Urgency.URGENT
    assert citizen.state.report.kind is Kind.VIOLENCE


# --- what services may have done meanwhile ---


def test_a_report_whose_number_was_kept_only_by_the_conversation_is_not_opened_again() -> None:
    citizen = Citizen()
    turn = dialogue.advance(Conversation(), heard(text=EMERGENCY), NOW, citizen.facts)
    citizen.state = replace(turn.conversation, case=CaseId(9))
    citizen.says("Ea Kao")
    assert not citizen.effects(OpenCase)
    assert [effect.case for effect in citizen.effects(AddWords)] == [CaseId(9)]


def test_the_case_is_opened_with_what_the_conversation_became_in_that_turn() -> None:
    turn = dialogue.advance(Conversation(), heard(text=EMERGENCY), NOW, facts())
    opened = next(effect.report for effect in turn.effects if isinstance(effect, OpenCase))
    assert turn.conversation.report is not None
    assert replace(opened, words=(), attachments=()) == turn.conversation.report
