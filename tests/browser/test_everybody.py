"""For everybody: keyboard, screen reader, small and enlarged screens, weak eyes, thin lines."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Citizen, Officers

People = Callable[..., Citizen]
CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
PAGE_BYTES = 60_000
SIZES = ((320, 568), (360, 640), (640, 360), (1280, 900))


def faults(page: Page) -> list[str]:
    """What our own checks find: contrast, names, sizes, order, overflow."""
    found: list[str] = page.evaluate(CHECKS)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_chat_can_be_read_and_touched_by_everybody(
    citizen: People, size: tuple[int, int], scheme: str
) -> None:
    child = citizen(width=size[0], height=size[1], color_scheme=scheme).reports()
    child.page.get_by_role("button", name="Gửi ảnh").click()
    assert faults(child.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(320, 568), (1280, 900)])
def test_the_desk_can_be_read_and_touched_by_everybody(
    citizen: People, officers: Officers, size: tuple[int, int], scheme: str
) -> None:
    citizen().reports()
    hoa = officers.enter("TE-24169", width=size[0], height=size[1], color_scheme=scheme)
    for path in ("/desk", "/desk/case/1", "/desk/new", "/desk/search", "/desk/me"):
        hoa.page.goto(path)
        for summary in hoa.page.locator("summary").all():
            summary.click()
        assert faults(hoa.page) == [], path


def test_twice_the_size_still_fits(citizen: People) -> None:
    """200 % on a window of 640 by 720: half of it in the page's own pixels."""
    child = citizen(width=320, height=360).reports()
    assert faults(child.page) == []
    expect(child.page.get_by_role("button", name="Thoát nhanh")).to_be_in_viewport()
    expect(child.page.get_by_role("textbox")).to_be_in_viewport()


def test_a_report_needs_no_mouse(citizen: People) -> None:
    child = citizen().comes()
    page = child.page
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText.trim()"
            " || document.activeElement.labels[0].innerText"
        )
        seen.append(name)
        if name == "Viết ở đây…":
            break
    assert seen[0] == "Đến ô viết tin"
    assert [name for name in seen if "111" in name or "Thoát nhanh" in name][:2] == [
        name for name in seen[1:3]
    ], "the numbers and the way out come first"
    page.keyboard.type("bạn em bị bố đánh ở xã Ea Kao")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    child.is_told("111")
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    page.keyboard.press("Shift+Tab")
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.classList.contains('choice')"):
            break
    label = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    expect(page.locator(".me .bubble").last).to_have_text(label)


def test_an_officer_needs_no_mouse(citizen: People, officers: Officers) -> None:
    citizen().reports()
    hoa = officers.enter("TE-24169")
    hoa.page.locator("#queue").get_by_role("link", name="Vụ 1").focus()
    hoa.page.keyboard.press("Enter")
    expect(hoa.page.get_by_role("heading", level=1)).to_contain_text("Vụ 1")
    hoa.page.get_by_role("button", name="Tiếp nhận").focus()
    hoa.page.keyboard.press("Enter")
    hoa.is_told("Đã tiếp nhận")


def test_the_page_is_light(citizen: People) -> None:
    child = citizen()
    weights: list[int] = []
    child.page.on("response", lambda response: weights.append(len(response.body())))
    child.page.goto("/", wait_until="networkidle")
    assert len(weights) > 5, "looked at nothing"
    assert sum(weights) < PAGE_BYTES


def test_nothing_moves_for_those_who_asked_for_calm(citizen: People) -> None:
    child = citizen(reduced_motion="reduce").reports()
    moving = child.page.evaluate("document.getAnimations().length")
    assert moving == 0
