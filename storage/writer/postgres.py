"""Workers for PostgreSQL: each job its own transaction, run again where another got in its way."""

import threading
from collections.abc import Callable
from typing import Any, Final

from psycopg import Connection as Raw
from psycopg import OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from sqlalchemy import Connection, Engine

from bot.ports import UnitOfWork
from storage.writer.db import Db
from storage.writer.jobs import Job, Jobs

TRIES: Final = 5
_AGAIN: Final = (SerializationFailure, DeadlockDetected, LockNotAvailable)


class PostgresWorkers:
    """Each thread owns one connection."""

    def __init__(self, engine: Engine, jobs: Jobs, unit: Callable[[Db], UnitOfWork], workers: int) -> None:
        self._engine = engine
        self._jobs = jobs
        self._unit = unit
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
            try:
                db, result = self._tried(job)
            except BaseException as error:  # noqa: BLE001 - nothing is swallowed: it rises in the waiting thread
                job.future.set_exception(error)
            else:
                for then in db.after_commit:
                    then()
                job.future.set_result(result)

    def _tried(self, job: Job) -> tuple[Db, Any]:
        for _ in range(TRIES - 1):
            try:
                return self._once(job)
            except _AGAIN:
                continue
        return self._once(job)

    def _once(self, job: Job) -> tuple[Db, Any]:
        with self._engine.connect() as connection, connection.begin():
            raw = raw_connection(connection)
            with raw.cursor() as cursor:
                db = Db(connection, cursor, writing=True)  # type: ignore[arg-type]
                return db, job.work(self._unit(db))


def raw_connection(connection: Connection) -> "Raw[Any]":
    """The driver's own connection."""
    raw = connection.connection.dbapi_connection
    if not isinstance(raw, Raw):
        raise OperationalError("not connected to PostgreSQL by psycopg")
    return raw
