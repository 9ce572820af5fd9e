"""One look of the clock at ten thousand schedules, with the few that have come due."""

import asyncio
import time
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from statistics import median

from bot.ports import UnitOfWork
from bot.services import outreach
from bot.services.tools import Tools
from storage.engine import SqlStore
from tests.bench.office import opened
from tests.bench.settings import fresh
from tests.bench.table import Row, quantile
from tests.storage.outreach import a_campaign
from tests.storage.people import NOW
from tests.stories.world import tools_for

SCHEDULES = 10_000
BATCH = 500
LOOKS = 200
DUE = 5
MOST = 0.020


async def ticking(*, quick: bool) -> list[Row]:
    schedules = SCHEDULES // 10 if quick else SCHEDULES
    looks, begins = await asyncio.to_thread(_measured, schedules)
    at_most = f"at most {MOST * 1e3:.0f}"
    return [
        Row(
            f"a tick over {schedules:,} schedules, none due: p99", quantile(looks, 0.99) * 1e3, "ms", at_most
        ),
        Row(f"the same, {DUE} due: each run with its words begun", median(begins) * 1e3, "ms", at_most),
    ]


def _measured(schedules: int) -> tuple[list[float], list[float]]:
    store = opened(fresh("ticking"))
    try:
        for first in range(0, schedules, BATCH):
            store.write(partial(_add, numbers=range(first, min(schedules, first + BATCH))))
        tools = tools_for(store)
        looks = [_tick(store, tools, NOW) for _ in range(LOOKS)]
        begins = [_tick(store, tools, NOW + timedelta(minutes=step)) for step in range(1, 11)]
        return looks, begins
    finally:
        store.close()


def _add(uow: UnitOfWork, numbers: range) -> None:
    """A few come due each minute, all others later."""
    for number in numbers:
        minute = 1 + number // DUE if number < DUE * 10 else 100_000 + number
        uow.campaigns.add(replace(a_campaign(f"c{number}"), next_at=NOW + timedelta(minutes=minute)))


def _tick(store: SqlStore, tools: Tools, now: datetime) -> float:
    began = time.perf_counter()
    store.write(lambda uow: outreach.tick(uow, tools, now))
    return time.perf_counter() - began
