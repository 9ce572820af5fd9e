"""How evenly one account's letters go out: the fullest second, and the share of the limit that is used."""

import asyncio
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.messages import Address, Lane
from handlers.pace import Pace
from handlers.telegram_wire.traits import NEWS, PAID_PER_SECOND
from tests.bench.table import Row

SECONDS = 60.0
MOST, LEAST = 1.05, 0.98


async def pacing(*, quick: bool) -> list[Row]:
    """At the free and at the paid rate, with as many letters waiting as the courier holds in flight."""
    seconds = 3.0 if quick else SECONDS
    rows: list[Row] = []
    for limit in (NEWS.per_second, PAID_PER_SECOND):
        went = await let_through(limit, seconds)
        fullest, used = fullest_second(went) / limit, len(went) / seconds / limit
        name = f"{limit:,.0f} letters a second"
        rows += [
            Row(f"{name}: the fullest second", fullest, "of the limit", f"at most {MOST}"),
            Row(f"{name}: used over {seconds:.0f} s", used, "of the limit", f"at least {LEAST}"),
        ]
    return rows


async def let_through(limit: float, seconds: float, at_once: int = 128) -> list[float]:
    """When each went."""
    pace = Pace(replace(NEWS, per_second=limit, per_chat=timedelta()))
    went: list[float] = []
    person = Address("telegram_news", "main", "1")

    async def some() -> None:
        while True:
            await pace.turn(Lane.CAMPAIGN, person)
            went.append(time.perf_counter())

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(some()) for _ in range(at_once)]
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()
    return went


def fullest_second(went: Sequence[float]) -> int:
    """The most within any one second."""
    return max(bisect_left(went, first + 1.0) - place for place, first in enumerate(went))
