"""The officers' conversation: the same on every channel, with and without buttons."""

import re
from datetime import timedelta

from bot.domain.cases import CaseId, Excluded, Status
from bot.domain.kinds import Urgency
from bot.services.officers import access
from tests.services.office import Office, say_state, state_of
from tests.services.people import AN, NOON
from tests.services.steps import answered, buttons

CASES = re.compile(r"Vụ (\d+)")


def test_a_transfer_asks_whom_and_why(both: Office) -> None:
    case = both.report()
    whom = answered(both, "HOA", tap=buttons(both.letters("HOA"))["Chuyển"])
    people = buttons(whom)
    assert not any("H'Lan" in name for name in people)
    chair = next(tap for name, tap in people.items() if "Lê Văn Chủ" in name)
    assert "Vì sao" in both.presses("HOA", chair)
    assert "đang chờ tiếp nhận" in both.types("HOA", "tôi nghỉ phép")
    assert both.told("CHU")
    assert both.case(case).owner is None


def test_a_reason_typed_first_is_kept_until_the_person_is_chosen(office: Office) -> None:
    office.report()
    office.letters("HOA")
    people = buttons(answered(office, "HOA", "/chuyen 1 ngoài địa bàn"))
    chair = next(tap for name, tap in people.items() if "Lê Văn Chủ" in name)
    assert "đang chờ tiếp nhận" in office.presses("HOA", chair)


def test_the_accused_are_not_offered(office: Office) -> None:
    office.report(excluded=Excluded(roles=("chair",)))
    people = buttons(answered(office, "HOA", "/chuyen 1"))
    assert people
    assert not any("Lê Văn Chủ" in name for name in people)


def test_note_ask_status_and_close_step_by_step(both: Office) -> None:
    case = both.report(AN)
    taken = answered(both, "HOA", tap=buttons(both.letters("HOA"))["Tiếp nhận"])
    both.writer_reads(AN)
    menu = buttons(taken)
    assert {"Tình trạng", "Ghi chú", "Hỏi người báo", "Chuyển", "Kết thúc"} <= set(menu)
    both.presses("HOA", menu["Ghi chú"])
    assert f"Đã ghi chú vào vụ {case}" in both.types("HOA", "đã gọi trưởng thôn")
    assert "Hãy hỏi mở" in both.presses("HOA", menu["Hỏi người báo"])
    assert "Đã gửi câu hỏi" in both.types("HOA", "Bây giờ em ở đâu?")
    assert any("Bây giờ em ở đâu?" in text for text in both.writer_reads(AN))
    status = buttons(answered(both, "HOA", tap=menu["Tình trạng"]))
    assert "đã kết thúc" in status
    results = buttons(answered(both, "HOA", tap=menu["Kết thúc"]))
    safe = next(tap for name, tap in results.items() if "an toàn" in name)
    both.presses("HOA", safe)
    assert f"Đã kết thúc vụ {case}" in both.types("HOA", "-")
    assert both.case(case).status is Status.CLOSED


def test_lowering_the_urgency_asks_why_and_raising_does_not(office: Office) -> None:
    case = office.report(urgency=Urgency.URGENT)
    office.types("HOA", f"/nhan {case}")
    levels = buttons(answered(office, "HOA", f"/khan {case}"))
    office.presses("HOA", levels["KHẨN CẤP"])
    assert office.case(case).urgency is Urgency.EMERGENCY
    levels = buttons(answered(office, "HOA", f"/khan {case}"))
    assert "cần lý do" in office.presses("HOA", levels["bình thường"])
    office.types("HOA", "đã gặp cháu, cháu an toàn")
    assert office.case(case).urgency is Urgency.STANDARD


def test_handing_on_asks_where_and_why(office: Office) -> None:
    case = office.report()
    office.types("HOA", f"/nhan {case}")
    assert "nơi nhận: lý do" in office.types("HOA", f"/chuyentinh {case}")
    assert "Sở Y tế Gia Lai" in office.types("HOA", "Sở Y tế Gia Lai: cháu ở Pleiku")
    assert office.case(case).status is Status.HANDED_ON


def test_cancel_leaves_what_one_is_in_the_middle_of(office: Office) -> None:
    case = office.report()
    office.types("HOA", f"/ghi {case}")
    office.types("HOA", "/huy")
    assert "chưa hiểu" in office.types("HOA", "không phải ghi chú")
    assert not any(e.text for e in office.store.read(lambda uow: uow.cases.entries(case)))


