"""What a case cost on Zalo stands on its page, and alarms of the office on /health and /metrics."""

import aiohttp

from bot.domain.cases import CaseId
from bot.domain.messages import Address
from bot.ports import NewReport, Spent, UnitOfWork
from handlers.http import Http
from handlers.zalo_oa.traits import FREE, WINDOW, ZALO_OA
from storage.engine import SqlStore
from tests.handlers.office import a_gate, office, running, wall_clock
from tests.handlers.web import Browser, site
from tests.handlers.web_cases import NOW, reported

AN = Address("zalo_oa", "42", "1001")


async def opened(desk: Browser) -> str:
    async with desk.session.get("/desk/case/1") as answer:
        return await answer.text()


async def test_the_page_of_a_case_tells_what_was_spent_for_it(sqlite_store: SqlStore) -> None:
    spent = (Spent("cs", "reply"), Spent("cs", "reply"), Spent("cs", "sub_quota"), Spent("template_uid"))
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        await desk.enters(place.officer("TE-24169"))
        page = await opened(desk)
        assert "Vụ 1" in page
        assert "tính phí" not in page
        sqlite_store.write(lambda uow: uow.contacts.spent(AN, spent, NOW, case=CaseId(1)))
        page = await opened(desk)
        assert "2 miễn phí, 1 tính phí, 1 theo mẫu" in page


async def test_the_page_of_a_case_tells_what_may_still_be_written_to_a_reporter_on_zalo(
    sqlite_store: SqlStore,
) -> None:
    def wrote(uow: UnitOfWork) -> None:
        talk, _ = uow.conversations.load(AN)
        came = NewReport(talk, None, {}, source=AN.channel, at=NOW, safe_to_write=True)
        uow.cases.add_report(CaseId(1), came)
        uow.contacts.touched(AN, NOW, WINDOW, FREE)
        uow.contacts.spent(AN, (Spent("cs", "reply", 5, 8),), NOW)

    async with site(sqlite_store, traits={AN.channel: ZALO_OA}) as place, place.browser() as desk:
        await reported(place)
        sqlite_store.write(wrote)
        await desk.enters(place.officer("TE-24169"))
        page = await opened(desk)
        assert "nhắn được đến" in page
        assert "còn 5 tin" in page
        assert "Tin đã gửi qua Zalo cho người báo" in page
        assert "1 miễn phí, 0 tính phí, 0 theo mẫu" in page


async def test_an_alarm_that_stands_is_seen_from_outside_and_stops_nothing(sqlite_store: SqlStore) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))
    http = Http("127.0.0.1", 0, gate)
    sqlite_store.write(lambda uow: uow.alarms.raised("zalo_oa.token", wall_clock(), 1))
    async with running(http), aiohttp.ClientSession() as client:
        base = f"http://127.0.0.1:{await http.ready()}"
        async with client.get(f"{base}/health") as answer:
            assert (answer.status, (await answer.json())["alarms"]) == (200, ["zalo_oa.token"])
        async with client.get(f"{base}/metrics") as answer:
            assert "tinbao_alarms_standing 1" in await answer.text()
