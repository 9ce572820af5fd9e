"""Campaigns at the desk, on a phone: written, checked, shown in the calendar, printed as a QR code."""

import pytest
from playwright.sync_api import Page, expect

from bot.domain.campaigns.campaign import State
from bot.domain.campaigns.subscribers import RunState
from tests.browser.people import AtDesk, Officers
from tests.browser.served import Served
from tests.browser.test_everybody import faults

PAGES = (
    "/desk/campaigns",
    "/desk/campaigns/calendar?year=2027&month=9",
    "/desk/campaigns/calendar?year=2027",
    "/desk/campaigns/new",
    "/desk/campaigns/urgent",
    "/desk/campaigns/poster",
    "/desk/campaign/1",
    "/desk/campaign/1/edit",
    "/desk/campaign/1/results",
)


def writes(author: AtDesk) -> Page:
    """A draft for the Mid-Autumn Festival, by the lunar calendar."""
    page = author.page
    page.goto("/desk/campaigns/new")
    page.get_by_label("Tên chiến dịch").fill("Trung thu an toàn")
    page.get_by_label("Mã ngắn").fill("trung-thu")
    page.get_by_label("Nội dung tiếng Việt").fill("Đêm rằm, xin trông trẻ gần ao hồ. {office}")
    page.get_by_label("Ngày gửi 1").select_option("lunar")
    page.get_by_label("Ngày trong tháng").first.fill("15")
    page.get_by_label("Tháng", exact=True).first.fill("8")
    author.presses("Lưu bản nháp")
    return page


def test_a_draft_by_the_lunar_calendar_stands_on_its_day(officers: Officers, place: Served) -> None:
    page = writes(officers.enter("SYT-BMTE"))
    expect(page.locator(".said")).to_contain_text("Trung thu an toàn")
    page.goto("/desk/campaigns/calendar?year=2027&month=9")
    expect(page.locator(".agenda li").filter(has_text="15/9")).to_contain_text("Trung thu an toàn")
    page.get_by_role("link", name="Trung thu an toàn").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trung thu an toàn")
    found = place.read(lambda uow: uow.campaigns.by_code("trung-thu"))
    assert found is not None
    assert found.state is State.DRAFT


def test_a_slip_in_a_placeholder_is_named_and_the_words_stay(officers: Officers) -> None:
    author = officers.enter("SYT-BMTE")
    page = writes(author)
    page.get_by_role("link", name="Sửa").click()
    page.get_by_label("Nội dung tiếng Việt").fill("Gọi {hotlin} khi thấy trẻ chơi gần ao")
    author.presses("Lưu bản nháp")
    expect(page.get_by_role("alert")).to_contain_text("hotlin")
    expect(page.get_by_label("Nội dung tiếng Việt")).to_have_value("Gọi {hotlin} khi thấy trẻ chơi gần ao")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(320, 568), (1280, 900)])
def test_the_pages_of_campaigns_can_be_read_and_touched_by_everybody(
    officers: Officers, size: tuple[int, int], scheme: str
) -> None:
    author = officers.enter("SYT-BMTE", width=size[0], height=size[1], color_scheme=scheme)
    writes(author)
    for path in PAGES:
        author.page.goto(path)
        for summary in author.page.locator("summary").all():
            summary.click()
        assert faults(author.page) == [], path


def test_the_bar_of_a_run_moves_by_itself(officers: Officers, place: Served) -> None:
    author = officers.enter("SYT-BMTE")
    page = writes(author)
    id_ = int(page.url.rpartition("/")[2])
    expect(page.locator("#runs")).to_contain_text("Chưa gửi lần nào")
    now = place.now()
    run = place.write(lambda uow: uow.runs.begin(id_, now, RunState.STOPPED, now))
    assert run is not None
    expect(page.locator("#runs")).to_contain_text("đã dừng")


def test_a_poster_is_scanned_and_leads_to_a_page_for_everybody(officers: Officers, new_page: object) -> None:
    author = officers.enter("SYT-BMTE")
    author.page.goto("/desk/campaigns/poster")
    author.page.get_by_label("Xã, phường").fill("ea kao")
    author.presses("Tạo mã")
    expect(author.page.locator(".qr svg")).to_be_visible()
    code = author.page.locator(".poster b").inner_text()
    phone: Page = new_page()  # type: ignore[operator]
    phone.goto(f"/tin/{code}")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert faults(phone) == []
