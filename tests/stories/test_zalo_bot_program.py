"""The real program between a fake Bot Platform and its people: by polling, and by webhook while it is killed."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import aiohttp

from bot.domain.cases import CaseId
from bot.domain.kinds import Urgency
from bot.ports import Queue
from storage.engine import open_store
from tests.fakes.bot_api import BotApi
from tests.fakes.zalo_bot import SECRET_HEADER, TOKEN, Json, ZaloBotApi
from tests.stories.program import OFFICE, Program

SECRET = "a secret for the tests"
REPORT = "Cháu thứ {n} ở xã Ea Kao, Đắk Lắk đang bị bố cầm dao đuổi đánh, cứu cháu với"
REPORTS = 20
KILLS = 1
PATIENCE = 120.0


def program(folder: Path, zalo: ZaloBotApi, mode: str) -> Program:
    """Without Telegram: an office that people reach by Zalo only."""
    made = Program(folder, BotApi())
    made.env = {name: value for name, value in made.env.items() if "TELEGRAM" not in name} | {
        "TINBAO_ZALO_BOT_TOKEN": TOKEN,
        "TINBAO_ZALO_BOT_API_BASE": zalo.base_url,
        "TINBAO_ZALO_BOT_MODE": mode,
        **({"TINBAO_ZALO_BOT_SECRET": SECRET} if mode == "webhook" else {}),
    }
    return made


async def test_by_polling_somebody_reports_with_numbers_and_a_withheld_child_is_answered(
    tmp_path: Path,
) -> None:
    async with ZaloBotApi() as zalo, program(tmp_path, zalo, "polling") as office:
        await office.command("import", *map(str, OFFICE))
        an, child = zalo.person("a1b2"), zalo.person("c3d4")
        await an.says("bố hay đánh em bằng roi ở xã Ea Kao, Đắk Lắk")
        await office.start()
        await until(lambda: any("1. Đúng" in text for text in an.told))
        await an.says("số 1")
        await until(lambda: "Em kể tiếp" in an.told[-1])
        await child.is_withheld()
        await until(lambda: any("111" in text for text in child.told))
        async with aiohttp.ClientSession() as client, client.get(f"{office.url}/metrics") as answer:
            metrics = await answer.text()
        assert "tinbao_zalo_bot_withheld_total 1" in metrics
        assert "tinbao_zalo_bot_heard_total 2" in metrics
        assert await office.stop() == 0
        assert "fake-zalo-bot-key" not in office.log.read_text()


async def test_killed_while_people_report_every_200_is_one_case_and_an_answer(tmp_path: Path) -> None:
    async with ZaloBotApi() as zalo, program(tmp_path, zalo, "webhook") as office:
        await office.command("import", *map(str, OFFICE))
        people = [zalo.person(f"{n:020x}") for n in range(REPORTS)]
        updates = [
            one.update("message.text.received", text=REPORT.format(n=n)) for n, one in enumerate(people)
        ]
        await office.start()
        await until(lambda: zalo.webhook == "https://office.invalid/zalo/bot")
        assert zalo.secret == SECRET
        async with aiohttp.ClientSession() as client, asyncio.TaskGroup() as group:
            group.create_task(kill_while(office, lambda: sum(bool(one.told) for one in people)))
            for update in updates:
                group.create_task(deliver(client, f"{office.url}/zalo/bot", update))
        await until(lambda: all(one.told for one in people))
        assert await office.stop() == 0
    count(tmp_path)


async def deliver(client: aiohttp.ClientSession, url: str, update: Json) -> None:
    """Again and again until a 200 comes."""
    while True:
        with suppress(aiohttp.ClientError, TimeoutError):
            async with client.post(url, json=update, headers={SECRET_HEADER: SECRET}) as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(0.05)


async def kill_while(office: Program, answered: Callable[[], int]) -> None:
    for kill in range(KILLS):
        await until(lambda k=kill: answered() > 2 * k)
        await office.kill()
        await office.start()


def count(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder}/tinbao.db", folder / "keys.json", folder / "files")
    try:
        cases = store.read(lambda uow: uow.cases.queue(Queue(open_only=False, limit=REPORTS * 2)))
        assert len(cases) == REPORTS
        assert {case.urgency for case in cases} == {Urgency.EMERGENCY}
        for case in cases:
            words = [
                e.text for e in store.read(lambda uow, c=case: uow.cases.entries(CaseId(c.id))) if e.text
            ]
            assert len([text for text in words if "Cháu thứ" in text]) == 1
    finally:
        store.close()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - another process: nothing here could wake us
            await asyncio.sleep(0.05)
