"""The citizen's conversation: what it opens, asks, keeps and never says."""

from dataclasses import replace

import pytest

from bot.domain import dialogue, script
from bot.domain.cases import CaseId, EntryKind, Status
from bot.domain.conversation import CaseView, Collaborator, Conversation
from bot.domain.dialogue import keeping
from bot.domain.effects import (
    AddAttachments,
    AddWords,
    AskErasure,
    IssueReceipt,
    JoinHazard,
    LeaveCollaboration,
    OpenCase,
    OpenReceipt,
    RaiseUrgency,
    Redeem,
    Say,
    TellOfficer,
    UpdateCase,
)
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Ask, HeardKind, Media, Voice
from bot.domain.understanding import Point
from tests.domain.citizen import NOW, Citizen, facts, heard, pond

PIN = Point(12.66, 108.05)
EMERGENCY = "bạn em đang bị đánh"
URGENT = "bố hay đánh em"
STANDARD = "nó bị mắng suốt ngày"
HAZARD = "ao không rào"


# --- opening ---------------------------------------------------------------------------------------------


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


# --- the questions ---------------------------------------------------------------------------------------


def test_all_questions_of_an_urgent_report_come_one_at_a_time_and_can_be_skipped() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    asked = []
    while citizen.state.asking:
        asked.append(citizen.state.asking)
        assert sum(bool(effect.choices) for effect in citizen.effects(Say)) == 1
        citizen.says("bỏ qua")
    assert asked == ["where", "confirm", "who", "safe_now", "not_to", "contact", "name"]
    assert "finish.report" in citizen.told


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("collaborator", [False, True])
def test_every_step_of_every_script_is_a_question(kind: Kind, collaborator: bool) -> None:
    steps = script.steps(kind, Urgency.STANDARD, collaborator=collaborator)
    assert steps
    assert set(steps) <= set(script.QUESTIONS)


def test_the_place_is_asked_with_a_pin_where_the_channel_has_one() -> None:
    citizen = Citizen()
    citizen.says(HAZARD)
    assert citizen.effects(Say)[-1].ask is Ask.LOCATION
    other = Citizen(facts(location=False))
    other.says(URGENT)
    assert other.effects(Say)[-1].ask is None
    assert "ask.where.in_words" in other.told


def test_several_places_of_one_name_are_offered_as_buttons() -> None:
    citizen = Citizen()
    citizen.says(f"{STANDARD} ở xã Hòa Phú")
    assert citizen.state.asking == "which"
    citizen.taps("22015")
    assert citizen.effects(OpenCase)[0].report.unit == "22015"


def test_none_of_the_places_offered_leads_on_without_one() -> None:
    citizen = Citizen()
    citizen.says(f"{STANDARD} ở xã Hòa Phú")
    citizen.taps(script.SKIP)
    assert citizen.state.asking == "where"


def test_a_place_nobody_knows_is_kept_in_its_words_and_asked_about_once() -> None:
    citizen = Citizen()
    citizen.says(STANDARD)
    citizen.says("sau trường Lê Lợi")
    assert citizen.state.asking == "commune"
    citizen.says("không nhớ nữa")
    opened = citizen.effects(OpenCase)[0].report
    assert opened.unit is None
    assert opened.answers["where"] == "sau trường Lê Lợi"


def test_what_was_understood_can_be_corrected_and_the_officer_learns_of_it() -> None:
    citizen = Citizen()
    citizen.says(f"{URGENT} ở Ea Kao")
    citizen.taps("where")
    assert [effect.code for effect in citizen.effects(TellOfficer)] == ["corrected"]
    citizen.says("Buôn Ma Thuột")
    assert citizen.effects(UpdateCase)[0].report.unit == "24133"
    citizen.taps("kind")
    citizen.taps(Kind.NEGLECT.value)
    assert citizen.effects(UpdateCase)[0].report.kind is Kind.NEGLECT
    assert citizen.state.asking == "confirm"


def test_a_correction_in_words_is_taken_over() -> None:
    citizen = Citizen()
    citizen.says(f"{URGENT} ở Ea Kao")
    citizen.says("nhầm rồi, ở phường Buôn Ma Thuột")
    assert citizen.effects(UpdateCase)[0].report.unit == "24133"


def test_a_kind_that_was_chosen_is_not_taken_away_by_later_words() -> None:
    citizen = Citizen()
    citizen.says(f"{URGENT} ở Ea Kao")
    citizen.taps("kind")
    citizen.taps(Kind.NEGLECT.value)
    citizen.says("đúng")
    citizen.says("ba hay đánh em lắm")
    assert citizen.state.report is not None
    assert citizen.state.report.kind is Kind.NEGLECT


