"""Every kind of thing heard, in every state of the conversation: an answer, nothing raised, nothing lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.effects import AddAttachments, AddWords, OpenCase, Say, TellOfficer
from bot.domain.messages import Attachment, Heard, HeardKind, Media
from bot.domain.understanding import Point
from tests.domain.citizen import Citizen, facts, heard, pond

PIN = Point(12.66, 108.05)
FILES = (
    Attachment(Media.PHOTO, "a"),
    Attachment(Media.VIDEO, "b", size=90_000_000),
    Attachment(Media.DOCUMENT, "c"),
)


def fresh() -> Citizen:
    return Citizen()


def greeted() -> Citizen:
    citizen = Citizen()
    citizen.hears(heard(HeardKind.START))
    return citizen


def draft() -> Citizen:
    citizen = Citizen()
    citizen.says("nó bị mắng suốt ngày")
    assert citizen.state.asking == "where"
    return citizen


def emergency() -> Citizen:
    citizen = Citizen()
    citizen.says("bạn em đang bị đánh")
    return citizen


def confirming() -> Citizen:
    citizen = emergency()
    citizen.says("xã Ea Kao")
    assert citizen.state.asking == "confirm"
    return citizen


def unsure() -> Citizen:
    citizen = Citizen()
    citizen.says("em buồn lắm")
    assert citizen.state.asking == "kind"
    return citizen


def finished() -> Citizen:
    citizen = emergency()
    citizen.says("xong")
    assert citizen.state.asking == ""
    return citizen


def unsafe() -> Citizen:
    citizen = emergency()
    citizen.state = replace(citizen.state, safe_to_write=False, asking="")
    return citizen


def returned() -> Citizen:
    citizen = finished()
    citizen.state = replace(citizen.state, report=None)
    return citizen


def asked_by_officer() -> Citizen:
    citizen = finished()
    citizen.state = replace(citizen.state, question_open=True)
    return citizen


def another_story() -> Citizen:
    citizen = finished()
    citizen.says("hôm qua ổng sờ người em nữa")
    assert citizen.state.asking == "same_story"
    return citizen


def hazard_nearby() -> Citizen:
    citizen = Citizen(facts(hazards=pond()))
    citizen.says("ao không rào")
    citizen.hears(heard(HeardKind.LOCATION, point=PIN))
    assert citizen.state.asking == "same"
    return citizen


def crowded() -> Citizen:
    citizen = draft()
    citizen.facts = facts(crowded=True)
    return citizen


def blocked() -> Citizen:
    citizen = finished()
    citizen.hears(heard(HeardKind.BLOCKED))
    return citizen


STATES: list[Callable[[], Citizen]] = [
    fresh, greeted, draft, emergency, confirming, unsure, finished, unsafe, returned, asked_by_officer,
    another_story, hazard_nearby, crowded, blocked,
]  # fmt: skip

TEXTS = {
    "plain": "nó vẫn ở nhà với ba",
    "report": "thằng bé 9 tuổi rửa bát thuê cả ngày",
    "emergency": "bố đang đánh em",
    "question": "thủ tục nhận con nuôi",
    "empty": "",
    "blank": " \u200b\u200f \n",
    "emoji": "😭😭",
    "dots": "...",
    "decomposed": "bạn em đang bị đánh",
    "right to left": "\u202eem so ba\u202c",
    "controls": "em\x00 sợ\x07",
    "long": "em sợ lắm " * 6000,
    "one long word": "a" * 60_000,
    "receipt": "8431 0275 9946 1203",
    "receipt and words": "8431027599461203 nó dọn đi nơi khác rồi ạ",
    "number": "2",
    "many digits": "9" * 5000,
    "superscript": "²",
    "command": "/huy",
    "unknown command": "/abc",
    "invitation": "/start Ab3_xYz9",
    "courtesy": "dạ em cảm ơn",
    "yes": "đúng rồi",
    "no": "không",
    "skip": "bỏ qua",
    "stop": "xong",
    "braces": "{place} {0} %s <b>x</b>",
    "other language": "nyo hluê brei",
    "English": "my father is beating my brother now",
    "surrogate": "\ud800 abc",
}

HEARD: dict[str, Heard] = {
    **{f"text: {name}": heard(text=text) for name, text in TEXTS.items()},
    "photo": heard(HeardKind.MEDIA, attachments=FILES[:1]),
    "album photo": heard(HeardKind.MEDIA, attachments=FILES[:1], album="a1"),
    "video too large": heard(HeardKind.MEDIA, attachments=FILES),
    "voice": heard(HeardKind.MEDIA, attachments=(Attachment(Media.VOICE, "v"),)),
    "voice with words": heard(
        HeardKind.MEDIA, attachments=(Attachment(Media.AUDIO, "v"),), text="bố đang đánh em"
    ),
    "photo with words": heard(HeardKind.MEDIA, attachments=FILES[:1], text="ao không rào ở Ea Kao"),
    "media without a file": heard(HeardKind.MEDIA),
    "location": heard(HeardKind.LOCATION, point=PIN),
    "location without a point": heard(HeardKind.LOCATION),
    "live location": heard(HeardKind.LIVE_LOCATION, point=PIN),
    "contact": heard(HeardKind.CONTACT, text="Cô Lan 0900000001"),
    "contact without words": heard(HeardKind.CONTACT),
    "sticker": heard(HeardKind.STICKER),
    "poll": heard(HeardKind.POLL),
    "poll with words": heard(HeardKind.POLL, text="Có ai biết không?"),
    "edited": heard(HeardKind.EDITED, text="bố đang đánh em"),
    "edited to nothing": heard(HeardKind.EDITED),
    "old button": heard(HeardKind.TAP, tap="q:0:where:-"),
    "forged button": heard(HeardKind.TAP, tap="q:99999:confirm:yes"),
    "broken button": heard(HeardKind.TAP, tap="q::"),
    "empty button": heard(HeardKind.TAP),
    "unknown button": heard(HeardKind.TAP, tap="c:nothing_known"),
    **{
        f"button {name}": heard(HeardKind.TAP, tap=f"c:{name}")
        for name in (
            "report",
            "hazard",
            "privacy",
            "ask_officer",
            "mine",
            "cancel",
            "erase",
            "status",
            "english",
        )
    },
    "start": heard(HeardKind.START),
    "start with a token": heard(HeardKind.START, tap="Ab3_xYz9"),
    "group": heard(HeardKind.GROUP),
    "blocked": heard(HeardKind.BLOCKED),
    "unblocked": heard(HeardKind.UNBLOCKED),
    "unsupported": heard(HeardKind.UNSUPPORTED),
    "notice": heard(HeardKind.NOTICE),
}

SILENT = {
    "blocked",
    "notice",
    "unblocked",
    "start with a token",
    "text: invitation",
    "text: receipt",
    "text: receipt and words",
}
"""Answered by what they lead to, or by nobody: a person who is gone."""


def test_the_table_knows_every_kind_of_thing_heard() -> None:
    assert {what.kind for what in HEARD.values()} == set(HeardKind)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("what", HEARD, ids=lambda name: name.replace(" ", "-"))
def test_everything_heard_has_an_answer_in_every_state(what: str, state: Callable[[], Citizen]) -> None:
    citizen = state()
    citizen.hears(HEARD[what])
    if what in SILENT or (what == "live location" and state is hazard_nearby):
        return
    assert citizen.effects(Say), "no answer"


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize(
    "text", ["plain", "report", "emergency", "long", "other language", "English", "braces"]
)
def test_words_are_never_lost(text: str, state: Callable[[], Citizen]) -> None:
    citizen = state()
    words = TEXTS[text].strip()
    citizen.says(words)
    report = citizen.last.conversation.report
    kept = [effect.text for effect in citizen.effects(AddWords)]
    kept += [words for effect in citizen.effects(OpenCase) for words in effect.report.words]
    kept += [*report.words, *report.answers.values()] if report else []
    assert words in kept


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_files_are_never_lost(state: Callable[[], Citizen]) -> None:
    citizen = state()
    citizen.hears(heard(HeardKind.MEDIA, attachments=FILES))
    report = citizen.last.conversation.report
    kept = [file for effect in citizen.effects(AddAttachments) for file in effect.attachments]
    kept += [file for effect in citizen.effects(OpenCase) for file in effect.report.attachments]
    kept += report.attachments if report else ()
    assert set(FILES) <= set(kept)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_an_emergency_is_answered_first_of_all_in_every_state(state: Callable[[], Citizen]) -> None:
    citizen = state()
    citizen.says("bố đang đánh em")
    first = citizen.effects(Say)[0]
    assert first.lines[0].key.startswith("danger."), first.lines[0].key
    assert "number.111" in citizen.told
    assert "number.113" in citizen.told


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_an_emergency_reaches_a_case_in_the_same_turn(state: Callable[[], Citizen]) -> None:
    citizen = state()
    had = citizen.state.case
    citizen.says("bố đang đánh em")
    assert citizen.effects(OpenCase) or (had is not None and citizen.effects(AddWords))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_after_a_long_silence_nothing_reportable_is_left_without_a_case(state: Callable[[], Citizen]) -> None:
    citizen = state()
    citizen.waits(hours=1)
    report = citizen.state.report
    assert report is None or report.opened or citizen.state.wake_at is not None
    if state in (draft, crowded, hazard_nearby, unsure):
        assert citizen.effects(OpenCase)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_button_fits_into_64_bytes(state: Callable[[], Citizen]) -> None:
    citizen = state()
    citizen.hears(heard(HeardKind.TAP, tap="c:privacy"))
    assert bool(citizen.buttons) is bool(citizen.state.asking), "looked at the buttons of a question"
    assert all(len(choice.tap.encode()) <= 64 for choice in citizen.buttons)


def test_being_blocked_is_told_to_the_officer_of_an_open_case() -> None:
    citizen = finished()
    citizen.hears(heard(HeardKind.BLOCKED))
    assert [effect.code for effect in citizen.effects(TellOfficer)] == ["blocked"]
