"""Workers for PostgreSQL: each job its own transaction, run again where another got in its way."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, Final

from psycopg import Connection as Raw
from psycopg import OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from sqlalchemy import Connection, Engine

from storage.writer.db import Db
from storage.writer.jobs import Done, Job, Jobs, attempt

TRIES: Final = 5
_AGAIN: Final = (SerializationFailure, DeadlockDetected, LockNotAvailable)


class PostgresWorkers:
    """Each thread owns one connection."""

    def __init__(self, engine: Engine, jobs: Jobs, workers: int) -> None:
        self._engine = engine
        self._jobs = jobs
        self._threads = [
            threading.Thread(target=self._run, name=f"writer-{number}", daemon=True)
            for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def is_here(self) -> bool:
        """Whether the caller runs inside a job: waiting for another could be for ever."""
        return threading.current_thread() in self._threads

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while job := self._jobs.next():
            after_commit: list[Callable[[], None]] = []
            ended = attempt(partial(self._tried, job, after_commit))
            if isinstance(ended, Done):
                for then in after_commit:
                    then()
            job.tell(ended)

    def _tried(self, job: Job, after_commit: list[Callable[[], None]]) -> Any:  # noqa: ANN401 - the job's own
        for _ in range(TRIES - 1):
            with suppress(*_AGAIN):
                return self._once(job, after_commit)
        return self._once(job, after_commit)

    def _once(self, job: Job, after_commit: list[Callable[[], None]]) -> Any:  # noqa: ANN401 - the job's own
        with self._engine.connect() as connection, transaction(connection, writing=True) as db:
            result = job.work(db)
        after_commit += db.after_commit
        return result


@contextmanager
def transaction(connection: Connection, *, writing: bool) -> Iterator[Db]:
    """Commit at the end, or roll back; a connection that broke is not used again."""
    raw = _raw(connection)
    try:
        with connection.begin(), raw.cursor() as cursor:
            yield Db(connection, cursor, writing=writing)  # type: ignore[arg-type]
    finally:
        if raw.closed:
            connection.invalidate()


def _raw(connection: Connection) -> "Raw[Any]":
    """The driver's own connection."""
    raw = connection.connection.dbapi_connection
    if not isinstance(raw, Raw):
        raise OperationalError("not connected to PostgreSQL by psycopg")
    return raw
