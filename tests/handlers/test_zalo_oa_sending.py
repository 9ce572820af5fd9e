"""Letters to Zalo: split and with buttons as Zalo takes them, inside the window only, each one counted."""

from datetime import timedelta

import pytest

from bot.domain.messages import Ask, Button, Enclosure, Lane
from bot.ports import Deferred, Delivered, Outcome, Refused, Scope, Spent, Why
from handlers.zalo_oa.channel import THUMB_UP
from handlers.zalo_oa.letters.templates import Param, Purpose, Template
from handlers.zalo_oa.letters.window import international
from storage.engine import SqlStore
from tests.fakes.zalo_oa import Cut, Fault
from tests.handlers.zalo_sending import a_desk, a_letter, buttons

CS = "/v3.0/oa/message/cs"
JPEG = b"\xff\xd8 a small picture"


async def test_a_short_letter_is_one_message_and_costs_a_free_reply(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", hours=1)
        outcome = await desk.channel.send(a_letter(to, "Cô chú đã nhận tin của con."))
        assert outcome == Delivered("zalo-1", (Spent("cs", "reply", 7, 8),), ("zalo-1",))
        assert desk.zalo.people["1001"].texts == ["Cô chú đã nhận tin của con."]


async def test_a_long_letter_is_cut_where_a_sentence_ends_and_only_the_last_part_has_buttons(
    sqlite_store: SqlStore,
) -> None:
    text = "Nếu đang nguy hiểm, bạn gọi 113 ngay. " * 100
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        outcome = await desk.channel.send(a_letter(to, text, buttons=buttons("Gửi", "Thôi")))
        letters = desk.zalo.people["1001"].letters
        assert isinstance(outcome, Delivered)
        assert len(outcome.spent) == len(letters) == 2
        assert all(len(one.text) <= 2000 and one.text.endswith("ngay.") for one in letters)
        assert " ".join(one.text for one in letters) == text.strip()
        assert [len(one.buttons) for one in letters] == [0, 2]


async def test_decomposed_vietnamese_is_composed_before_it_is_measured(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        await desk.channel.send(a_letter(to, "e\u0302\u0323" * 1900))
        assert desk.zalo.people["1001"].texts == ["ệ" * 1900]


async def test_buttons_go_as_queries_links_and_telephone_numbers(sqlite_store: SqlStore) -> None:
    row = (
        Button("Tiếp nhận", "#7.0.abcdefgh"),
        Button("Mở trang", url="https://baotin.example.vn/x"),
        Button("Gọi 111", url="tel:111"),
        Button("Bàn làm việc", url="http://127.0.0.1:8080/desk"),
    )
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        await desk.channel.send(a_letter(to, "Vụ 7", buttons=(row,)))
        (sent,) = desk.zalo.people["1001"].letters
        assert [(one["type"], one["payload"]) for one in sent.buttons] == [
            ("oa.query.hide", "#7.0.abcdefgh"),
            ("oa.open.url", {"url": "https://baotin.example.vn/x"}),
            ("oa.open.phone", {"phone_code": "111"}),
        ]
        assert sent.text == "Vụ 7\nBàn làm việc: http://127.0.0.1:8080/desk"


async def test_more_than_five_buttons_go_in_a_further_message(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        await desk.channel.send(a_letter(to, "Chọn:", buttons=buttons(*"ABCDEFG")))
        first, second = desk.zalo.people["1001"].letters
        assert [len(first.buttons), len(second.buttons)] == [5, 2]
        assert second.text.startswith("Các lựa chọn khác")


async def test_buttons_that_zalo_does_not_take_cost_nobody_the_words(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        desk.zalo.fails(Fault(CS, code=-210, message="buttons exceed the limit"))
        outcome = await desk.channel.send(a_letter(to, "Chọn:", buttons=buttons("A")))
        assert isinstance(outcome, Delivered)
        assert desk.zalo.people["1001"].texts == ["Chọn:"]


async def test_the_form_for_contact_details_is_sent_only_with_its_picture(sqlite_store: SqlStore) -> None:
    for image, forms in (("", 0), ("https://baotin.example.vn/form.jpg", 1)):
        async with a_desk(sqlite_store, share_image=image) as desk:
            to = desk.heard_from("1001")
            await desk.channel.send(a_letter(to, "Số của bạn?", ask=Ask.CONTACT))
            assert sum(one.shares for one in desk.zalo.people["1001"].letters) == forms


async def test_a_picture_is_uploaded_once_a_week_and_shown_with_the_words(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        picture = Enclosure(desk.store.write(lambda uow: uow.pictures.put(JPEG)), "image/jpeg")
        for days in (0, 0, 5, 2):
            desk.clock.forward(days=days)
            desk.heard_from("1001")
            letter = a_letter(to, "Nước sâu nguy hiểm", enclosure=picture, buttons=buttons("Hiểu rồi"))
            assert isinstance(await desk.channel.send(letter), Delivered)
        sent = desk.zalo.people["1001"].letters
        assert {(one.text, len(one.buttons)) for one in sent} == {("Nước sâu nguy hiểm", 1)}
        assert [one.picture for one in sent] == ["upload-1"] * 3 + [sent[3].picture]
        assert desk.zalo.calls.count("/v2.0/oa/upload/image") == 2


async def test_a_picture_that_zalo_forgot_costs_nobody_the_words(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        picture = Enclosure(desk.store.write(lambda uow: uow.pictures.put(JPEG)), "image/jpeg")
        await desk.channel.send(a_letter(to, "Một", enclosure=picture))
        desk.zalo.uploads.clear()
        await desk.channel.send(a_letter(to, "Hai", enclosure=picture))
        await desk.channel.send(a_letter(to, "Ba", enclosure=picture))
        film = Enclosure(desk.store.write(lambda uow: uow.pictures.put(b"a film")), "video/mp4")
        await desk.channel.send(a_letter(to, "Bốn", enclosure=film))
        shown = [(one.text, bool(one.picture)) for one in desk.zalo.people["1001"].letters]
        assert shown == [("Một", True), ("Hai", False), ("Ba", True), ("Bốn", False)]


async def test_a_reaction_costs_nothing(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=3)
        assert await desk.channel.send(a_letter(to, "", react="m1")) == Delivered("m1")
        person = desk.zalo.people["1001"]
        assert (person.reactions, person.letters, desk.zalo.quota_left) == ([("m1", THUMB_UP)], [], 1000)


async def test_campaigns_wait_for_the_morning(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.clock.forward(hours=13)  # eleven in the evening
        to = desk.heard_from("1001")
        night = await desk.channel.send(a_letter(to, lane=Lane.CAMPAIGN))
        assert short(night) == (Why.NIGHT, Scope.CHAT)
        assert isinstance(night, Deferred)
        desk.clock.now += night.wait
        assert isinstance(await desk.channel.send(a_letter(to, lane=Lane.CAMPAIGN)), Delivered)


# --- the window ---


async def test_after_two_days_a_letter_is_paid_and_after_seven_it_waits(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=3)
        paid = await desk.channel.send(a_letter(to))
        assert isinstance(paid, Delivered)
        assert [one.kind for one in paid.spent] == ["cs:purchase_quota"]
        desk.clock.forward(days=4, minutes=1)
        waits = await desk.channel.send(a_letter(to))
        assert isinstance(waits, Deferred)
        assert (waits.why, waits.scope) == (Why.WINDOW, Scope.CHAT)
        assert desk.zalo.calls.count(CS) == 1, "tried blindly"


async def test_an_interaction_whose_event_was_lost_is_found_by_asking(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=8)
        desk.zalo.people["1001"].interacts(desk.clock.now - timedelta(hours=3))
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)
        assert desk.contact(to).window_until == desk.clock.now - timedelta(hours=3) + timedelta(days=7)


async def test_a_closed_window_is_asked_for_every_six_hours_only(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=8)
        for _ in range(7):
            assert isinstance(await desk.channel.send(a_letter(to)), Deferred)
            desk.clock.forward(hours=1)
        assert desk.zalo.calls.count("/v3.0/oa/quota/message") == 2


async def test_what_zalo_says_of_the_window_counts_more_than_our_rows(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        desk.zalo.people["1001"].interacts(desk.clock.now - timedelta(days=9))
        outcome = await desk.channel.send(a_letter(to))
        assert isinstance(outcome, Deferred)
        assert outcome.why is Why.WINDOW
        assert not desk.contact(to).is_open(desk.clock.now)


async def test_an_officers_alert_outside_the_window_is_refused_at_once(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("2001", days=8)
        enrolled(desk.store, to, desk.clock.now)
        assert await desk.channel.send(a_letter(to, lane=Lane.ALERT, alert=1)) == Refused(Why.WINDOW)
        assert await desk.channel.send(a_letter(to)) == Refused(Why.WINDOW)


ALERT_CARD = Template(
    "t-alert",
    "t-phone",
    {"ma_vu": Param("{case}"), "noi_dung": Param("{headline}", 30), "khi": Param("{time}")},
)


async def test_with_a_template_the_alert_gets_through_by_id_else_by_telephone(sqlite_store: SqlStore) -> None:
    templates = {Purpose.OFFICER_ALERT: ALERT_CARD}
    async with a_desk(sqlite_store, templates=templates) as desk:
        desk.zalo.templates = {"t-alert": "transaction", "t-phone": "transaction"}
        to = desk.heard_from("2001", days=8)
        phone = enrolled(desk.store, to, desk.clock.now)
        desk.zalo.people["2001"].phone = international(phone)
        card = a_letter(to, "Vụ 7 · khẩn cấp · xã Ea Kao\nCòn 3 giờ", lane=Lane.ALERT, alert=1, case=7)
        by_id = await desk.channel.send(card)
        assert isinstance(by_id, Delivered)
        assert [one.kind for one in by_id.spent] == ["template_uid"]
        sent = desk.zalo.people["2001"].letters[-1]
        assert sent.data == {
            "ma_vu": "7",
            "noi_dung": "Vụ 7 · khẩn cấp · xã Ea Kao",
            "khi": "10:00 21/11/2026",
        }
        del desk.zalo.templates["t-alert"]
        by_phone = await desk.channel.send(card)
        assert isinstance(by_phone, Delivered)
        assert [one.kind for one in by_phone.spent] == ["template_phone"]
        assert desk.alarms() == ["zalo_oa.template.officer_alert"]


async def test_a_reporter_is_told_once_by_template_that_a_message_waits(sqlite_store: SqlStore) -> None:
    templates = {Purpose.REPORTER_WAITING: Template("t-wait", "", {"co_quan": Param("{office}")})}
    async with a_desk(sqlite_store, templates=templates) as desk:
        desk.zalo.templates = {"t-wait": "transaction"}
        to = desk.heard_from("1001", days=8)
        first, second = [await desk.channel.send(a_letter(to, "Bí mật")) for _ in range(2)]
        assert isinstance(first, Deferred)
        assert isinstance(second, Deferred)
        assert ([one.kind for one in first.spent], second.spent) == (["template_uid"], ())
        (sent,) = desk.zalo.people["1001"].letters
        assert "Bí mật" not in str(sent)


async def test_a_campaign_letter_outside_the_window_is_not_sent(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=8)
        assert await desk.channel.send(a_letter(to, lane=Lane.CAMPAIGN)) == Refused(Why.WINDOW)


# --- what goes wrong ---

CONTENT, WINDOW = Refused(Why.CONTENT), Why.WINDOW
CLASSES: tuple[tuple[int, str, object, object], ...] = (
    # code, words, what becomes of a letter, what becomes of an alert
    (-32, "Your application reached limit", (Why.RATE, Scope.ACCOUNT), (Why.RATE, Scope.ACCOUNT)),
    (-200, "Send message failed", (Why.PLATFORM, Scope.CHAT), (Why.PLATFORM, Scope.CHAT)),
    (-211, "Out of quota", (Why.QUOTA, Scope.CHAT), Refused(Why.QUOTA)),
    (-218, "Out of quota receive", (Why.QUOTA, Scope.CHAT), Refused(Why.QUOTA)),
    (-234, "Not allowed at night", (Why.NIGHT, Scope.CHAT), Refused(Why.NIGHT)),
    (-224, "OA must upgrade", (Why.TOKEN, Scope.CHAT), Refused(Why.TOKEN)),
    (-204, "OA is disabled", (Why.TOKEN, Scope.CHAT), Refused(Why.TOKEN)),
    (-248, "Violates content policy", CONTENT, CONTENT),
    (-213, "User has not followed OA", Refused(Why.BLOCKED), Refused(Why.BLOCKED)),
    (-227, "User is banned", Refused(Why.GONE), Refused(Why.GONE)),
    (-201, "user_id is invalid", Refused(Why.GONE), Refused(Why.GONE)),
    (-201, "message is invalid", CONTENT, CONTENT),
    (-210, "You have exceeded the call limit", (Why.RATE, Scope.ACCOUNT), (Why.RATE, Scope.ACCOUNT)),
    (-9999, "something new", (Why.PLATFORM, Scope.CHAT), (Why.PLATFORM, Scope.CHAT)),
)


def short(outcome: Outcome) -> object:
    return (outcome.why, outcome.scope) if isinstance(outcome, Deferred) else outcome


@pytest.mark.parametrize(("code", "message", "letter", "alert"), CLASSES)
async def test_every_class_of_errors_has_its_outcome(
    sqlite_store: SqlStore, code: int, message: str, letter: object, alert: object
) -> None:
    for alert_id, expected in ((None, letter), (5, alert)):
        async with a_desk(sqlite_store) as desk:
            to = desk.heard_from("1001")
            desk.zalo.fails(Fault(CS, code=code, message=message))
            outcome = await desk.channel.send(a_letter(to, alert=alert_id))
            assert short(outcome) == expected
            assert desk.zalo.people["1001"].letters == []


async def test_what_only_an_administrator_can_mend_is_told_to_people_once_a_day(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        for _ in range(3):
            desk.zalo.fails(Fault(CS, code=-224, message="needs OA tier upgrade"))
            await desk.channel.send(a_letter(to))
        assert desk.alarms() == ["zalo_oa.account"]
        backlog = desk.store.read(lambda uow: uow.outbox.backlog())
        told = backlog[Lane.ALERT]
        assert told >= 1
        desk.clock.forward(days=1)
        desk.heard_from("1001")
        desk.zalo.fails(Fault(CS, code=-224, message="needs OA tier upgrade"))
        await desk.channel.send(a_letter(to))
        assert desk.store.read(lambda uow: uow.outbox.backlog())[Lane.ALERT] == 2 * told


@pytest.mark.parametrize(
    "fault", [Fault(CS, status=502), Fault(CS, cut=Cut.BEFORE), Fault(CS, cut=Cut.AFTER)]
)
async def test_a_broken_connection_is_tried_again(sqlite_store: SqlStore, fault: Fault) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        desk.zalo.fails(Fault(fault.path, status=fault.status, cut=fault.cut))
        assert short(await desk.channel.send(a_letter(to))) == (Why.PLATFORM, Scope.CHAT)
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)


async def test_parts_that_arrived_are_not_said_twice(sqlite_store: SqlStore) -> None:
    text = "Nếu đang nguy hiểm, bạn gọi 113 ngay. " * 150
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        letter = a_letter(to, text)
        desk.zalo.fails(Fault(CS, code=-200, message="Send failed", after=1))
        first = await desk.channel.send(letter)
        assert isinstance(first, Deferred)
        assert len(first.spent) == 1
        assert isinstance(await desk.channel.send(letter), Delivered)
        texts = desk.zalo.people["1001"].texts
        assert " ".join(texts) == text.strip()


async def test_a_share_of_calls_that_is_used_up_holds_the_account(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        desk.zalo.answers_with = {"X-RateLimit-Limit": "4000", "X-RateLimit-Remain": "3"}
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)
        held = await desk.channel.send(a_letter(to))
        assert short(held) == (Why.RATE, Scope.ACCOUNT)
        assert desk.zalo.calls.count(CS) == 1


async def test_somebody_who_blocked_us_is_left_alone_until_they_write(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", hours=1)
        desk.store.write(lambda uow: uow.contacts.blocked(to, desk.clock.now))
        assert await desk.channel.send(a_letter(to)) == Refused(Why.BLOCKED)
        desk.heard_from("1001")
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)


def enrolled(store: SqlStore, to: object, now: object) -> str:
    """The address is an officer's; their telephone."""
    officer = next(one for one in store.read(lambda uow: uow.office.roster()).officers if one.phone)
    store.write(lambda uow: uow.office.enrol(officer.id, to, now))  # type: ignore[arg-type]
    return officer.phone
