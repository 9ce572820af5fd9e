"""Dangerous places, accused offices, words after a report, collaborators."""

from dataclasses import replace

from bot.domain import script
from bot.domain.cases import CaseId, EntryKind, Status
from bot.domain.conversation import CaseView, Collaborator
from bot.domain.effects import (
    AddAttachments,
    AddWords,
    JoinHazard,
    LeaveCollaboration,
    OpenCase,
    OpenReceipt,
    Redeem,
    UpdateCase,
)
from bot.domain.kinds import Kind
from bot.domain.messages import HeardKind
from tests.domain.citizen import HAZARD, NOW, PIN, STANDARD, URGENT, Citizen, facts, heard, pond

# --- hazards ---


def test_a_hazard_is_a_place_and_what_the_words_tell_is_not_asked() -> None:
    citizen = Citizen()
    citizen.says("Ea Kao có cái ao không rào của nhà ông Sáu, tụi nhỏ hay tắm")
    opened = citizen.effects(OpenCase)[0].report
    assert opened.answers == {"water": "pond", "fence": "none", "children": "often", "owner": script.SAID}
    assert not citizen.effects(AddWords)
    citizen.says("đúng")
    assert citizen.state.asking == "photo"


def test_a_hazard_reported_before_is_shown_and_adding_to_it_counts() -> None:
    citizen = Citizen(facts(hazards=pond(case=40)))
    citizen.says(HAZARD)
    citizen.hears(heard(HeardKind.LOCATION, point=PIN))
    assert {"hazard.known", "ask.same"} <= set(citizen.told)
    citizen.taps("40")
    assert [effect.case for effect in citizen.effects(JoinHazard)] == [CaseId(40)]
    assert not citizen.effects(OpenCase)
    citizen.taps("often")
    assert [(e.case, e.text) for e in citizen.effects(AddWords)] == [(CaseId(40), "often")]
    assert not citizen.effects(UpdateCase)


def test_another_hazard_nearby_is_a_case_of_its_own() -> None:
    citizen = Citizen(facts(hazards=pond()))
    citizen.says(HAZARD)
    citizen.hears(heard(HeardKind.LOCATION, point=PIN))
    citizen.taps("no")
    assert citizen.effects(OpenCase)
    assert not citizen.effects(JoinHazard)


def test_the_button_for_a_hazard_starts_with_the_place() -> None:
    citizen = Citizen()
    citizen.hears(heard(HeardKind.TAP, tap="c:hazard"))
    assert citizen.state.asking == "where"
    citizen.waits(hours=1)
    assert not citizen.effects(OpenCase), "a button alone reports nothing"


# --- accused ---


def test_somebody_of_an_office_who_must_not_know_is_left_out() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    while citizen.state.asking != "not_to":
        citizen.says("bỏ qua")
    citizen.says("công an xã, với thầy hiệu trưởng")
    assert citizen.effects(UpdateCase)[0].report.accused == ("police", "teacher")


# --- afterwards ---


def finished(text: str = URGENT) -> Citizen:
    citizen = Citizen()
    citizen.says(f"{text} ở Ea Kao")
    citizen.says("xong")
    return citizen


def test_thanks_are_answered_and_reopen_nothing() -> None:
    citizen = finished()
    citizen.says("dạ em cảm ơn")
    assert [effect.matters for effect in citizen.effects(AddWords)] == [False]


def test_more_words_of_the_same_story_are_added() -> None:
    citizen = finished()
    citizen.says("hôm nay bố lại hay đánh em nữa")
    assert [effect.case for effect in citizen.effects(AddWords)] == [CaseId(1)]
    assert "added.to_report" in citizen.told


def test_another_kind_of_story_is_added_at_once_and_asked_about() -> None:
    citizen = finished()
    citizen.says("chú sờ người em")
    assert [effect.case for effect in citizen.effects(AddWords)] == [CaseId(1)]
    citizen.taps("other")
    opened = citizen.effects(OpenCase)[0].report
    assert opened.kind is Kind.SEXUAL_ABUSE
    assert citizen.state.case == CaseId(2)
    assert citizen.state.earlier == (CaseId(1),)


def test_a_dangerous_place_after_a_child_is_a_report_of_its_own() -> None:
    citizen = finished()
    citizen.says("gần trường có ao không rào ở Ea Kao")
    assert citizen.effects(OpenCase)[0].report.kind is Kind.DROWNING_HAZARD
    assert citizen.state.earlier == (CaseId(1),)


