"""Zalo's rules in the life of a case: windows that close, letters that wait, an hour without Zalo."""

import re
from collections import Counter
from datetime import timedelta

from bot.domain.cases import Status
from bot.domain.messages import Lane
from bot.services import casework
from bot.services.officers import invitations
from handlers.zalo_oa.channel import THUMB_UP
from handlers.zalo_oa.traits import NAME
from storage.engine import SqlStore
from tests.stories.zalo import ZaloHouse, a_zalo_house

CRY = "Cứu em với, bố đang cầm dao đánh em, nhà em ở xã Ea Kao, Đắk Lắk"
HALF_HOURS = timedelta(minutes=30)
OFTEN = timedelta(seconds=10)
QUESTIONS = ("Hôm nay em có an toàn không?", "Ai đang ở cạnh em?")
RECEIPT = re.compile(r"\d{4}(?: \d{4}){3}")


def asked(house: ZaloHouse, code: str, question: str) -> None:
    """An officer asks the reporter of case 1 from the desk."""
    world = house.world
    officer = next(one for one in world.roster().officers if one.code == code)
    case = world.case(1)
    world.store.write(
        lambda uow: casework.ask_reporter(uow, world.tools, case.id, officer, question, world.now)
    )


async def test_a_cry_on_zalo_rings_an_officer_on_zalo_who_takes_it_with_a_button(
    sqlite_store: SqlStore,
) -> None:
    async with a_zalo_house(sqlite_store) as house:
        hoa = house.officer("TE-24169", hours=3)
        child = await house.citizen().says(CRY)
        assert child.was_told("113")
        assert any(text.startswith("Vụ 1") for text in hoa.texts)
        await hoa.presses("Tiếp nhận")
        assert house.world.case(1).status is Status.TAKEN
        assert child.was_told("đã nhận lời nhắn")
        cost = house.world.store.read(lambda uow: uow.contacts.cost_of_case(house.world.case(1).id))
        assert cost["cs:reply"] >= 3


async def test_an_officer_whose_window_is_closed_is_rung_on_the_next_channel_at_once(
    sqlite_store: SqlStore,
) -> None:
    async with a_zalo_house(sqlite_store) as house:
        hoa = house.officer("TE-24169", days=8)
        elsewhere = house.world.officer("TE-24169", "telegram_officers")
        await house.citizen().says(CRY)
        assert hoa.texts == []
        assert elsewhere.alerts == [text for text in elsewhere.alerts if text.startswith("Vụ 1")], (
            "rung without a minute's wait"
        )
        assert len(elsewhere.alerts) == 1


async def test_what_an_officer_asks_after_a_week_waits_until_the_reporter_writes_again(
    sqlite_store: SqlStore,
) -> None:
    async with a_zalo_house(sqlite_store) as house:
        hoa = house.officer("TE-24169")
        child = await house.citizen().says(CRY)
        await hoa.presses("Tiếp nhận")
        await house.forward(HALF_HOURS, days=7, hours=1)
        await hoa.says("/viec")
        before = len(child.texts)
        asked(house, "TE-24169", "Hôm nay em có an toàn không?")
        await house.carry()
        assert len(child.texts) == before, "outside the window nothing is tried"
        assert house.world.case(1).reached is False
        assert hoa.was_told("chưa nhắn được cho người báo")
        await house.forward(HALF_HOURS, hours=30)
        await child.says("em đây ạ")
        assert house.world.case(1).reached is True
        assert sum("Hôm nay em có an toàn không?" in text for text in child.texts) == 1


async def test_a_question_outside_the_window_is_found_with_the_receipt_on_another_channel(
    sqlite_store: SqlStore,
) -> None:
    async with a_zalo_house(sqlite_store) as house:
        hoa = house.officer("TE-24169")
        child = await house.citizen().says(CRY)
        await hoa.presses("Tiếp nhận")
        receipt = next(found[0] for text in child.texts if (found := RECEIPT.search(text)))
        await house.forward(HALF_HOURS, days=7, hours=1)
        await hoa.says("/viec")
        for question in QUESTIONS:
            asked(house, "TE-24169", question)
        await house.carry()
        web = house.world.citizen("web_chat")
        web.says(receipt)
        assert all(web.was_told(question) for question in QUESTIONS)
        web.says(receipt)
        assert sum(QUESTIONS[0] in letter.text for letter in web.letters) == 1


async def test_a_question_that_zalo_refused_because_they_blocked_us_is_put_when_they_come_back(
    sqlite_store: SqlStore,
) -> None:
    async with a_zalo_house(sqlite_store) as house:
        hoa = house.officer("TE-24169")
        child = await house.citizen().says(CRY)
        await hoa.presses("Tiếp nhận")
        house.zalo.people[child.address.person].blocks_us = True
        asked(house, "TE-24169", QUESTIONS[0])
        await house.carry()
        assert hoa.was_told("không nhắn được cho người báo nữa")
        house.zalo.people[child.address.person].blocks_us = False
        await house.forward(minutes=1)
        await child.says("em đây ạ")
        assert sum(QUESTIONS[0] in text for text in child.texts) == 1


