"""What an officer types or presses, as commands."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import desk
from bot.domain.cases import CaseId, OfficerId, Result, Status
from bot.domain.desk import (
    Album,
    AskReporter,
    Attach,
    Away,
    BadButton,
    Cancel,
    Close,
    Command,
    Devices,
    Duty,
    HandOn,
    HandOver,
    Help,
    LogIn,
    MyCases,
    Note,
    Nothing,
    OfficerState,
    Open,
    Phoned,
    Redeem,
    SetStatus,
    SetUrgency,
    Take,
    Transfer,
    Unclear,
)
from bot.domain.kinds import Urgency
from bot.domain.messages import Address, Attachment, Heard, HeardKind, Media

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HOA = Address("telegram_officers", "main", "900")
SEVEN, TWELVE = CaseId(7), CaseId(12)
FREE = OfficerState()
HELD = OfficerState(case=SEVEN)


PHOTO = (Attachment(Media.PHOTO, "ref"),)


def sign(said: str) -> str:
    return f"{sum(said.encode()) % 997:03d}"


def captioned(below: str, state: OfficerState = HELD, album: str = "") -> Command:
    shown = Heard(HOA, "1", HeardKind.MEDIA, NOW, text=below, attachments=PHOTO, album=album)
    return desk.parse(shown, state, sign)


def other_sign(said: str) -> str:
    return f"x{sign(said)}"


def typed(text: str, state: OfficerState = FREE) -> Command:
    return desk.parse(Heard(HOA, "1", HeardKind.TEXT, NOW, text=text), state, sign)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/viec", MyCases()),
        ("/viec@tinbao_bot", MyCases()),
        ("việc", MyCases()),
        ("VIEC", MyCases()),
        ("/queue", MyCases()),
        ("/truc", Duty(on=True)),
        ("/nghi", Duty(on=False)),
        ("nghỉ", Duty(on=False)),
        ("/xem 7", Open(SEVEN)),
        ("xem #7", Open(SEVEN)),
        ("7", Open(SEVEN)),
        ("nhận 7", Take(SEVEN)),
        ("Nhan 7", Take(SEVEN)),
        ("/take 12", Take(TWELVE)),
        ("chuyển 7", Transfer(SEVEN)),
        ("/chuyen 7 không thuộc địa bàn", Transfer(SEVEN, None, "không thuộc địa bàn")),
        ("/ghi 7 đã gọi cho cô giáo", Note(SEVEN, "đã gọi cho cô giáo")),
        ("hỏi 7 bây giờ em ở đâu?", AskReporter(SEVEN, "bây giờ em ở đâu?")),
        ("/trangthai 7", SetStatus(SEVEN)),
        ("/khan 7", SetUrgency(SEVEN)),
        ("/dong 7", Close(SEVEN)),
        ("/chuyentinh 7 Sở Y tế Gia Lai: cháu ở đó", HandOn(SEVEN, "Sở Y tế Gia Lai: cháu ở đó")),
        ("/goi111 7", Phoned(SEVEN)),
        ("goi111 7", Phoned(SEVEN)),
        ("/bangiao", HandOver()),
        ("/dangnhap", LogIn()),
        ("/thietbi", Devices()),
        ("/huy", Cancel()),
        ("/trogiup", Help()),
        ("/start", Help()),
        ("/start abc-DEF_1", Redeem("abc-DEF_1")),
        ("/xem", Unclear("which")),
        ("chào em", Unclear("words")),
        ("đóng cửa rồi", Unclear("words")),
        ("mở giúp chị", Unclear("words")),
        ("1234 5678 9012 3456", Unclear("words")),
        ("1234567890123456", Unclear("words")),
        ("", Unclear("other")),
        ("/khongco 7", Unclear("words")),
    ],
)
def test_what_is_typed_is_understood(text: str, command: Command) -> None:
    assert typed(text) == command


@pytest.mark.parametrize(
    ("state", "text", "command"),
    [
        (OfficerState(case=SEVEN), "/nhan", Take(SEVEN)),
        (OfficerState("note", SEVEN), "cháu đã về nhà bà", Note(SEVEN, "cháu đã về nhà bà")),
        (OfficerState("note", SEVEN), "nhận lời", Note(SEVEN, "nhận lời")),
        (OfficerState("note", SEVEN), "việc", Note(SEVEN, "việc")),
        (OfficerState("note", SEVEN), "15", Note(SEVEN, "15")),
        (OfficerState("note", SEVEN), "nhận 12", Take(TWELVE)),
        (OfficerState("note", SEVEN), "/viec", MyCases()),
        (OfficerState("ask", SEVEN), "hỏi 7 người hàng xóm", AskReporter(SEVEN, "hỏi 7 người hàng xóm")),
        (OfficerState("pass", SEVEN, "3"), "chị nghỉ phép", Transfer(SEVEN, OfficerId(3), "chị nghỉ phép")),
        (OfficerState("close", SEVEN, "safe"), "cháu an toàn", Close(SEVEN, Result.SAFE, "cháu an toàn")),
        (OfficerState("urg", SEVEN, "standard"), "nhầm", SetUrgency(SEVEN, Urgency.STANDARD, "nhầm")),
        (OfficerState("hand", SEVEN), "Sở Y tế: ở xa", HandOn(SEVEN, "Sở Y tế: ở xa")),
        (OfficerState("note", SEVEN), "/huy", Cancel()),
    ],
)
def test_what_is_typed_belongs_to_what_was_asked(state: OfficerState, text: str, command: Command) -> None:
    assert typed(text, state) == command


@pytest.mark.parametrize(
    ("state", "below", "command"),
    [
        (OfficerState(case=SEVEN), "", Attach(SEVEN, PHOTO)),
        (OfficerState(case=SEVEN), "cổng nhà", Attach(SEVEN, PHOTO, "cổng nhà")),
        (OfficerState(case=SEVEN), "12", Attach(TWELVE, PHOTO)),
        (OfficerState(case=SEVEN), "7 ảnh ở cổng", Attach(SEVEN, PHOTO, "7 ảnh ở cổng")),
        (OfficerState("ask", SEVEN), "cổng nhà", Attach(SEVEN, PHOTO, "cổng nhà")),
        (OfficerState("note", SEVEN), "/huy", Attach(SEVEN, PHOTO, "/huy")),
        (FREE, "ghi 7 vết bầm", Attach(SEVEN, PHOTO, "vết bầm")),
        (HELD, "/ghi cổng nhà", Attach(SEVEN, PHOTO, "cổng nhà")),
        (HELD, "vụ 7: giống vụ 12", Attach(SEVEN, PHOTO, "giống vụ 12")),
        (FREE, "vụ 7 cổng nhà", Attach(SEVEN, PHOTO, "vụ 7 cổng nhà")),
        (FREE, "2 bé bị bỏ đói", Unclear("media")),
        (FREE, "7", Attach(SEVEN, PHOTO)),
        (FREE, "cổng nhà", Unclear("media")),
        (FREE, "", Unclear("media")),
    ],
)
def test_a_picture_belongs_to_the_case_in_hand_or_the_one_named_below(
    state: OfficerState, below: str, command: Command
) -> None:
    shown = Heard(HOA, "1", HeardKind.MEDIA, NOW, text=below, attachments=PHOTO)
    assert desk.parse(shown, state, sign) == command


@pytest.mark.parametrize(
    ("below", "text"),
    [
        ("vụ 12: ảnh hiện trường", "ảnh hiện trường"),
        ("Vụ số 12 - cổng nhà", "cổng nhà"),
        ("#12", ""),
        ("#12 cổng nhà", "cổng nhà"),
        ("số 12", ""),
        ("nhận 12", "nhận 12"),
        ("/dong 12 đã xong", "/dong 12 đã xong"),
        ("ghi 12 vết bầm", "vết bầm"),
        ("xem 12", ""),
    ],
)
def test_words_that_name_another_case_take_the_picture_there(below: str, text: str) -> None:
    assert captioned(below) == Attach(TWELVE, PHOTO, text)


@pytest.mark.parametrize(
    "below",
    ["12 ảnh hiện trường", "vụ 12 bé bị bỏ đói", "đóng 12 đã xong", "hỏi 12 người hàng xóm", "xem 12 ảnh"],
)
def test_a_number_that_may_count_something_is_perhaps_a_case(below: str) -> None:
    assert captioned(below) == Attach(SEVEN, PHOTO, below, TWELVE, leads=True)


@pytest.mark.parametrize(
    "below", ["ảnh hiện trường vụ 12", "cổng nhà (vụ số 12)", "2 bé trong vụ 12", "giống #12"]
)
def test_a_case_named_further_on_is_asked_for(below: str) -> None:
    assert captioned(below) == Attach(SEVEN, PHOTO, below, TWELVE)


@pytest.mark.parametrize(
    "below", ["12h trưa", "12/5 tại trường", "15:30 tại trường", "ghi 12h trưa", "1234567890", "on 12"]
)
def test_an_hour_a_date_a_telephone_number_or_being_on_duty_names_no_case(below: str) -> None:
    assert captioned(below) == Attach(SEVEN, PHOTO, below)


def test_a_piece_of_an_album_belongs_where_its_first_one_went() -> None:
    state = OfficerState("note", SEVEN, album=Album("a1", TWELVE, "desk.attached"))
    assert captioned("cổng nhà", state, "a1") == Attach(TWELVE, PHOTO, "cổng nhà")
    assert captioned("", state, "a2") == Attach(SEVEN, PHOTO)
    assert captioned("", replace(state, album=Album("a1")), "a1") == Unclear("media")


@pytest.mark.parametrize(
    ("action", "case", "arg", "command"),
    [
        ("take", SEVEN, "41", Take(SEVEN, 41)),
        ("take", SEVEN, "", Take(SEVEN)),
        ("pass", SEVEN, "3", Transfer(SEVEN, OfficerId(3))),
        ("open", SEVEN, "", Open(SEVEN)),
        ("status", SEVEN, "acting", SetStatus(SEVEN, Status.ACTING)),
        ("status", SEVEN, "closed", Close(SEVEN)),
        ("status", SEVEN, "handed_on", HandOn(SEVEN)),
        ("close", SEVEN, "safe", Close(SEVEN, Result.SAFE)),
        ("urg", SEVEN, "emergency", SetUrgency(SEVEN, Urgency.EMERGENCY)),
        ("over", None, "3", HandOver(OfficerId(3))),
        ("over", None, "3!", HandOver(OfficerId(3), sure=True)),
        ("devices", None, "5", Devices(5)),
        ("cases", None, "", MyCases()),
        ("duty", None, "on", Duty(on=True)),
        ("cancel", None, "", Cancel()),
    ],
)
def test_a_button_means_what_it_said(action: str, case: CaseId | None, arg: str, command: Command) -> None:
    assert desk.pressed(desk.tap(sign, action, case, arg), sign) == command


@pytest.mark.parametrize(
    "data",
    [
        "",
        "o1",
        "o1:take:7::",
        "o1:take:7::000",
        "o2:take:7::" + sign("take:7:"),
        desk.tap(other_sign, "take", SEVEN),
        desk.tap(sign, "take", SEVEN).replace(":7:", ":8:"),
        desk.tap(sign, "nonsense", SEVEN),
        "q3:yes",
    ],
)
def test_a_forged_or_foreign_button_is_a_bad_button(data: str) -> None:
    assert desk.pressed(data, sign) == BadButton()


def test_sixty_thousand_digits_are_no_number() -> None:
    assert typed("7" * 60_000) == Unclear("words")
    assert typed("nhận " + "7" * 60_000) == Unclear("words")


@pytest.mark.parametrize("kind", HeardKind)
def test_every_kind_of_message_is_some_command(kind: HeardKind) -> None:
    command = desk.parse(Heard(HOA, "1", kind, NOW), FREE, sign)
    silent = {HeardKind.GROUP: Nothing(), HeardKind.NOTICE: Nothing(), HeardKind.BLOCKED: Away()}
    assert command == silent.get(kind, command)
    assert (kind in silent) is isinstance(command, Nothing | Away)


@given(st.text(max_size=80), st.sampled_from(["", "note", "pass", "close", "urg", "hand", "ask"]))
def test_whatever_is_typed_raises_nothing(text: str, asking: str) -> None:
    typed(text, OfficerState(asking, SEVEN if asking else None))
    captioned(text)
    captioned(text, FREE)
    desk.pressed(text, sign)


@pytest.mark.parametrize("action", ["take", "pass", "status", "close", "devices"])
def test_a_tap_fits_into_64_bytes(action: str) -> None:
    data = desk.tap(lambda _: "A" * 12, action, CaseId(999_999_999), "999999999999")
    assert len(data.encode()) <= 64
