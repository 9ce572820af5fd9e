"""Every tap is answered, or its button would spin for a minute; nothing waits for that."""

import asyncio
from collections.abc import Awaitable, Callable

AT_ONCE = 4
MANY = 10_000
"""Beyond that many unanswered taps older ones are let go: their buttons have long stopped spinning."""


class Taps:
    """A queue of callback queries to answer."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[str] = asyncio.Queue(MANY)

    def tapped(self, query: str) -> None:
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(query)

    async def run(self, answer: Callable[[str], Awaitable[None]]) -> None:
        """`answer` must not raise: an old query cannot be answered and that is no harm."""

        async def worker() -> None:
            while True:
                await answer(await self._queue.get())

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(worker())
