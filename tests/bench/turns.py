"""Complete durable turns per second of one process, beside a bare aiogram bot, and on a slow disk."""

import asyncio
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from tests.bench.child import Child, serving
from tests.bench.crowd import Crowd, Run, answers
from tests.bench.office import fill
from tests.bench.people import MIX
from tests.bench.settings import FOLDER, PUBLIC, SECRET, fresh, with_bots
from tests.bench.sink import Sink
from tests.bench.table import Row, paired

ROUNDS = 5
SECONDS = 8.0
SLOW_DISK = Path(__file__).with_name("slow_disk.c")


async def turns(*, quick: bool) -> list[Row]:
    """Rounds alternate, so that what else the machine does falls on both."""
    rounds, seconds = (1, 3.0) if quick else (ROUNDS, SECONDS)
    ours, bare, whole, slow = [], [], [], []
    shim = slow_disk()
    for _ in range(rounds):
        bare.append(await theirs(seconds))
        ours.append(await our_turns(seconds, "undelivered"))
        whole.append(await our_turns(seconds, "lifted"))
        if shim:
            slow.append(await our_turns(seconds, "undelivered", {"LD_PRELOAD": str(shim)}))
    return [*_rows(ours, bare, whole), *_slow(slow, ours)]


def _rows(ours: list[Run], bare: list[Run], whole: list[Run]) -> list[Row]:
    rate, theirs_rate = median(run.rate for run in ours), median(run.rate for run in bare)
    p50, p99 = (median(run.p50 for run in ours), median(run.p99 for run in ours))
    against = f"bare aiogram, FSM in memory, answering: {theirs_rate:,.0f}"
    both = paired([run.rate for run in whole], [run.rate for run in bare])
    return [
        Row(
            "durable turns, 32 people", rate, "turns/s", f"{against} (at least 0.5)", _ratio(ours, bare), MIX
        ),
        Row("durable turns, p50", p50 * 1e3, "ms"),
        Row(
            "durable turns, p99",
            p99 * 1e3,
            "ms",
            "p50 (at most 2.5)",
            median(run.p99 / run.p50 for run in ours),
        ),
        Row(
            "the same, answers carried to the API too",
            median(run.rate for run in whole),
            "turns/s",
            against,
            both,
        ),
    ]


def _slow(slow: list[Run], ours: list[Run]) -> list[Row]:
    if not slow:
        return [
            Row("durable turns, 4 ms more per fsync", 0, "turns/s", "not measured: no C compiler (cc) here")
        ]
    rate = median(run.rate for run in slow)
    return [
        Row(
            "durable turns, 4 ms more per fsync",
            rate,
            "turns/s",
            "without (at least 0.5)",
            _ratio(slow, ours),
        )
    ]


def _ratio(one: list[Run], other: list[Run]) -> float:
    return paired([run.rate for run in one], [run.rate for run in other])


async def theirs(seconds: float) -> Run:
    """A bare bot's turn is complete when its answer has reached the API."""
    async with answers() as (told, _), Sink(told.answered) as sink:
        child = Child("-m", "tests.bench.bare", sink.url, PUBLIC, SECRET)
        async with serving(child):
            return await Crowd(child.port, told).write(seconds)


async def our_turns(seconds: float, limits: str, more: Mapping[str, str] | None = None) -> Run:
    """Ours is complete when its answer stands in the outbox."""
    folder = fresh("turns")
    await asyncio.to_thread(fill, folder)
    async with answers() as (told, port), Sink() as sink:
        env = {**with_bots(folder, sink.url), **(more or {})}
        child = Child("-m", "tests.bench.server", "--limits", limits, "--tell", str(port), env=env)
        async with serving(child):
            return await Crowd(child.port, told).write(seconds)


def slow_disk() -> Path | None:
    """A library that makes every fsync 4 ms longer; None where nothing can compile it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    library = FOLDER / "slow_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, SLOW_DISK, "-ldl"], check=True)
    return library
