"""Brings results from the writer's thread to the loop: as many at once as a commit has."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class Landing:
    """Does what `asyncio.wrap_future` does, but wakes the loop once a commit and not once a result.

    Each waking costs a system call and lets the two threads fight for the interpreter.
    """

    def __init__(self) -> None:
        self._arrived: deque[Callable[[], None]] = deque()
        self._woken = False

    def awaited(self, future: "Future[T]") -> "asyncio.Future[T]":
        """To be awaited in the running loop; who is cancelled while waiting withdraws what has not begun."""
        loop = asyncio.get_running_loop()
        here: asyncio.Future[T] = loop.create_future()

        def arrived(done: "Future[T]") -> None:
            self._arrived.append(lambda: _settle(here, done))
            if not self._woken and not loop.is_closed():
                self._woken = True
                loop.call_soon_threadsafe(self._land)

        def withdrawn(waiting: "asyncio.Future[T]") -> None:
            if waiting.cancelled():
                future.cancel()

        here.add_done_callback(withdrawn)
        future.add_done_callback(arrived)
        return here

    def _land(self) -> None:
        self._woken = False  # first: what arrives from here on wakes the loop again
        while self._arrived:
            self._arrived.popleft()()


def _settle(here: "asyncio.Future[T]", done: "Future[T]") -> None:
    if here.done():
        return
    if done.cancelled():
        here.cancel()
    elif (error := done.exception()) is not None:
        here.set_exception(error)
    else:
        here.set_result(done.result())
