"""The desk: what is new comes by itself, nothing typed is lost, and nobody sees what is not theirs."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from bot.domain.cases import CaseId, Status
from bot.domain.kinds import Urgency
from bot.services.officers import access
from tests.browser.people import RECEIPT, AtDesk, Citizen, Officers
from tests.browser.served import Served

People = Callable[..., Citizen]


def test_a_new_emergency_comes_to_the_open_page_with_a_sound_and_a_title(
    citizen: People, officers: Officers
) -> None:
    hoa = officers.enter("TE-24169").presses("Bật chuông")
    expect(hoa.page.get_by_role("button", name="Chuông đang bật")).to_be_visible()
    hoa.page.evaluate(
        "() => { window.notes = 0; const make = AudioContext.prototype.createOscillator;"
        "AudioContext.prototype.createOscillator = function () { window.notes += 1; return make.call(this); }; }"
    )
    citizen().reports()
    expect(hoa.page.get_by_role("link", name=re.compile("KHẨN CẤP"))).to_be_visible()
    expect(hoa.page.locator("#notice-list li").first).to_contain_text("Vụ 1")
    assert hoa.page.evaluate("window.notes") >= 6


def test_of_two_who_press_at_the_same_moment_one_takes_it_and_the_other_is_told_who(
    citizen: People, officers: Officers, place: Served
) -> None:
    citizen().reports()
    hoa, minh = officers.enter("TE-24169").opens(1), officers.enter("CT-24169").opens(1)
    hoa.presses("Tiếp nhận").is_told("Đã tiếp nhận")
    minh.presses("Tiếp nhận").is_told(place.officer("TE-24169").name)
    assert place.case(1).owner == place.officer("TE-24169").id


def test_when_somebody_else_was_faster_the_typed_words_stay(citizen: People, officers: Officers) -> None:
    citizen().reports()
    hoa = officers.enter("SYT-TRUC-1").opens(1)
    hoa.unfolds("Chuyển")
    hoa.page.get_by_label("Chuyển cho").select_option(index=1)
    hoa.page.locator("#transfer-reason").fill("em ấy sống ở xã bên")
    officers.enter("TE-24169").opens(1).presses("Tiếp nhận").is_told("Đã tiếp nhận")
    hoa.presses("Chuyển").is_told("người khác thay đổi")
    expect(hoa.page.locator("#transfer-reason")).to_have_value("em ấy sống ở xã bên")
    expect(hoa.page.locator("#transfer-reason")).to_be_visible()


def test_a_lower_urgency_wants_a_reason_and_a_commune_is_found_without_marks(
    citizen: People, officers: Officers, place: Served
) -> None:
    citizen().reports()
    hoa = officers.enter("TE-24169").opens(1).presses("Tiếp nhận")
    hoa.unfolds("Mức độ gấp")
    hoa.page.get_by_role("radio", name="gấp", exact=True).check()
    hoa.presses("Mức độ gấp").is_told("lý do")
    hoa.page.locator("#urgency-reason").fill("đã gọi, trẻ đang ở với bà")
    hoa.presses("Mức độ gấp")
    expect(hoa.page.locator(".said")).to_be_visible()
    assert place.case(1).urgency is Urgency.URGENT
    hoa.unfolds("Sửa xã, phường")
    hoa.page.get_by_label("Xã trẻ cư trú").fill("hoa phu")
    hoa.page.get_by_role("radio", name=re.compile("Hòa Phú")).check()
    hoa.presses("Sửa xã, phường")
    expect(hoa.page.locator(".said")).to_contain_text("Hòa Phú")
    assert place.case(1).residence is not None


def test_a_case_is_closed_and_opened_again(citizen: People, officers: Officers, place: Served) -> None:
    citizen().reports()
    hoa = officers.enter("TE-24169").opens(1).presses("Tiếp nhận").is_told("Đã tiếp nhận")
    hoa.unfolds("Kết thúc")
    hoa.page.get_by_role("radio").first.check()
    hoa.presses("Kết thúc")
    expect(hoa.page.locator(".said")).to_be_visible()
    assert place.case(1).status is Status.CLOSED
    hoa.unfolds("Mở lại").presses("Mở lại")
    expect(hoa.page.locator(".said")).to_be_visible()
    assert place.case(1).status is not Status.CLOSED


def test_who_is_accused_no_longer_finds_the_case(citizen: People, officers: Officers) -> None:
    citizen().reports()
    chair = officers.enter("CT-24169")
    expect(chair.page.get_by_role("link", name=re.compile("Vụ 1"))).to_be_visible()
    duty = officers.enter("SYT-TRUC-1").opens(1)
    duty.unfolds("Không cho ai đó biết")
    duty.page.get_by_label("Mọi người giữ vai trò").select_option("chair")
    duty.presses("Không cho ai đó biết")
    expect(duty.page.locator(".said")).to_be_visible()
    chair.page.goto("/desk")
    expect(chair.page.get_by_text("Không có vụ nào")).to_be_visible()
    assert chair.page.goto("/desk/case/1").status == 404  # type: ignore[union-attr]


def test_a_report_by_telephone_is_entered_once_and_found_without_marks(
    officers: Officers, place: Served
) -> None:
    hoa = officers.enter("SYT-TRUC-1")
    hoa.page.goto("/desk/new")
    hoa.page.get_by_label("Lời kể").fill("Cô giáo gọi: cháu Y Moan bị bố dượng đánh, tay sưng")
    hoa.page.get_by_label("Xã nơi xảy ra").fill("ea kao")
    hoa.page.get_by_role("radio", name=re.compile("Ea Kao")).check()
    hoa.page.get_by_label("Ai, trẻ nào").fill("cháu Nguyễn Thị Mộng Điệp, 9 tuổi")
    hoa.presses("Lưu tin báo")
    expect(hoa.page.locator(".receipt")).to_have_text(RECEIPT)
    hoa.page.reload()  # sends the form again
    expect(hoa.page.get_by_role("heading", level=1)).to_contain_text("Vụ 1")
    assert place.read(lambda uow: uow.cases.count_open()) == 1
    hoa.page.goto("/desk/search")
    hoa.page.get_by_label("Số vụ, mã 16 số").fill("mong diep")
    hoa.presses("Tìm")
    expect(hoa.page.get_by_role("link", name=re.compile("Vụ 1"))).to_be_visible()
    assert "mong" not in hoa.page.url


def test_a_one_time_link_opens_the_desk_once_and_leads_to_the_case(
    citizen: People, officers: Officers, place: Served, new_page: Callable[..., Page]
) -> None:
    citizen().reports()
    hoa, tools = place.officer("TE-24169"), place.found.tools
    link = place.write(lambda uow: access.case_link(uow, tools, hoa, CaseId(1), place.now()))
    page = new_page()
    page.goto(link)
    page.get_by_role("button", name="Vào").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vụ 1")
    other = new_page()
    other.goto(link)
    other.get_by_role("button", name="Vào").click()
    expect(other.get_by_role("alert")).to_contain_text("đã dùng")


def test_a_lost_phone_is_locked_out_at_once(officers: Officers) -> None:
    lost, desk = officers.enter("TE-24169"), officers.enter("TE-24169")
    desk.page.goto("/desk/me")
    desk.presses("Kết thúc")
    lost_or_here = [lost.page, desk.page]
    for page in lost_or_here:
        page.goto("/desk")
    assert sorted(page.url.endswith("/desk/login") for page in lost_or_here) == [False, True]


def test_an_idle_session_ends_and_the_page_leads_back_after_the_log_in(
    citizen: People, officers: Officers, place: Served
) -> None:
    citizen().reports()
    hoa = officers.enter("TE-24169").opens(1)
    place.forward(hours=13)
    hoa.page.goto("/desk/case/1")
    assert hoa.page.url.endswith("/desk/login")
    hoa.page.goto("/desk/login?q=TE-24169")
    hoa.page.get_by_role("button", name=place.officer("TE-24169").name).first.click()
    expect(hoa.page.get_by_role("heading", level=1)).to_contain_text("Vụ 1")


def test_every_look_is_in_the_ledger(citizen: People, officers: Officers, place: Served) -> None:
    citizen().reports()
    officers.enter("TE-24169").opens(1)
    looks = [row for row in place.read(lambda uow: uow.ledger.of("case:1")) if row.action == "case.looked"]
    assert [row.actor for row in looks] == [f"officer:{place.officer('TE-24169').id}"]


def test_the_desk_works_without_a_script(citizen: People, officers: Officers, place: Served) -> None:
    citizen().reports()
    hoa: AtDesk = officers.enter("TE-24169", java_script_enabled=False).opens(1)
    hoa.presses("Tiếp nhận").is_told("Đã tiếp nhận")
    hoa.unfolds("Sửa xã, phường")
    hoa.page.get_by_label("Xã trẻ cư trú").fill("khong co noi nay")
    hoa.presses("Sửa xã, phường").is_told("Không tìm thấy")
    expect(hoa.page.get_by_label("Xã trẻ cư trú")).to_have_value("khong co noi nay")
    assert place.case(1).status is Status.TAKEN
