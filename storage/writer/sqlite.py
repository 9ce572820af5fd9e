"""One writer thread for SQLite: takes what waits, each job in a savepoint, one commit for the group."""

import sqlite3
import threading
from time import monotonic

from sqlalchemy import Engine

from bot.ports.store import Haste
from storage.writer.db import Db
from storage.writer.jobs import Ended, Job, Jobs, Raised, attempt

GROUP_TIME = 0.010
"""Seconds after which a group is committed although more waits: bounds what the first in it waits."""


class SqliteWriter:
    """Owns the only connection that writes."""

    def __init__(self, engine: Engine, jobs: Jobs) -> None:
        self._jobs = jobs
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
                _Group(self._jobs, raw, Db(connection, raw.cursor(), writing=True)).commit(job)


class _Group:
    """The jobs that share one commit, with what each is to be told after it."""

    def __init__(self, jobs: Jobs, raw: sqlite3.Connection, db: Db) -> None:
        self._jobs = jobs
        self._raw = raw
        self._db = db
        self._ended: list[tuple[Job, Ended]] = []

    def commit(self, first: Job) -> None:
        """Run what waits, commit, tell; where the commit fails, everybody is told that."""
        try:
            self._raw.execute("BEGIN IMMEDIATE")
            self._work(first)
            self._raw.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo(first, error)
        else:
            for then in self._db.after_commit:
                then()
            for job, ended in self._ended:
                job.tell(ended)

    def _work(self, first: Job) -> None:
        """What may go last joins only its like: nobody's commit waits for a campaign that came after them."""
        end, least = monotonic() + GROUP_TIME, Haste.LAST
        job: Job | None = first
        while job is not None:
            self._one(job)
            least = min(least, max(job.haste, Haste.USUAL))
            job = self._jobs.waiting(least) if monotonic() < end else None

    def _one(self, job: Job) -> None:
        """One job in its savepoint: what it raises undoes this job only."""
        raw, db = self._raw, self._db
        raw.execute("SAVEPOINT job")
        kept = len(db.after_commit)
        ended = attempt(lambda: job.work(db))
        self._ended.append((job, ended))
        if isinstance(ended, Raised):
            del db.after_commit[kept:]
            # raises where the database has undone the whole group already (disk full, input/output error)
            raw.execute("ROLLBACK TO job")
        raw.execute("RELEASE job")

    def _undo(self, first: Job, error: sqlite3.Error) -> None:
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")
        if not self._ended:
            first.tell(Raised(error))
        for job, ended in self._ended:
            job.tell(ended if isinstance(ended, Raised) else Raised(error))
