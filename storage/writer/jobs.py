"""What waits to be written: inbox rows first, then turns."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.writer.db import Db

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
    """Two queues with right of way; many put, one or many take."""

    def __init__(self) -> None:
        self._first: deque[Job] = deque()
        self._later: deque[Job] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._idle = 0

    def submit(self, work: Callable[[Db], T], *, first: bool) -> "Future[T]":
        future: Future[T] = Future()
        job = Job(work, future)
        with self._changed:
            if self._closed:
                raise StoreClosed("the store is closed")
            (self._first if first else self._later).append(job)
            if self._idle:
                self._changed.notify()
        return future

    def next(self) -> Job | None:
        """Wait for work; None when closed and nothing is left."""
        with self._changed:
            while True:
                if job := self._pop():
                    return job
                if self._closed:
                    return None
                self._idle += 1
                self._changed.wait()
                self._idle -= 1

    def waiting(self) -> Job | None:
        """What waits now, or None."""
        with self._changed:
            return self._pop()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _pop(self) -> Job | None:
        """The next job that nobody has cancelled; from here on it cannot be."""
        while queue := self._first or self._later:
            job = queue.popleft()
            if job.future.set_running_or_notify_cancel():
                return job
        return None
