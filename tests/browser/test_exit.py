"""The way out: gone at once, nothing left on the device, and the officer knows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import BEATEN, Citizen, Officers
from tests.browser.served import Served

People = Callable[..., Citizen]


def by_touch(page: Page) -> None:
    page.get_by_role("button", name="Thoát nhanh").click()


def by_escape(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [by_touch, by_escape])
def test_leaving_shows_another_page_and_forgets(
    citizen: People, place: Served, leave: Callable[[Page], None]
) -> None:
    child = citizen().comes()
    before = child.page.evaluate("history.length")
    child.page.get_by_role("link", name="English").click()
    child.page.get_by_role("link", name="Tiếng Việt").click()
    child.writes(BEATEN)
    child.is_told("113")
    leave(child.page)
    child.page.wait_for_url(place.exit_url)
    assert child.page.evaluate("history.length") == before, "the page stands in the history"
    child.page.wait_for_timeout(300)
    assert [one for one in child.page.context.cookies() if one["name"] == "s"] == []
    child.page.go_back()
    child.comes()
    assert child.page.locator(".message").count() == 0


def test_the_officer_learns_that_nobody_can_be_reached_there(
    citizen: People, place: Served, officers: Officers
) -> None:
    child = citizen().reports()
    by_touch(child.page)
    child.page.wait_for_url(place.exit_url)
    hoa = officers.enter("TE-24169").opens(1).presses("Tiếp nhận").is_told("Đã tiếp nhận")
    expect(hoa.page.get_by_text("không liên lạc được người báo")).to_be_visible()
    assert not place.case(1).reached


def test_escape_once_leaves_nobody_alone(citizen: People) -> None:
    child = citizen().comes()
    child.page.keyboard.press("Escape")
    child.page.keyboard.press("a")
    expect(child.page.get_by_role("textbox")).to_be_visible()


def test_the_way_out_needs_no_script(citizen: People, place: Served) -> None:
    child = citizen(java_script_enabled=False).comes()
    by_touch(child.page)
    child.page.wait_for_url(place.exit_url)


def test_without_a_script_words_still_go_and_answers_still_come(citizen: People) -> None:
    child = citizen(java_script_enabled=False).comes()
    child.writes("bạn em bị bố đánh ở xã Ea Kao")
    for _ in range(20):
        if child.page.locator(".them .bubble").count():
            break
        child.page.get_by_role("link", name="Xem trả lời mới").click()
    expect(child.page.locator(".them .bubble").first).to_be_visible()
    choice = child.page.locator(".choices").get_by_role("button").first
    choice.click()
    expect(child.page.get_by_role("heading", name="Tin của bạn đã được ghi lại")).to_be_visible()


def test_the_way_out_and_111_stay_in_sight_however_long_the_talk(citizen: People) -> None:
    child = citizen().comes()
    child.writes(BEATEN)
    child.is_told("113")
    for words in ("bạn ấy đang trốn ở nhà bà ngoại", "em sợ lắm", "em không biết làm sao"):
        child.writes(words)
        expect(child.page.locator(".message", has_text=words)).to_be_visible()
        child.page.wait_for_timeout(300)
    exit_button = child.page.get_by_role("button", name="Thoát nhanh")
    expect(exit_button).to_be_in_viewport(ratio=1)
    assert child.page.evaluate("document.scrollingElement.scrollTop") == 0
    assert child.page.evaluate("document.scrollingElement.scrollHeight - innerHeight") <= 0
