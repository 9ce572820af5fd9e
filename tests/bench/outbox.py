"""Messages per second out of the outbox through python-telegram-bot, beside python-telegram-bot as it comes."""

import asyncio
import time
from pathlib import Path
from statistics import median

from bot.domain.messages import Lane
from tests.bench.child import Child, serving
from tests.bench.office import fill, opened
from tests.bench.settings import OFFICERS, fresh, with_bots
from tests.bench.sink import Sink
from tests.bench.table import Row, paired

ROUNDS = 5
OURS, THEIRS = 20_000, 3_000
"""Letters of a round."""
LOOK = 0.005
PATIENCE = 300.0


async def outbox(*, quick: bool) -> list[Row]:
    """Ours claims, sends and marks each letter durably; theirs only sends."""
    rounds, share = (1, 10) if quick else (ROUNDS, 1)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        theirs.append(await as_it_comes(THEIRS // share))
        ours.append(await _out_of_the_outbox(OURS // share))
    against = f"python-telegram-bot as it comes: {median(theirs):,.0f} (at least 5)"
    return [Row("letters out of the outbox", median(ours), "letters/s", against, paired(ours, theirs))]


async def as_it_comes(letters: int) -> float:
    async with Sink() as sink:
        child = Child("-m", "tests.bench.asitcomes", sink.url, OFFICERS, str(letters)).start()
        seconds = float(await asyncio.to_thread(child.says))
        await asyncio.to_thread(child.stop)
    return letters / seconds


async def _out_of_the_outbox(letters: int) -> float:
    """From the first call to the Bot API until the last letter is marked, as the database has it."""
    folder = fresh("outbox")
    await asyncio.to_thread(fill, folder, letters=letters)
    began: list[float] = []

    def on_sent(_: int) -> None:
        if not began:
            began.append(time.perf_counter())

    async with Sink(on_sent) as sink:
        env = with_bots(folder, sink.url)
        async with serving(Child("-m", "tests.bench.server", "--limits", "lifted", env=env)):
            async with asyncio.timeout(PATIENCE):
                while sink.sent < letters:  # noqa: ASYNC110 - the sink has no event for the last of many
                    await asyncio.sleep(LOOK)
            ended = await asyncio.to_thread(_marked, folder)
    return letters / (ended - began[0])


def _marked(folder: Path) -> float:
    """When no letter is left that would be sent again: those in flight are due when their lease ends."""
    store = opened(folder)
    account = OFFICERS.partition(":")[0]
    try:
        while store.read(lambda uow: uow.outbox.next_due("telegram_officers", account, Lane.CONVERSATION)):
            time.sleep(LOOK)
        return time.perf_counter()
    finally:
        store.close()
