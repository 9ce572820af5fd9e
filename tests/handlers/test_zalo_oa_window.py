"""The reply window: inside it letters go, outside it nothing is tried blindly."""

from datetime import timedelta

from bot.domain.messages import Lane
from bot.ports import Deferred, Delivered, Refused, Scope, Why
from handlers.zalo_oa.letters.answers import international
from handlers.zalo_oa.letters.templates import Param, Purpose, Template
from storage.engine import SqlStore
from tests.handlers.zalo_sending import CS, a_desk, a_letter, enrolled


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


async def test_for_an_alert_a_closed_window_is_asked_for_again_at_once(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("2001", days=8)
        enrolled(desk.store, to, desk.clock.now)
        assert await desk.channel.send(a_letter(to)) == Refused(Why.WINDOW)
        desk.clock.forward(minutes=3)
        desk.zalo.people["2001"].interacts(desk.clock.now)  # and the webhook is down
        assert await desk.channel.send(a_letter(to)) == Refused(Why.WINDOW)
        card = a_letter(to, "Vụ 7", lane=Lane.ALERT, alert=1)
        assert isinstance(await desk.channel.send(card), Delivered)


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


async def test_a_template_that_zalo_takes_only_by_day_goes_in_the_morning(sqlite_store: SqlStore) -> None:
    templates = {Purpose.REPORTER_WAITING: Template("t-wait", "", {"co_quan": Param("{office}")})}
    async with a_desk(sqlite_store, templates=templates) as desk:
        desk.zalo.templates = {"t-wait": "promotion"}
        to = desk.heard_from("1001", days=8)
        desk.clock.forward(hours=13)
        by_night = await desk.channel.send(a_letter(to))
        assert (isinstance(by_night, Deferred), by_night.spent) == (True, ())
        desk.clock.forward(hours=8)
        by_day = await desk.channel.send(a_letter(to))
        assert [one.kind for one in by_day.spent] == ["template_uid"]


async def test_a_campaign_letter_outside_the_window_is_not_sent(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=8)
        assert await desk.channel.send(a_letter(to, lane=Lane.CAMPAIGN)) == Refused(Why.WINDOW)