def test_who_is_unsure_is_offered_the_two_likeliest_and_a_way_out() -> None:
    citizen = Citizen()
    citizen.says("em buồn lắm")
    answers = [choice.tap.split(":")[-1] for choice in citizen.buttons]
    assert answers == ["violence", "neglect", "other", script.SKIP]
    citizen.taps("neglect")
    assert citizen.state.asking == "where"
    citizen.says("Ea Kao")
    assert citizen.effects(OpenCase)[0].report.kind is Kind.NEGLECT


def test_a_child_that_is_not_safe_makes_a_standard_case_urgent_and_names_numbers() -> None:
    citizen = Citizen()
    citizen.says(f"{STANDARD} ở Ea Kao")
    citizen.says("đúng")
    citizen.says("bỏ qua")
    citizen.taps("no")
    assert [effect.urgency for effect in citizen.effects(RaiseUrgency)] == [Urgency.URGENT]
    assert "number.113" in citizen.told


def test_an_answer_that_tells_of_danger_raises_the_case_and_is_answered_with_help() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    citizen.says("Ea Kao, bố đang đánh em")
    assert [effect.urgency for effect in citizen.effects(RaiseUrgency)] == [Urgency.EMERGENCY]
    assert citizen.told[0].startswith("danger.")


@pytest.mark.parametrize(
    ("answer", "safe", "contact"),
    [
        ("yes", True, ""),
        ("no", False, ""),
        ("được", True, ""),
        ("chỉ sau 9 giờ tối", False, "chỉ sau 9 giờ tối"),
    ],
)
def test_writing_back_is_safe_only_where_somebody_said_so(answer: str, safe: bool, contact: str) -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    while citizen.state.asking != "contact":
        citizen.says("bỏ qua")
    citizen.says(answer)
    assert (citizen.state.safe_to_write, citizen.state.contact) == (safe, contact)
    assert ("finish.unsafe" in citizen.told) is not safe


def test_another_way_of_contact_is_asked_for_and_kept() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    while citizen.state.asking != "contact":
        citizen.says("bỏ qua")
    citizen.taps("how")
    citizen.says("nói với cô chủ nhiệm")
    assert (citizen.state.safe_to_write, citizen.state.contact) == (False, "nói với cô chủ nhiệm")
    assert citizen.state.asking == ""


def test_who_says_that_writing_is_not_safe_is_asked_for_nothing_but_the_place() -> None:
    citizen = Citizen()
    citizen.says(f"{URGENT}, đừng nhắn lại")
    assert citizen.state.safe_to_write is False
    assert citizen.state.asking == "where"
    citizen.says("Ea Kao")
    assert citizen.state.asking == ""


def test_a_name_is_kept_apart_from_the_story() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    while citizen.state.asking != "name":
        citizen.says("bỏ qua")
    citizen.says("Nguyễn Văn A")
    assert not citizen.effects(AddWords)
    assert citizen.effects(UpdateCase)[0].report.answers["name"] == "Nguyễn Văn A"


def test_enough_ends_the_questions() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    citizen.says("xong")
    assert citizen.state.asking == ""
    citizen.says("nhà em ở Ea Kao")
    assert citizen.effects(UpdateCase)[0].report.unit == "24163"
    assert citizen.state.asking == ""


def test_a_long_story_is_not_asked_for_again() -> None:
    citizen = Citizen()
    citizen.says(f"{URGENT} ở Ea Kao " + "hôm qua em đi học về thì bố đã say rồi " * 5)
    citizen.says("đúng")
    assert citizen.state.asking == "safe_now"


# --- buttons ---------------------------------------------------------------------------------------------


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
    without, with_buttons = Citizen(facts(buttons=False)), Citizen()
    for citizen in (without, with_buttons):
        citizen.says(f"{URGENT} ở Ea Kao")
        citizen.says("1")
    assert without.state.asking == "who"
    assert with_buttons.effects(AddWords)[0].text == "1"


# --- cancel, delete, language ------------------------------------------------------------------------------


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


# --- what is said ------------------------------------------------------------------------------------------


def test_the_first_answer_says_once_that_a_machine_speaks() -> None:
    citizen = Citizen()
    citizen.says(EMERGENCY)
    assert citizen.told.count("intro.automatic") == 1
    assert citizen.told.index("intro.automatic") > citizen.told.index("number.111")
    citizen.says("Ea Kao")
    assert "intro.automatic" not in citizen.told


def test_a_child_is_spoken_to_as_a_child_and_an_adult_as_an_adult() -> None:
    child, adult, nobody = Citizen(), Citizen(), Citizen()
    child.says(URGENT)
    adult.says("tôi thấy nhà bên cạnh hay đánh con")
    nobody.says("nhà bên cạnh hay đánh con")
    assert [c.state.voice for c in (child, adult, nobody)] == [Voice.CHILD, Voice.ADULT, Voice.UNKNOWN]