async def test_an_hour_without_zalo_loses_nothing_and_tells_nobody_twice(sqlite_store: SqlStore) -> None:
    async with a_zalo_house(sqlite_store) as house:
        people = [await house.citizen().says(f"xin chào, tôi là người thứ {n}") for n in range(3)]
        house.zalo.down = True
        for n, person in enumerate(people):
            await person.says("Con nhà hàng xóm hay bị bố đánh, ở xã Ea Kao")
            await person.says(f"Có chuyện gì thì báo tôi nhé, lần {n}")
        told_before = [len(person.texts) for person in people]
        waiting = house.world.store.read(lambda uow: uow.outbox.backlog())[Lane.CONVERSATION]
        assert waiting >= 6
        await house.forward(OFTEN, hours=1)
        assert [len(person.texts) for person in people] == told_before
        assert house.tried > 500, "it was tried all the time"
        house.zalo.down = False
        await house.forward(OFTEN, minutes=2)
        assert house.world.store.read(lambda uow: uow.outbox.backlog())[Lane.CONVERSATION] == 0
        for person in people:
            assert max(Counter(person.texts).values()) == 1
            assert len(person.texts) > 2


async def test_officers_are_asked_in_waking_hours_to_keep_their_window_open(sqlite_store: SqlStore) -> None:
    async with a_zalo_house(sqlite_store) as house:
        hoa, child = house.officer("TE-24169"), house.citizen()
        await child.says("xin chào")
        said = len(child.texts)
        await house.forward(HALF_HOURS, days=6, hours=18)
        reminders = [
            one for one in house.zalo.people[hoa.address.person].letters if "một chữ bất kỳ" in one.text
        ]
        assert len(reminders) == 1
        assert 7 <= (reminders[0].at + timedelta(hours=7)).hour <= 20
        assert len(child.texts) == said, "citizens are left in peace"
        told = len(hoa.texts)
        await hoa.says("OK")
        assert [icon for _, icon in house.zalo.people[hoa.address.person].reactions] == [THUMB_UP]
        assert len(hoa.texts) == told, "a thumb costs no reply"
        contact = house.world.store.read(lambda uow: uow.contacts.get(hoa.address))
        assert contact is not None
        assert contact.window_until == house.world.now + timedelta(days=7)


async def test_thanks_get_a_sign_that_costs_no_reply_and_whoever_is_asked_something_gets_words(
    sqlite_store: SqlStore,
) -> None:
    async with a_zalo_house(sqlite_store) as house:
        child = house.citizen()
        await child.says("bạn em đang bị bố đánh ở phường Ea Kao")
        told = len(child.texts)
        await child.says("dạ em cảm ơn")  # a question waits: it is put again
        assert len(child.texts) > told
        await child.says("xong")
        told, zalo = len(child.texts), house.zalo.people[child.address.person]
        assert zalo.reactions == []
        await child.says("em cảm ơn cô chú ạ")
        assert [icon for _, icon in zalo.reactions] == [THUMB_UP]
        assert len(child.texts) == told
        await child.sticks()
        assert len(child.texts) == told + 1, "a sticker may be all that somebody can say"


async def test_an_officer_enrols_at_the_citizens_account(sqlite_store: SqlStore) -> None:
    async with a_zalo_house(sqlite_store) as house:
        world = house.world
        officer = next(one for one in world.roster().officers if one.code == "TE-24169")
        token = world.store.write(lambda uow: invitations.invite(uow, world.tools, officer.id, world.now))
        phone = await house.citizen().says(f"/start {token}")
        assert phone.was_told(officer.name)
        found = world.store.read(lambda uow: uow.office.officer_at(phone.address))
        assert found is not None
        assert NAME in found.reachable
        await phone.says("/viec")
        assert "không có việc" in phone.texts[-1]


async def test_a_safe_way_to_be_reached_may_be_given_by_zalos_own_form(sqlite_store: SqlStore) -> None:
    async with a_zalo_house(sqlite_store, share_image="https://baotin.example.vn/form.jpg") as house:
        child = await house.citizen().says("Chú hàng xóm hay đánh bạn em, ở xã Ea Kao, Đắk Lắk")
        for _ in range(12):
            if any(letter.shares for letter in child.letters):
                break
            await child.says("cách khác" if "an toàn" in child.texts[-1] else "bỏ qua")
        assert child.letters[-1].shares, child.texts
        await child.submits("Cô Ba\n84905000111\nxã Ea Kao")
        report = house.world.store.read(lambda uow: uow.cases.reports(house.world.case(1).id))[0]
        assert "84905000111" in report.answers["contact_how"]