def test_words_after_a_closed_case_ask_whether_it_is_the_same() -> None:
    citizen = finished()
    view = CaseView(CaseId(1), Kind.VIOLENCE, Status.CLOSED, "24163", NOW)
    citizen.facts = facts(case=view)
    citizen.says(URGENT)
    assert citizen.effects(AddWords)
    assert citizen.state.asking == "same_story"


def test_an_officers_question_is_answered_to_the_officer() -> None:
    citizen = finished()
    citizen.state = replace(citizen.state, question_open=True)
    citizen.says("lúc 7 giờ tối")
    assert [(e.text, e.kind) for e in citizen.effects(AddWords)] == [("lúc 7 giờ tối", EntryKind.ANSWER)]
    assert not citizen.state.question_open


def test_the_status_says_nothing_about_the_matter() -> None:
    citizen = finished()
    citizen.facts = facts(case=CaseView(CaseId(1), Kind.VIOLENCE, Status.ACTING, "24163", NOW))
    citizen.says("tình trạng")
    assert citizen.told == ["standing.acting"]


# --- collaborators ---


def collaborator() -> Citizen:
    mine = (CaseView(CaseId(31), Kind.NEGLECT, Status.ACTING, "24133", NOW),)
    return Citizen(facts(collaborator=Collaborator(1, "24133"), mine=mine))


def test_a_collaborators_own_commune_is_the_place_unless_another_is_named() -> None:
    own, other = collaborator(), collaborator()
    own.says("cháu 8 tuổi bị mắng")
    other.says("cháu 8 tuổi bị mắng ở Ea Kao")
    assert own.effects(OpenCase)[0].report.unit == "24133"
    assert other.effects(OpenCase)[0].report.unit == "24163"


def test_a_collaborator_gets_one_form_instead_of_many_questions() -> None:
    citizen = collaborator()
    citizen.says(URGENT)
    asked = []
    while citizen.state.asking:
        asked.append(citizen.state.asking)
        citizen.says("bỏ qua")
    assert asked == ["confirm", "form", "safe_now"]


def test_a_collaborators_next_report_is_a_new_one() -> None:
    citizen = collaborator()
    citizen.says(URGENT)
    citizen.says("xong")
    citizen.says("cháu khác cũng bị mắng")
    assert citizen.effects(OpenCase)


def test_a_collaborator_sees_the_list_and_leaves_by_one_word() -> None:
    citizen = collaborator()
    citizen.says("/danhsach")
    assert {"mine.item", "standing.acting"} <= set(citizen.told)
    citizen.says("bàn giao")
    assert [effect.hand_over for effect in citizen.effects(LeaveCollaboration)] == [True]
    citizen.says("/roi")
    assert [effect.hand_over for effect in citizen.effects(LeaveCollaboration)] == [False]


def test_an_invitation_is_redeemed_by_link_and_by_word() -> None:
    citizen = Citizen()
    citizen.hears(heard(HeardKind.START, tap="Ab3xYz9k"))
    assert [effect.token for effect in citizen.effects(Redeem)] == ["Ab3xYz9k"]
    citizen.says("mã mời: Ab3xYz9k")
    assert [effect.token for effect in citizen.effects(Redeem)] == ["Ab3xYz9k"]


def test_a_photo_of_a_hazard_answers_the_question_for_one_and_adds_no_words() -> None:
    citizen = Citizen()
    citizen.says("Ea Kao có cái ao không rào của nhà ông Sáu, tụi nhỏ hay tắm")
    citizen.says("đúng")
    citizen.shows()
    assert citizen.state.asking == ""
    assert citizen.effects(AddAttachments)
    assert not citizen.effects(AddWords)


def test_a_pin_that_comes_after_the_hazard_was_reported_says_that_it_is_known() -> None:
    citizen = Citizen(facts(hazards=pond()))
    citizen.says("Ea Kao có cái ao không rào, tụi nhỏ hay tắm")
    assert citizen.effects(OpenCase)
    citizen.hears(heard(HeardKind.LOCATION, point=PIN))
    assert "place.noted_known" in citizen.told
    own = Citizen(facts(hazards=pond(case=1)))
    own.says("Ea Kao có cái ao không rào, tụi nhỏ hay tắm")
    own.hears(heard(HeardKind.LOCATION, point=PIN))
    assert "place.noted" in own.told, "its own case is no news"


def test_a_receipt_in_an_edited_message_is_a_receipt_and_stands_nowhere() -> None:
    citizen = Citizen()
    citizen.says(STANDARD)
    citizen.hears(heard(HeardKind.EDITED, text="mã của em là 4921 0385 7710 2946"))
    assert [effect.digits for effect in citizen.effects(OpenReceipt)] == ["4921038577102946"]
    assert citizen.state.report is not None
    assert citizen.state.report.words == (STANDARD,)
