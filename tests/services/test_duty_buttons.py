"""The officer's card and its buttons, and who may press them."""

import re

import pytest

from bot.domain.cases import Status
from bot.domain.messages import Address, Heard, HeardKind
from bot.services.officers import access
from bot.services.officers import turn as officer_turn
from tests.services.office import Office
from tests.services.people import AN, NOON, TELEGRAM
from tests.services.steps import answered, buttons

CASES = re.compile(r"Vụ (\d+)")


def test_the_card_takes_transfers_and_opens(both: Office) -> None:
    case = both.report()
    card = both.letters("HOA")
    pressed = buttons(card)
    assert set(pressed) == {"Tiếp nhận", "Chuyển", "Xem"}
    assert f"Đã tiếp nhận vụ {case}" in both.presses("HOA", pressed["Tiếp nhận"])
    assert both.case(case).status is Status.TAKEN


def test_a_second_press_says_that_you_have_it(office: Office) -> None:
    office.report()
    pressed = buttons(office.letters("HOA"))
    office.presses("HOA", pressed["Tiếp nhận"])
    assert "Anh/chị đã tiếp nhận" in office.presses("HOA", pressed["Tiếp nhận"])


def test_an_old_button_says_who_has_it(office: Office) -> None:
    office.report()
    card = buttons(office.letters("HOA"))
    office.forward(minutes=5)
    office.presses("CHU", buttons(office.letters("CHU"))["Tiếp nhận"])
    assert "Lê Văn Chủ đã tiếp nhận lúc 12:05" in office.presses("HOA", card["Tiếp nhận"])


def test_an_old_transfer_button_says_at_once_who_has_it(office: Office) -> None:
    case = office.report()
    card = buttons(office.letters("HOA"))
    office.types("CHU", f"/nhan {case}")
    assert "Lê Văn Chủ đã tiếp nhận" in office.presses("HOA", card["Chuyển"])


def test_somebody_elses_button_does_nothing_and_says_so(both: Office) -> None:
    case = both.report()
    card = buttons(both.letters("HOA"))
    assert "Nút này không dùng được" in both.presses("CHU", card["Tiếp nhận"])
    assert both.case(case).owner is None


def test_a_forged_button_does_nothing_and_says_so(office: Office) -> None:
    case = office.report()
    good = buttons(office.letters("HOA"))["Tiếp nhận"]
    for forged in (good[:-1] + "!", good.replace(f":{case}:", ":99:"), "o1:take:1::AAAAAAAAAAAA", "x"):
        assert "Nút này không dùng được" in office.presses("HOA", forged)
    assert office.case(case).owner is None


def test_a_button_dies_with_the_address_it_went_to(office: Office) -> None:
    case = office.report()
    card = buttons(office.letters("HOA"))
    hoa, moved = office.officer("HOA"), Address(TELEGRAM, "main", "new-phone")
    office.store.write(lambda uow: uow.office.enrol(hoa.id, moved, office.now))
    heard = Heard(moved, "x1", HeardKind.TAP, office.now, tap=card["Tiếp nhận"])
    office.store.write(lambda uow: officer_turn.answer(uow, office.tools, hoa, heard, office.now))
    assert office.case(case).owner is None


def test_the_last_rung_phones_111_and_records_it_with_a_button(office: Office) -> None:
    case = office.report()
    office.forward(minutes=10)
    last = office.letters("TRUC")
    assert "gọi ngay tổng đài 111" in last[0].text
    assert "đã gọi 111" in office.presses("TRUC", buttons(last)["Đã gọi 111"])
    assert "event.phoned_111" in office.events(case)
    assert "case.phoned_111" in office.ledger(f"case:{case}")


def test_details_open_by_a_one_time_link(office: Office) -> None:
    case = office.report()
    opened = answered(office, "HOA", tap=buttons(office.letters("HOA"))["Xem"])
    url = buttons(opened)["Mở chi tiết"]
    session = office.store.write(
        lambda uow: access.open_session(uow, office.tools, url.rsplit("/", 1)[1], office.now)
    )
    assert session is not None
    assert (session.officer.code, session.case) == ("HOA", case)


def test_no_card_or_answer_holds_a_word_or_a_name_of_the_writer(office: Office) -> None:
    office.report(AN)
    texts = [letter.text for letter in office.letters("HOA")]
    for said in ("/viec", "/xem 1", "/nhan 1", "/ghi 1 đã gọi", "/trangthai 1"):
        texts.append(office.types("HOA", said))
    assert all("gần chợ" not in text and AN.person not in text for text in texts)


def strange(office: Office, text: str, kind: HeardKind = HeardKind.TEXT, tap: str = "") -> list[str]:
    who = Address(TELEGRAM, "main", "stranger")
    heard = Heard(who, f"{text}{kind}{tap}", kind, NOON, text=text, tap=tap)
    office.store.write(lambda uow: officer_turn.stranger(uow, office.tools, heard, office.now))
    return [letter.text for letter in office.deliver() if letter.to == who]


def test_a_stranger_gets_in_by_invitation_only(office: Office) -> None:
    office.report()
    assert "dành cho cán bộ" in strange(office, "/viec")[0]
    assert "không đúng" in strange(office, "", HeardKind.START, tap="nonsense")[0]
    assert strange(office, "", HeardKind.BLOCKED) == []
    hoa = office.officer("HOA").id
    token = office.store.write(lambda uow: access.invite(uow, office.tools, hoa, office.now))
    assert "Trần Thị Hoa" in strange(office, f"/start {token}")[0]


def test_who_blocked_us_is_reached_no_more_until_they_write(both: Office) -> None:
    both.hears("HOA", HeardKind.BLOCKED)
    assert both.officer("HOA").reachable == frozenset()
    both.report()
    assert both.told("HOA") == []
    both.types("HOA", "/viec")
    assert both.officer("HOA").reachable == {TELEGRAM}


@pytest.mark.parametrize("kind", HeardKind)
def test_every_kind_of_message_is_answered_or_silent_on_purpose(office: Office, kind: HeardKind) -> None:
    office.hears("HOA", kind)
    silent = kind in (HeardKind.GROUP, HeardKind.BLOCKED, HeardKind.NOTICE)
    assert bool(office.told("HOA")) is not silent
