"""The real process is killed at random points of a run of reports: nothing acknowledged is lost or doubled."""

import asyncio
import random
import re
from collections.abc import Callable
from pathlib import Path

from bot.domain.cases import CaseId, Status
from bot.ports import Queue
from storage.engine import open_store
from tests.fakes.bot_api import BotApi
from tests.stories.program import OFFICE, OFFICERS, PUBLIC, Program, Telegram

REPORTS = 200
KILLS = 6
PATIENCE = 180.0
OFFICER = 9001
REPORT = "Cháu thứ {n} ở xã Ea Kao, Đắk Lắk đang bị bố cầm dao đuổi đánh, cứu cháu với"


async def test_killed_at_any_moment_every_report_is_one_case_and_every_acknowledgement_stays(
    tmp_path: Path,
) -> None:
    dice = random.Random(20261121)  # noqa: S311 - repeatable, not secret
    async with BotApi() as api, Program(tmp_path, api) as program:
        await program.command("import", *map(str, OFFICE))
        token = _token(await program.command("invite", "TE-24169"))
        await program.start()
        async with Telegram(api, program) as telegram:
            await _enrol(api, telegram, token)
            await _report_while_killing(api, program, telegram, dice)
            taken = await _take_some(api, telegram)
        await program.kill()
        await program.start()
        assert await program.stop() == 0
    _count(tmp_path, taken)


async def _enrol(api: BotApi, telegram: Telegram, token: str) -> None:
    officer = api.person(OFFICER, "Cán bộ", token=OFFICERS)
    officer.starts(token)
    await telegram.deliver(OFFICERS)
    await _until(lambda: bool(officer.messages))


async def _report_while_killing(
    api: BotApi, program: Program, telegram: Telegram, dice: random.Random
) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(_kill_at_random(program, dice))
        for first in range(0, REPORTS, 10):
            for n in range(first, first + 10):
                api.person(1000 + n, token=PUBLIC).says(REPORT.format(n=n))
            await telegram.deliver(PUBLIC)
    await _until(lambda: all(api.sent_to(1000 + n, token=PUBLIC) for n in range(REPORTS)))


async def _kill_at_random(program: Program, dice: random.Random) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(dice.uniform(0.2, 1.5))
        await program.kill()
        await program.start()


async def _take_some(api: BotApi, telegram: Telegram) -> set[int]:
    """The officer presses "Tiếp nhận" wherever a card for one case came; which cases said "Đã tiếp nhận"."""
    officer = api.person(OFFICER, token=OFFICERS)
    cards = [sent for sent in officer.messages if sent.labels and sent.labels[0] == "Tiếp nhận"]
    assert cards, [sent.text for sent in officer.messages]
    for card in cards:
        data = next(b["callback_data"] for b in card.buttons if b["text"] == "Tiếp nhận")
        officer.taps_data(data, card.message_id)
        await telegram.deliver(OFFICERS)

    def told() -> set[int]:
        found = (re.search(r"Đã tiếp nhận vụ (\d+)", sent.text) for sent in officer.messages)
        return {int(match.group(1)) for match in found if match}

    wanted = {int(m.group(1)) for card in cards if (m := re.match(r"Vụ (\d+) ", card.text))}
    await _until(lambda: told() >= wanted)
    return told()


def _count(folder: Path, taken: set[int]) -> None:
    store = open_store(f"sqlite:///{folder}/tinbao.db", folder / "keys.json", folder / "files")
    try:
        cases = store.read(lambda uow: uow.cases.queue(Queue(open_only=False, limit=10_000)))
        assert len(cases) == REPORTS
        words = [
            entry.text
            for case in cases
            for entry in store.read(lambda uow, c=case: uow.cases.entries(c.id))
            if entry.text.startswith("Cháu thứ")
        ]
        assert sorted(words) == sorted(REPORT.format(n=n) for n in range(REPORTS))
        assert taken
        for number in taken:
            case = store.read(lambda uow, n=number: uow.cases.get(CaseId(n)))
            assert case is not None
            assert case.status is Status.TAKEN
        assert store.read(lambda uow: uow.inbox.waiting()) == 0
        store.write(lambda uow: uow.ledger.link(100_000))
        assert store.read(lambda uow: uow.ledger.verify()) is None
    finally:
        store.close()


def _token(printed: str) -> str:
    return printed.rsplit("/start ", 1)[1].split()[0]


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not done():  # noqa: ASYNC110 - another process: nothing here could wake us
            await asyncio.sleep(0.05)