def test_secrecy_is_never_promised() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    citizen.says("đừng nói với ai nha")
    assert "privacy.no_secret" in citizen.told


def test_an_adult_in_danger_is_told_the_police_number_too() -> None:
    citizen = Citizen()
    citizen.says("chồng tôi đánh tôi thì làm sao")
    assert {"advice.grown_up", "number.113"} <= set(citizen.told)


def test_jokes_are_answered_shorter_each_time() -> None:
    citizen = Citizen()
    lines = []
    for text in ("hi", "hihi", "lêu lêu", "lêu lêu lêu"):
        citizen.says(text)
        lines.append(citizen.told[-1])
    assert lines[:3] == ["nothing.first", "nothing.second", "nothing.more"]
    assert lines[3] == "nothing.more"


def test_a_question_can_be_sent_to_an_officer() -> None:
    citizen = Citizen()
    citizen.says("thủ tục nhận con nuôi")
    assert not citizen.effects(OpenCase)
    citizen.hears(heard(HeardKind.TAP, tap="c:ask_officer"))
    opened = citizen.effects(OpenCase)[0].report
    assert (opened.kind, opened.assessment.urgency) == (Kind.ADVICE, Urgency.STANDARD)


def test_words_that_report_nothing_are_dropped_after_a_day() -> None:
    citizen = Citizen()
    citizen.says("thủ tục nhận con nuôi")
    citizen.waits(days=1)
    assert not citizen.effects(OpenCase)
    assert citizen.state.report is None


# --- what is shown -----------------------------------------------------------------------------------------


def test_a_voice_message_alone_opens_a_case_that_somebody_must_hear() -> None:
    citizen = Citizen()
    citizen.shows(Media.VOICE)
    opened = citizen.effects(OpenCase)[0].report
    assert (opened.kind, opened.assessment.urgency) == (Kind.UNKNOWN, Urgency.URGENT)
    assert [a.media for a in opened.attachments] == [Media.VOICE]


def test_a_voice_message_after_a_case_is_added_to_it() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    citizen.shows(Media.VOICE)
    assert citizen.effects(AddAttachments)
    assert not citizen.effects(OpenCase)


def test_an_album_is_answered_once_and_kept_whole() -> None:
    citizen = Citizen()
    answers = 0
    for _ in range(10):
        citizen.shows(album="7")
        answers += len(citizen.effects(Say))
    assert answers == 1
    citizen.waits(minutes=10)
    assert len(citizen.effects(OpenCase)[0].report.attachments) == 10


def test_pictures_of_a_sexual_abuse_report_are_sealed_whenever_they_came() -> None:
    before, after = Citizen(), Citizen()
    before.shows()
    before.says("ổng sờ người em")
    assert before.effects(OpenCase)[0].report.restricted
    after.says("ổng sờ người em")
    assert "sexual.no_pictures" in after.told
    after.shows()
    assert after.effects(UpdateCase)[0].report.restricted
    assert "sexual.picture_sealed" in after.told


def test_a_file_too_large_is_said_and_the_web_page_offered() -> None:
    citizen = Citizen()
    citizen.shows(Media.VIDEO, size=30_000_000)
    assert "media.too_large" in citizen.told
    citizen.facts = facts(web="")
    citizen.shows(Media.VIDEO, size=30_000_000)
    assert "media.too_large_here" in citizen.told


def test_a_pin_answers_where() -> None:
    citizen = Citizen()
    citizen.says(STANDARD)
    citizen.hears(heard(HeardKind.LOCATION, point=PIN))
    opened = citizen.effects(OpenCase)[0].report
    assert (opened.unit, opened.point) == ("24163", PIN)


def test_a_live_location_that_stays_is_answered_once() -> None:
    citizen = Citizen()
    citizen.says(EMERGENCY)
    citizen.hears(heard(HeardKind.LIVE_LOCATION, point=PIN))
    assert citizen.effects(Say)
    citizen.hears(heard(HeardKind.LIVE_LOCATION, point=Point(12.6601, 108.0501)))
    assert not citizen.effects(Say)


# --- hazards -----------------------------------------------------------------------------------------------


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


# --- accused -----------------------------------------------------------------------------------------------


def test_somebody_of_an_office_who_must_not_know_is_left_out() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    while citizen.state.asking != "not_to":
        citizen.says("bỏ qua")
    citizen.says("công an xã, với thầy hiệu trưởng")
    assert citizen.effects(UpdateCase)[0].report.accused == ("police", "teacher")


# --- afterwards ----------------------------------------------------------------------------------------------


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


# --- receipts ------------------------------------------------------------------------------------------------


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


# --- collaborators ---------------------------------------------------------------------------------------------


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


# --- what services may have done meanwhile -----------------------------------------------------------------------


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
