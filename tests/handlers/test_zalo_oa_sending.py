"""Letters to Zalo: split, with buttons and pictures as Zalo takes them, each one counted."""

from bot.domain.messages import Address, Ask, Button, Choice, Enclosure, Lane, Line
from bot.ports import Deferred, Delivered, Scope, Spent, Why
from bot.services import offers
from handlers.zalo_oa.channel import THUMB_UP
from handlers.zalo_oa.heard.people import anonymous
from handlers.zalo_oa.letters.plan import Sayings, plan
from handlers.zalo_oa.traits import NAME
from storage.engine import SqlStore
from tests.fakes.zalo_oa import OA_ID, Fault
from tests.handlers.zalo_sending import CS, a_desk, a_letter, buttons, short

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


def test_a_visitor_without_an_account_is_sent_no_form() -> None:
    visitor = Address(NAME, OA_ID, anonymous("7", "9"))
    sayings = Sayings("…", "Liên lạc", "…", "https://baotin.example.vn/form.jpg")
    assert len(plan(a_letter(visitor, "Số của bạn?", ask=Ask.CONTACT), sayings)) == 1


async def test_a_visitor_without_an_account_answers_with_numbers(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        visitor = Address(NAME, OA_ID, anonymous("7", "9"))
        choices = [
            Choice(Line("choice.safe"), "q:1:sure:yes"),
            Choice(Line("choice.not_safe"), "q:1:sure:no"),
        ]
        shown = desk.store.write(
            lambda uow: offers.shown(uow, desk.tools, visitor, choices, (), desk.clock.now)
        )
        assert shown.buttons == ()
        assert [line[:2] for line in shown.words.splitlines()] == ["1.", "2."]


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
