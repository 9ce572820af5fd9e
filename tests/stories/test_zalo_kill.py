"""The real process is killed while Zalo hands over a crowd's reports: each becomes one case, none two."""

import asyncio
import random
from pathlib import Path

import aiohttp

from bot.ports import Queue
from storage.engine import open_store
from tests.fakes.bot_api import BotApi
from tests.fakes.zalo_oa import APP_SECRET
from tests.fakes.zalo_oa import ZaloOa as Zalo
from tests.fakes.zalo_oa.bodies import APP, OA, words
from tests.fakes.zalo_oa.push import SECRET, Push
from tests.stories.program import OFFICE, Program

REPORTS = 60
KILLS = 2
HOUR = 45.0
"""Seconds that an hour of Zalo's patience takes: restarts must fit between its repeats."""
REPORT = "Cháu thứ {n} ở xã Ea Kao, Đắk Lắk đang bị bố cầm dao đuổi đánh, cứu cháu với"


async def test_killed_at_any_moment_every_report_is_one_case(tmp_path: Path) -> None:
    dice = random.Random(20261122)  # noqa: S311 - repeatable, not secret
    async with BotApi() as api, Zalo() as zalo, Program(tmp_path, api) as program:
        _only_zalo(program, zalo)
        await program.command("import", *map(str, OFFICE))
        await program.start()
        async with Push(f"{program.url}/zalo/oa", hour=HOUR) as push:
            people = [f"75000000000000{n:05d}" for n in range(REPORTS)]
            for person in people:
                zalo.person(person)
            async with asyncio.TaskGroup() as group:
                killing = group.create_task(_kill_at_random(program, dice))
                taken = group.create_task(_report(push, people, dice))
            assert killing.done()
            assert all(taken.result()), "Zalo was answered before it gave up"
        await _answered(program)
        assert await program.stop() == 0
    _count(tmp_path)


def _only_zalo(program: Program, zalo: Zalo) -> None:
    access, refresh = zalo.oauth.pair()
    for name in [name for name in program.env if "TELEGRAM" in name]:
        del program.env[name]
    program.env |= {
        "TINBAO_ZALO_OA_APP_ID": APP,
        "TINBAO_ZALO_OA_APP_SECRET": APP_SECRET,
        "TINBAO_ZALO_OA_SECRET_KEY": SECRET,
        "TINBAO_ZALO_OA_ID": OA,
        "TINBAO_ZALO_OA_ACCESS_TOKEN": access,
        "TINBAO_ZALO_OA_REFRESH_TOKEN": refresh,
        "TINBAO_ZALO_OA_API_BASE": zalo.base_url,
        "TINBAO_ZALO_OA_OAUTH_BASE": zalo.base_url,
        "TINBAO_ZALO_ZBS_BASE": zalo.base_url,
    }


async def _report(push: Push, people: list[str], dice: random.Random) -> list[bool]:
    """Over some seconds, so that the kills fall between them."""

    async def one(number: int, person: str) -> bool:
        await asyncio.sleep(dice.random() * 10)
        return await push.deliver(words(REPORT.format(n=number), person))

    return list(await asyncio.gather(*(one(n, person) for n, person in enumerate(people))))


async def _kill_at_random(program: Program, dice: random.Random) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(0.5 + dice.random())
        await program.kill()
        await program.start()


async def _answered(program: Program) -> None:
    """Whose turn was lost in a kill is answered by the clock's sweep."""
    async with aiohttp.ClientSession() as client, asyncio.timeout(60):
        while True:
            async with client.get(f"{program.url}/metrics") as answer:
                if "tinbao_inbox_waiting 0\n" in await answer.text():
                    return
            await asyncio.sleep(0.2)


def _count(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder}/tinbao.db", folder / "keys.json", folder / "files")
    try:
        assert store.read(lambda uow: uow.inbox.waiting()) == 0
        cases = store.read(lambda uow: uow.cases.queue(Queue(limit=500)))
        assert len(cases) == REPORTS
        told = [
            entry.text for case in cases for entry in store.read(lambda uow, c=case: uow.cases.entries(c.id))
        ]
        for number in range(REPORTS):
            assert told.count(REPORT.format(n=number)) == 1
    finally:
        store.close()
