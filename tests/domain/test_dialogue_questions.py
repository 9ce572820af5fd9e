"""The questions: one at a time, skippable, corrected, and not asked where the answer is known."""

import pytest

from bot.domain import script
from bot.domain.effects import (
    AddWords,
    OpenCase,
    RaiseUrgency,
    Say,
    TellOfficer,
    UpdateCase,
)
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Ask
from tests.domain.citizen import HAZARD, STANDARD, URGENT, Citizen, facts


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


def test_words_instead_of_a_button_reach_the_case_whole() -> None:
    citizen = Citizen()
    citizen.says(f"{URGENT} ở xã Hòa Phú")
    assert citizen.state.asking == "which"
    citizen.says("Hòa Phú Tây, gần chợ, bố đang đánh em")
    assert [effect.text for effect in citizen.effects(AddWords)] == ["Hòa Phú Tây, gần chợ, bố đang đánh em"]
    assert citizen.effects(RaiseUrgency)


def test_danger_told_instead_of_a_name_belongs_to_the_story() -> None:
    citizen = Citizen()
    citizen.says(URGENT)
    while citizen.state.asking != "name":
        citizen.says("bỏ qua")
    citizen.says("bố đang đánh em")
    assert [effect.text for effect in citizen.effects(AddWords)] == ["bố đang đánh em"]
    assert citizen.state.asking == "name"
