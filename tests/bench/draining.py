"""Letters of a campaign per second through python-telegram-bot, beside python-telegram-bot as it comes."""

import asyncio
import time
from pathlib import Path
from statistics import median

from tests.bench.campaign_office import fill_campaign, to_come
from tests.bench.child import Child, serving
from tests.bench.office import opened
from tests.bench.outbox import THEIRS, as_it_comes
from tests.bench.settings import fresh, with_news
from tests.bench.sink import Sink
from tests.bench.table import Row, paired

ROUNDS = 3
OURS = 15_000
LOOK = 0.005
PATIENCE = 120.0


async def draining(*, quick: bool) -> list[Row]:
    """Ours claims in batches, asks consent again, sends and marks each letter durably; theirs only sends."""
    rounds, share = (1, 5) if quick else (ROUNDS, 1)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        theirs.append(await as_it_comes(THEIRS // share))
        ours.append(await _drained(OURS // share))
    against = f"python-telegram-bot as it comes: {median(theirs):,.0f} (at least 5)"
    return [Row("letters of a campaign", median(ours), "letters/s", against, paired(ours, theirs))]


async def _drained(letters: int) -> float:
    """From the first call to the Bot API until the last letter is marked, as the database has it."""
    folder = fresh("draining")
    run = await asyncio.to_thread(fill_campaign, folder, letters)
    began: list[float] = []

    def on_sent(_: int) -> None:
        if not began:
            began.append(time.perf_counter())

    async with Sink(on_sent) as sink:
        child = Child("-m", "tests.bench.server", "--limits", "lifted", env=with_news(folder, sink.url))
        async with serving(child), asyncio.timeout(PATIENCE):
            while sink.sent < letters:  # noqa: ASYNC110 - the sink has no event for the last of many
                await asyncio.sleep(LOOK)
            ended = await asyncio.to_thread(_marked, folder, run)
    return letters / (ended - began[0])


def _marked(folder: Path, run: int) -> float:
    store = opened(folder)
    try:
        while to_come(store, run):
            time.sleep(LOOK)
        return time.perf_counter()
    finally:
        store.close()
