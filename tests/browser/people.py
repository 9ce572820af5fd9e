"""What people do on the pages, in their words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.served import Served

RECEIPT = re.compile(r"(?:\d{4} ){3}\d{4}")
BEATEN = "Cứu em với, bố đang đánh bạn em ở xã Ea Kao, chảy máu nhiều lắm"


@dataclass
class Citizen:
    """Somebody on the chat page."""

    page: Page

    def comes(self, path: str = "/") -> "Citizen":
        self.page.goto(path)
        return self

    def writes(self, text: str) -> "Citizen":
        self.page.get_by_role("textbox").fill(text)
        self.page.get_by_role("button", name="Gửi", exact=True).click()
        return self

    def reports(self, text: str = BEATEN) -> "Citizen":
        """From the first page to the receipt."""
        self.comes().writes(text)
        self.is_told(RECEIPT)
        return self

    def is_told(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator(".them .bubble").filter(has_text=words).last).to_be_visible()

    @property
    def receipt(self) -> str:
        text = self.page.locator(".them .bubble").filter(has_text=RECEIPT).last.inner_text()
        found = RECEIPT.search(text)
        assert found is not None
        return found.group()

    @property
    def said(self) -> list[str]:
        return self.page.locator(".me .bubble").all_inner_texts()


@dataclass
class Officers:
    """Opens the desk for officers of the demo office."""

    new_page: Callable[..., Page]
    place: Served

    def enter(self, code: str, **options: object) -> "AtDesk":
        page = self.new_page(**options)
        page.goto(f"/desk/login?q={code}")
        page.get_by_role("button", name=self.place.officer(code).name).first.click()
        expect(page.get_by_role("heading", name="Hàng việc")).to_be_visible()
        return AtDesk(page)


@dataclass
class AtDesk:
    """An officer at the desk."""

    page: Page

    def opens(self, case: int) -> "AtDesk":
        self.page.goto(f"/desk/case/{case}")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(f"Vụ {case}")
        return self

    def presses(self, button: str) -> "AtDesk":
        self.page.get_by_role("button", name=button, exact=True).first.click()
        return self

    def unfolds(self, action: str) -> "AtDesk":
        self.page.locator("summary").filter(has_text=re.compile(rf"^\s*{re.escape(action)}\s*$")).click()
        return self

    def fills(self, label: str, text: str) -> "AtDesk":
        self.page.locator("details[open], .ask, main").get_by_label(label).first.fill(text)
        return self

    def is_told(self, words: str) -> "AtDesk":
        expect(self.page.locator(".said, .refused").first).to_contain_text(words)
        return self
