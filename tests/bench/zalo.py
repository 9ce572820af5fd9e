"""The Official Account's webhook: turns beside the same bare aiogram bot, and its answers while Zalo is dead."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from tests.bench.child import Child, serving
from tests.bench.crowd import Crowd, Run, answers
from tests.bench.line import Line, Lines
from tests.bench.office import fill
from tests.bench.people import MIX
from tests.bench.settings import environment, fresh
from tests.bench.table import Row, paired, quantile
from tests.bench.turns import theirs
from tests.fakes.zalo_oa.bodies import APP, OA, words
from tests.fakes.zalo_oa.push import SECRET, encoded, signed

PATH = "/zalo/oa"
HEADER = "X-ZEvent-Signature"
ROUNDS = 5
SECONDS = 8.0
RATE = 100
DEAD_SECONDS = 20.0
FIRST_PERSON = 7_300_000_000_000_000_000


async def zalo(*, quick: bool) -> list[Row]:
    """Rounds alternate, so that what else the machine does falls on both."""
    rounds, seconds = (1, 3.0) if quick else (ROUNDS, SECONDS)
    ours, bare = [], []
    for _ in range(rounds):
        bare.append(await theirs(seconds))
        ours.append(await our_turns(seconds))
    took, refused = await while_dead(5.0 if quick else DEAD_SECONDS)
    rate, their_rate = (median(run.rate for run in runs) for runs in (ours, bare))
    against = f"bare aiogram, FSM in memory, answering: {their_rate:,.0f} (at least 0.6)"
    ratio = paired([run.rate for run in ours], [run.rate for run in bare])
    note = f"{RATE} events/s; the platform accepts connections and never answers; {len(took):,} events"
    return [
        Row("zalo_turns", rate, "turns/s", against, ratio, MIX),
        Row("zalo_turns, p99", median(run.p99 for run in ours) * 1e3, "ms"),
        Row("zalo_webhook_p99", quantile(took, 0.99) * 1e3, "ms", "200 ms", None, note),
        Row("zalo_webhook, other than 200", refused, "", "0"),
    ]


async def our_turns(seconds: float) -> Run:
    """A turn is complete when its answer stands in the outbox."""
    folder = fresh("zalo")
    await asyncio.to_thread(fill, folder)
    async with answers() as (told, port), dead_platform() as api:
        env = with_account(folder, api)
        child = Child("-m", "tests.bench.server", "--limits", "undelivered", "--tell", str(port), env=env)
        async with serving(child):
            return await Crowd(child.port, told, _post).write(seconds)


async def while_dead(seconds: float) -> tuple[list[float], int]:
    """Seconds that each answer took, in an open loop, and how many were no 200."""
    folder = fresh("zalo-dead")
    await asyncio.to_thread(fill, folder)
    async with dead_platform() as api:
        child = Child("-m", "tests.bench.server", "--limits", "telegram", env=with_account(folder, api))
        async with serving(child):
            return await _send(child.port, seconds)


async def _send(port: int, seconds: float) -> tuple[list[float], int]:
    took: list[float] = []
    statuses: list[int] = []

    async def one(lines: Lines, number: int) -> None:
        before = time.perf_counter()
        statuses.append(
            await lines.post(PATH, *_signed(FIRST_PERSON + number % 500, f"cho em hỏi {number}"), HEADER)
        )
        took.append(time.perf_counter() - before)

    start = time.perf_counter()
    async with Lines(port) as lines, asyncio.TaskGroup() as group:
        for number in range(int(RATE * seconds)):
            await asyncio.sleep(max(0.0, start + number / RATE - time.perf_counter()))
            group.create_task(one(lines, number))
    return took, sum(status != 200 for status in statuses)


async def _post(line: Line, person: int, text: str) -> int:
    return await line.post(PATH, *_signed(person, text), HEADER)


def _signed(person: int, text: str) -> tuple[bytes, str]:
    body = words(text, str(person), int(time.time() * 1000))
    raw = encoded(body)
    return raw, signed(raw, str(body["timestamp"]))


def with_account(folder: Path, api: str) -> dict[str, str]:
    """Of an office with an Official Account and nothing else."""
    return environment(folder) | {
        "TINBAO_ZALO_OA_APP_ID": APP,
        "TINBAO_ZALO_OA_APP_SECRET": "bench-app-secret",
        "TINBAO_ZALO_OA_SECRET_KEY": SECRET,
        "TINBAO_ZALO_OA_ID": OA,
        "TINBAO_ZALO_OA_ACCESS_TOKEN": "bench-access",
        "TINBAO_ZALO_OA_REFRESH_TOKEN": "bench-refresh",
        "TINBAO_ZALO_OA_API_BASE": api,
        "TINBAO_ZALO_OA_OAUTH_BASE": api,
        "TINBAO_ZALO_ZBS_BASE": api,
    }


@asynccontextmanager
async def dead_platform() -> AsyncIterator[str]:
    """Connections are accepted, and nothing ever comes back."""
    held: list[asyncio.StreamWriter] = []

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)
        while await reader.read(65_536):
            pass

    server = await asyncio.start_server(swallow, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        for writer in held:
            writer.close()
        server.close()
