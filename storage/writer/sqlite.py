"""One writer thread for SQLite: takes what waits, each job in a savepoint, one commit for the group."""

import sqlite3
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

from sqlalchemy import Engine

from bot.ports import UnitOfWork
from storage.writer.db import Db
from storage.writer.jobs import Job, Jobs

GROUP_TIME = 0.010
"""Seconds after which a group is committed although more waits: bounds what the first in it waits."""


class GroupLost(RuntimeError):
    """The database undid the whole group while this job was in it (disk full, input/output error)."""


class SqliteWriter:
    """Owns the only connection that writes."""

    def __init__(self, engine: Engine, jobs: Jobs, unit: Callable[[Db], UnitOfWork]) -> None:
        self._jobs = jobs
        self._unit = unit
        self._engine = engine
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def is_here(self) -> bool:
        """Whether the caller runs inside a job: waiting for another would be for ever."""
        return threading.current_thread() is self._thread

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        with self._engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if not isinstance(raw, sqlite3.Connection):
                raise TypeError("the SQLite writer needs an SQLite connection")
            while job := self._jobs.next():
                _Group(self._jobs, raw, Db(connection, raw.cursor(), writing=True), self._unit).commit(job)


class _Group:
    """The jobs that share one commit, with what each is to be told after it."""

    def __init__(self, jobs: Jobs, raw: sqlite3.Connection, db: Db, unit: Callable[[Db], UnitOfWork]) -> None:
        self._jobs = jobs
        self._raw = raw
        self._db = db
        self._unit = unit
        self._done: list[tuple[Job, Any]] = []
        self._failed: list[tuple[Job, BaseException]] = []
        self._now: Job | None = None

    def commit(self, job: Job) -> None:
        try:
            self._raw.execute("BEGIN IMMEDIATE")
            self._work(job)
            self._raw.execute("COMMIT")
        except (sqlite3.Error, GroupLost) as error:
            self._undo(job, error)
        else:
            self._tell()

    def _work(self, job: Job) -> None:
        end = monotonic() + GROUP_TIME
        following: Job | None = job
        while following is not None:
            self._now = following
            self._one(following)
            self._now = None
            following = self._jobs.waiting() if monotonic() < end else None

    def _one(self, job: Job) -> None:
        """One job in its savepoint: what it raises undoes this job only and goes to whoever waits for it."""
        raw, db = self._raw, self._db
        raw.execute("SAVEPOINT job")
        kept = len(db.after_commit)
        try:
            result = job.work(self._unit(db))
        except BaseException as error:
            self._failed.append((job, error))
            del db.after_commit[kept:]
            if not raw.in_transaction:
                raise GroupLost("the database undid the group") from error
            raw.execute("ROLLBACK TO job")
        else:
            self._done.append((job, result))
        raw.execute("RELEASE job")

    def _tell(self) -> None:
        for then in self._db.after_commit:
            then()
        for job, result in self._done:
            job.future.set_result(result)
        for job, error in self._failed:
            job.future.set_exception(error)

    def _undo(self, first: Job, error: Exception) -> None:
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")
        waiting = [job for job, _ in self._done]
        told = {id(job) for job, _ in self._failed}
        left = self._now or first
        if id(left) not in told and all(left is not job for job in waiting):
            waiting.append(left)
        for job in waiting:
            job.future.set_exception(error)
        for job, own in self._failed:
            job.future.set_exception(own)
