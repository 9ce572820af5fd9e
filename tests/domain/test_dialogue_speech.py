"""What is said, to whom, and never; what is shown instead of written."""

import pytest

from bot.domain.dialogue.listening.speaking import is_few_english
from bot.domain.effects import (
    AddAttachments,
    OpenCase,
    Say,
    UpdateCase,
)
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import HeardKind, Media, Voice
from bot.domain.understanding import Point
from tests.domain.citizen import EMERGENCY, PIN, STANDARD, URGENT, Citizen, facts, heard

# --- what is said ---


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


# --- what is shown ---


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


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("my dad hits me", True),
        ("i need help now", True),
        ("my mom is drunk", True),
        ("me danh em", False),
        ("ba me danh em", False),
        ("em need help", False),
        ("no danh me", False),
        ("help", False),
        ("my dad hits me every day at home", False),
    ],
)
def test_a_few_words_of_english_are_told_from_vietnamese_without_marks(text: str, english: bool) -> None:
    assert is_few_english(text) is english
