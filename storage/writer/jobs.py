"""What waits to be written: inbox rows first, then turns, campaigns last."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from bot.ports.store import Haste
from storage.writer.db import Db

PATIENCE = 1.0
"""Seconds after which what was to go last goes next, however much else there is to do."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done:
    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    error: BaseException


Ended = Done | Raised


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work and whoever waits for it."""

    work: Callable[[Db], Any]
    future: "Future[Any]"
    haste: Haste
    overdue: float
    """When its patience ends (monotonic)."""

    def tell(self, ended: Ended) -> None:
        """To be called after the commit, or when there will be none."""
        match ended:
            case Done(value):
                self.future.set_result(value)
            case Raised(error):
                self.future.set_exception(error)


def attempt(work: Callable[[], Any]) -> Ended:
    """What it gives or what it raises, as a value: whatever it is belongs to the thread that waits for it."""
    try:
        return Done(work())
    except BaseException as error:  # noqa: BLE001 - nothing is swallowed: `Job.tell` raises it there
        return Raised(error)


class StoreClosed(RuntimeError):
    """The store takes no more work."""


class Jobs:
    """A queue for each haste; many put, one or many take."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._queues = {haste: deque[Job]() for haste in Haste}
        self._changed = threading.Condition()
        self._closed = False
        self._idle = 0

    def submit(self, work: Callable[[Db], T], haste: Haste) -> "Future[T]":
        future: Future[T] = Future()
        job = Job(work, future, haste, monotonic() + self._patience)
        with self._changed:
            if self._closed:
                raise StoreClosed("the store is closed")
            self._queues[haste].append(job)
            if self._idle:
                self._changed.notify()
        return future

    def next(self) -> Job | None:
        """Wait for work; None when closed and nothing is left."""
        with self._changed:
            while True:
                if job := self._pop(Haste.LAST):
                    return job
                if self._closed:
                    return None
                self._idle += 1
                self._changed.wait()
                self._idle -= 1

    def waiting(self, least: Haste) -> Job | None:
        """What waits now and has no less haste than this, or None."""
        with self._changed:
            return self._pop(least)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _pop(self, least: Haste) -> Job | None:
        """The next job that nobody has cancelled; from here on it cannot be."""
        while queue := self._next_queue(least):
            job = queue.popleft()
            if job.future.set_running_or_notify_cancel():
                return job
        return None

    def _next_queue(self, least: Haste) -> deque[Job] | None:
        first, usual, last = (self._queues[haste] for haste in Haste)
        if last and last[0].overdue <= monotonic():
            return first or last
        return first or usual or (last if least is Haste.LAST else None)
