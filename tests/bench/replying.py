"""How long citizens wait for a reply while a million letters wait and their lane drains at the account's rate."""

import asyncio
import itertools
import time
from collections.abc import Mapping
from pathlib import Path

from tests.bench.campaign_office import FIRST_CHAT, LONGEST, fill_campaign
from tests.bench.child import Child, serving
from tests.bench.line import Lines
from tests.bench.people import update
from tests.bench.settings import SECRET, fresh, with_news
from tests.bench.sink import Sink
from tests.bench.table import Row, quantile

LETTERS = 1_000_000
SECONDS = 15.0
EVERY = 0.1
"""Seconds between two people who write, by turns to the public bot and to the one that sends."""
PATHS = ("/telegram/public", "/telegram/news")
WARM = 3.0
"""Seconds that the lane drains before anybody writes."""
FIRST_ONES = 5
"""People on each path before the figure begins: what is built at the first use is built by then."""
PATIENCE = 30.0
MOST = 0.200
_people = itertools.count(50_000_000)


async def replying(*, quick: bool) -> list[Row]:
    letters, seconds = (LETTERS // 20, 5.0) if quick else (LETTERS, SECONDS)
    rows: list[Row] = []
    for name, more in (("30", {}), ("1,000", {"TINBAO_TELEGRAM_NEWS_PAID": "true"})):
        folder = fresh("replying")
        await asyncio.to_thread(fill_campaign, folder, letters)
        waited, drained = await _measured(folder, more, seconds)
        note = f"{len(waited)} people wrote; {drained:,.0f} letters a second went out meanwhile"
        rows.append(
            Row(
                f"reply while {letters:,} letters wait, {name} a second: p99", quantile(waited, 0.99) * 1e3,
                "ms", f"at most {MOST * 1e3:.0f}", note=note,
            )
        )  # fmt: skip
    return rows


async def _measured(folder: Path, more: Mapping[str, str], seconds: float) -> tuple[list[float], float]:
    """Seconds that each person waited, letters of the campaign a second."""
    asked: dict[int, tuple[float, asyncio.Future[float]]] = {}
    letters = 0

    def on_sent(chat: int) -> None:
        nonlocal letters
        if FIRST_CHAT <= chat < FIRST_CHAT + LONGEST:
            letters += 1
        elif chat in asked and not asked[chat][1].done():
            asked[chat][1].set_result(time.perf_counter() - asked[chat][0])

    async def ask(lines: Lines, path: str) -> float:
        """Somebody new writes; seconds until the first reply is out."""
        person = next(_people)
        asked[person] = time.perf_counter(), asyncio.get_running_loop().create_future()
        body = update(person, "Cho em hỏi có ai ở đây không ạ")
        assert await lines.post(path, body, SECRET) == 200
        return await asked[person][1]

    async with Sink(on_sent) as sink:
        child = Child("-m", "tests.bench.server", env={**with_news(folder, sink.url), **more})
        async with serving(child), Lines(child.port) as lines, asyncio.timeout(seconds + PATIENCE):
            await asyncio.sleep(WARM)
            await asyncio.gather(*(ask(lines, path) for path in PATHS * FIRST_ONES))
            before, began = letters, time.perf_counter()
            async with asyncio.TaskGroup() as group:
                tasks = []
                for number in range(int(seconds / EVERY)):
                    tasks.append(group.create_task(ask(lines, PATHS[number % 2])))
                    await asyncio.sleep(EVERY)
            rate = (letters - before) / (time.perf_counter() - began)
    return [task.result() for task in tasks], rate