def test_what_was_asked_long_ago_is_not_answered_by_what_is_typed_now(office: Office) -> None:
    case = office.report()
    office.types("HOA", f"/ghi {case}")
    office.now += timedelta(minutes=31)
    assert "chưa hiểu" in office.types("HOA", "chị ơi mai họp lúc mấy giờ")
    assert not any(e.text for e in office.store.read(lambda uow: uow.cases.entries(case)))


def test_viec_lists_ones_cases_by_urgency(both: Office) -> None:
    slow, quick = both.report(urgency=Urgency.STANDARD), both.report()
    listed = answered(both, "HOA", "/viec")
    assert [CaseId(int(n)) for n in CASES.findall(listed[0].text)] == [quick, slow]
    assert f"Vụ {quick} ·" in both.presses("HOA", buttons(listed)[f"Vụ {quick}"])
    assert "không có việc" in both.types("MINH", "việc")


def test_off_duty_nobody_rings_and_on_duty_again_they_do(both: Office) -> None:
    assert "nghỉ trực" in both.types("HOA", "/nghi")
    both.report()
    assert both.told("HOA") == []
    assert both.told("CHU")
    assert "đang trực" in both.types("HOA", "/truc")
    both.report()
    assert both.told("HOA")


def test_everything_is_handed_over_after_a_question(office: Office) -> None:
    case = office.report()
    office.types("HOA", f"/nhan {case}")
    offered = answered(office, "HOA", "/nghi")
    whom = buttons(answered(office, "HOA", tap=buttons(offered)["Bàn giao hết"]))
    chair = next(tap for name, tap in whom.items() if "Lê Văn Chủ" in name)
    sure = buttons(answered(office, "HOA", tap=chair))
    assert office.case(case).owner is not None
    assert "Đã bàn giao 1 vụ" in office.presses("HOA", sure["Đồng ý"])
    assert office.told("CHU")


def test_a_log_in_link_and_the_devices(office: Office) -> None:
    url = buttons(answered(office, "HOA", "/dangnhap"))["Mở bàn làm việc"]
    opened = office.store.write(
        lambda uow: access.open_session(uow, office.tools, url.rsplit("/", 1)[1], office.now)
    )
    assert opened is not None
    devices = answered(office, "HOA", "/thietbi")
    assert "Thiết bị đang đăng nhập: 1" in devices[0].text
    assert "Đã ngắt" in office.presses("HOA", buttons(devices)["Ngắt thiết bị 1"])
    assert office.store.read(lambda uow: access.session(uow, office.tools, opened.token, NOON)) is None


def test_without_buttons_the_card_says_what_to_answer(bare: Office) -> None:
    case = bare.report()
    [card] = bare.letters("HOA")
    assert card.buttons == ()
    assert f"nhận {case}" in card.text
    assert "Đã tiếp nhận" in bare.types("HOA", f"nhận {case}")
    assert bare.case(case).status is Status.TAKEN


def test_without_buttons_choices_are_numbers(bare: Office) -> None:
    case = bare.report()
    asked = bare.types("HOA", f"chuyển {case}")
    number = next(line.split(".")[0] for line in asked.split("\n") if "Lê Văn Chủ" in line)
    assert "Vì sao" in bare.types("HOA", number)
    assert "đang chờ tiếp nhận" in bare.types("HOA", "nghỉ phép")
    assert bare.told("CHU")
    assert "chưa hiểu" in bare.types("HOA", "9999999999")


def test_a_card_that_arrives_does_not_change_what_a_number_means(bare: Office) -> None:
    first = bare.report()
    asked = bare.types("HOA", f"chuyển {first}")
    number = next(line.split(".")[0] for line in asked.split("\n") if "Lê Văn Chủ" in line)
    bare.report()
    bare.deliver()
    bare.types("HOA", number)
    state = state_of(bare, bare.address("HOA")).officer
    assert state is not None
    assert (state.asking, state.case) == ("pass", first)


def test_the_citizens_side_of_a_conversation_is_left_alone(office: Office) -> None:
    say_state(office, office.address("HOA"), contact="sau 17 giờ")
    office.types("HOA", "/viec")
    assert state_of(office, office.address("HOA")).contact == "sau 17 giờ"
