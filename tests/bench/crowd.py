"""A crowd in a closed loop: each person writes again as soon as the last message was answered."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.bench.line import Line
from tests.bench.people import conversations, update
from tests.bench.settings import SECRET
from tests.bench.table import quantile

PEOPLE = 32
ANSWERED_WITHIN = 10.0
PATH = "/telegram/public"


@dataclass(frozen=True, slots=True)
class Run:
    """What one round gave."""

    rate: float
    """Complete turns per second."""
    p50: float
    """Seconds."""
    p99: float


@dataclass(slots=True)
class Answers(asyncio.DatagramProtocol):
    """People who were answered, as the measured program tells it; a bare bot's answer is its API call."""

    _waiting: dict[str, asyncio.Future[None]] = field(default_factory=dict)

    def datagram_received(self, data: bytes, addr: object) -> None:
        for person in data.decode().split():
            self.answered(int(person))

    def answered(self, person: int) -> None:
        waiting = self._waiting.pop(str(person), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    def expect(self, person: int) -> "asyncio.Future[None]":
        self._waiting[str(person)] = future = asyncio.get_running_loop().create_future()
        return future


@asynccontextmanager
async def answers() -> AsyncIterator[tuple[Answers, int]]:
    """With the port on which commits are told."""
    loop = asyncio.get_running_loop()
    transport, told = await loop.create_datagram_endpoint(Answers, local_addr=("127.0.0.1", 0))
    try:
        yield told, int(transport.get_extra_info("sockname")[1])
    finally:
        transport.close()


Post = Callable[[Line, int, str], Awaitable[int]]
"""(connection, person, text) → status: how one platform brings it."""


async def _telegram(line: Line, chat: int, text: str) -> int:
    return await line.post(PATH, update(chat, text), SECRET)


@dataclass(slots=True)
class Crowd:
    """Writes to one program for some seconds."""

    port: int
    answers: Answers
    post: Post = _telegram
    _chats: Iterator[int] = field(default_factory=lambda: itertools.count(int(time.time()) % 10**6 * 10_000))
    _texts: Iterator[Sequence[str]] = field(default_factory=conversations)
    _took: list[float] = field(default_factory=list)
    _until: float = 0.0

    async def write(self, seconds: float, warm: float = 1.0) -> Run:
        """The first `warm` seconds do not count."""
        start = time.perf_counter() + warm
        self._until = start + seconds
        self._took = []
        async with asyncio.TaskGroup() as group:
            for _ in range(PEOPLE):
                group.create_task(self._person(start))
        return Run(len(self._took) / seconds, quantile(self._took, 0.5), quantile(self._took, 0.99))

    async def _person(self, start: float) -> None:
        line = Line(self.port)
        try:
            while True:
                chat = next(self._chats)
                for text in next(self._texts):
                    before = time.perf_counter()
                    if before > self._until:
                        return
                    await self._message(line, chat, text)
                    after = time.perf_counter()
                    if before >= start and after <= self._until:
                        self._took.append(after - before)
        finally:
            line.close()

    async def _message(self, line: Line, chat: int, text: str) -> None:
        answered = self.answers.expect(chat)
        status = await self.post(line, chat, text)
        if status != 200:
            raise RuntimeError(f"the webhook answered {status}")
        async with asyncio.timeout(ANSWERED_WITHIN):
            await answered
