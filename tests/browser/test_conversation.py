"""From a child's first words on a phone to the officer's question, and the answer back."""

import re
from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from bot.domain.cases import CaseId, Status
from bot.ports import FileState
from tests.browser.people import RECEIPT, Citizen, Officers
from tests.browser.served import Served

People = Callable[..., Citizen]


def test_a_beaten_child_is_heard_taken_asked_and_answers(
    citizen: People, officers: Officers, place: Served
) -> None:
    child = citizen().reports()
    child.is_told("113")
    hoa = officers.enter("TE-24169")
    expect(hoa.page.get_by_role("link", name=re.compile("Vụ 1"))).to_contain_text("Ea Kao")
    hoa.opens(1)
    expect(hoa.page.locator(".by-reporter .said-words").first).to_have_text(re.compile("chảy máu"))
    hoa.presses("Tiếp nhận").is_told("Đã tiếp nhận")
    child.is_told("đã nhận lời nhắn")
    hoa.page.get_by_label("Hỏi mở, ngắn").fill("Bây giờ em đang ở đâu?")
    hoa.presses("Gửi")
    child.is_told("Bây giờ em đang ở đâu?")
    child.writes("em đang ở nhà bà ngoại")
    expect(hoa.page.locator("#live")).to_contain_text("Vụ 1")
    hoa.opens(1)
    expect(hoa.page.locator(".by-reporter .said-words").last).to_have_text("em đang ở nhà bà ngoại")
    assert place.case(1).status is Status.ACTING


def test_the_receipt_brings_somebody_back_in_a_fresh_browser(citizen: People, officers: Officers) -> None:
    receipt = citizen().reports().receipt
    officers.enter("TE-24169").opens(1).presses("Tiếp nhận").is_told("Đã tiếp nhận")
    later = citizen().comes()
    later.writes(receipt)
    expect(later.page.locator(".them .bubble").first).to_be_visible()
    later.writes("bạn ấy lại bị đánh nữa rồi, ngay bây giờ")
    page = officers.enter("TE-24169").opens(1).page
    expect(page.locator(".by-reporter .said-words").last).to_contain_text("lại bị đánh nữa")
    assert receipt not in page.content()


def test_words_written_without_a_network_are_kept_and_sent_once(citizen: People, place: Served) -> None:
    child = citizen().comes()
    child.page.context.set_offline(True)
    child.writes("bạn em bị bố đánh ở xã Ea Kao")
    expect(child.page.locator(".fate").first).to_contain_text("thử lại")
    child.page.context.set_offline(False)
    child.is_told(RECEIPT)
    expect(child.page.locator(".me .fate").first).to_have_text("đã nhận")
    reports = place.read(lambda uow: uow.cases.reports(CaseId(1)))
    assert len(reports) == 1
    assert place.read(lambda uow: uow.cases.count_open()) == 1


def test_a_reload_keeps_the_conversation_and_a_closed_tab_forgets_it(citizen: People) -> None:
    child = citizen().reports()
    told = child.page.locator(".them .bubble").all_inner_texts()
    with child.page.expect_response("**/chat/seen"):
        child.page.reload()
    expect(child.page.locator(".them .bubble").first).to_be_visible()
    assert child.page.locator(".them .bubble").all_inner_texts()[: len(told)] == told
    fresh = child.page.context.new_page()
    fresh.goto("/")
    expect(fresh.locator(".welcome")).to_be_visible()
    assert fresh.locator(".message").count() == 0


def test_a_button_is_pressed_once(citizen: People) -> None:
    child = citizen().reports()
    asked = child.page.locator(".choices")
    choice = asked.nth(asked.count() - 1).get_by_role("button").first
    label = choice.inner_text()
    choice.click()
    expect(child.page.locator(".me .bubble").last).to_have_text(label)
    expect(choice).to_be_disabled()
    expect(choice).to_have_attribute("aria-pressed", "true")


def test_a_photo_arrives_whole_and_is_shown_without_what_it_hides(
    citizen: People, officers: Officers, place: Served
) -> None:
    picture = photo_with_a_place()
    child = citizen().reports()
    child.page.get_by_role("button", name="Gửi ảnh").click()
    child.page.set_input_files("#file", {"name": "vet.jpg", "mimeType": "image/jpeg", "buffer": picture})
    expect(child.page.locator(".me .fate").last).to_have_text("đã nhận")
    hoa = officers.enter("TE-24169").opens(1)
    expect(hoa.page.get_by_role("link", name="Xem ảnh")).to_be_visible()
    shown = hoa.page.request.get(hoa.page.get_by_role("link", name="Xem ảnh").get_attribute("href") or "")
    with Image.open(BytesIO(shown.body())) as working:
        assert not working.getexif()
        assert working.size == (32, 48), "turned upright"
    (file,) = place.read(lambda uow: uow.files.of_case(CaseId(1)))
    assert file.state is FileState.KEPT
    with hoa.page.expect_download() as download:
        hoa.presses("Tải nguyên bản (ghi vào sổ)")
    assert download.value.path().read_bytes() == picture


def photo_with_a_place() -> bytes:
    """A photo lying on its side, with a maker's name in its hidden data."""
    image = Image.new("RGB", (48, 32), "#804020")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "ACME"
    written = BytesIO()
    image.save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_a_recording_is_a_report_that_somebody_must_hear(
    citizen: People, officers: Officers, place: Served
) -> None:
    child = citizen(permissions=["microphone"]).comes()
    child.page.get_by_role("button", name="Gửi ảnh").click()
    child.page.get_by_role("button", name="Ghi âm").click()
    expect(child.page.locator("#seconds")).to_have_text("0:01")
    child.page.get_by_role("button", name="Dừng và gửi").click()
    expect(child.page.locator(".me .fate").last).to_have_text("đã nhận")
    expect(child.page.locator(".them .bubble").first).to_be_visible()
    assert place.case(1).needs_listening
    duty = officers.enter("SYT-TRUC-1").opens(1)
    expect(duty.page.locator("audio")).to_be_visible()
    sound = duty.page.request.get(duty.page.locator("audio").get_attribute("src") or "")
    assert sound.headers["content-type"].startswith("audio/")
    assert len(sound.body()) > 0


def test_a_place_is_found_by_the_phone_itself(citizen: People, place: Served) -> None:
    child = citizen(
        geolocation={"latitude": 12.6667, "longitude": 108.05}, permissions=["geolocation"]
    ).comes()
    child.writes("có cái ao sâu không rào, trẻ con hay ra tắm")
    expect(child.page.locator(".them .bubble").first).to_be_visible()
    if child.page.locator("#tray").is_hidden():
        child.page.get_by_role("button", name="Gửi ảnh").click()
    child.page.get_by_role("button", name="Vị trí của tôi").click()
    expect(child.page.locator(".me .bubble").last).to_have_text("Vị trí của tôi")
    expect(child.page.locator(".me .fate").last).to_have_text("đã nhận")


def test_the_page_speaks_english(citizen: People) -> None:
    visitor = citizen().comes()
    visitor.page.get_by_role("link", name="English").click()
    visitor.page.get_by_role("textbox", name="Write here").fill(
        "my dad hits my little brother every day in Ea Kao"
    )
    visitor.page.get_by_role("button", name="Send", exact=True).click()
    visitor.is_told("111")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
