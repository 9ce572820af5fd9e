"""Opening the store: engines, their settings, the key file, and the writer that belongs to the database."""

import queue
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import OperationalError

from bot.ports import Haste, Signer, UnitOfWork
from storage.belonging import ring_of
from storage.office import RosterCache
from storage.schema import SchemaError, migrate
from storage.sealed import KeyFile, Seals, Signing
from storage.unit_of_work import Memory, SqlUnitOfWork
from storage.vault import Vault
from storage.writer.db import Db
from storage.writer.jobs import Jobs
from storage.writer.sqlite import SqliteWriter

if TYPE_CHECKING:
    from storage.writer.postgres import PostgresWorkers

T = TypeVar("T")

BUSY_MS: Final = 10_000
READERS: Final = 4
WORKERS: Final = 6
_STATEMENTS: Final = 512
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
    "PRAGMA wal_autocheckpoint = 4000",
)


class SqlStore:
    """The Store of `bot.ports`, with the Signer that shares its keys."""

    def __init__(self, engine: Engine, memory: Memory, keys: KeyFile) -> None:
        self.signer: Signer = Signing(memory.seals)
        self.keys = keys
        self.memory = memory
        self.engine = engine
        self._jobs = Jobs()
        self._readers: queue.LifoQueue[Connection | None] = queue.LifoQueue()
        for _ in range(READERS):
            self._readers.put(None)  # opened when as many read at once: each keeps pages and statements
        self._writer = _writer(engine, self._jobs)

    def submit(self, work: Callable[[UnitOfWork], T], *, haste: Haste = Haste.USUAL) -> "Future[T]":
        """Run soon and commit; the future is done after the commit. Never blocks."""
        memory = self.memory
        return self._jobs.submit(lambda db: work(SqlUnitOfWork(db, memory)), haste)

    def write(self, work: Callable[[UnitOfWork], T], *, haste: Haste = Haste.USUAL) -> T:
        self._not_inside()
        return self.submit(work, haste=haste).result()

    def transact(self, work: Callable[[Db], T]) -> T:
        """For upkeep inside `storage`: a transaction without a unit of work."""
        self._not_inside()
        return self._jobs.submit(work, Haste.USUAL).result()

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.reading() as db:
            return work(SqlUnitOfWork(db, self.memory))

    @contextmanager
    def reading(self) -> Iterator[Db]:
        """For upkeep inside `storage`: one consistent view."""
        connection = self._readers.get()
        try:
            connection = connection or _reader(self.engine)
            with _snapshot(connection) as db:
                yield db
        finally:
            self._readers.put(connection)

    def close(self) -> None:
        """What waits is still written; then the connections are closed."""
        self._jobs.close()
        self._writer.join()
        for _ in range(READERS):
            if connection := self._readers.get():
                connection.close()
        self.engine.dispose()
        self.keys.close()

    def _not_inside(self) -> None:
        if self._writer.is_here():
            raise RuntimeError("a transaction inside a transaction: pass the unit of work on instead")


def open_store(database_url: str, key_file: Path, files_dir: Path) -> SqlStore:
    """Open, bring the tables up to date, and start the writer.

    `database_url`: sqlite:///var/tinbao.db, or postgresql://…
    Raises KeyFileError, SchemaError (also where the database cannot be reached).
    """
    engine = engine_for(database_url)
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        _bring_up_to_date(engine)
        keys = undo.enter_context(KeyFile(key_file))
        seals = Seals(ring_of(engine, keys), keys.read)
        store = SqlStore(engine, Memory(seals, Vault(files_dir), RosterCache()), keys)
        undo.pop_all()
    return store


def _bring_up_to_date(engine: Engine) -> None:
    try:
        migrate(engine)
    except OperationalError as error:  # the driver names host, port and user, never the password
        raise SchemaError(f"the database cannot be used: {error.orig}") from None


def engine_for(database_url: str) -> Engine:
    """An engine with the settings that durability and privacy need."""
    url = make_url(database_url)
    return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgres(url)


def _sqlite(url: URL) -> Engine:
    if url.database:
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() and not url.database.startswith(("file:", ":")):
            path.touch(0o600)  # its journal is made with the same rights
    # autocommit: the writer says BEGIN and COMMIT itself; connections move between threads one at a time
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        paramstyle="named",
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "cached_statements": _STATEMENTS},
    )

    @event.listens_for(engine, "connect")
    def _set_up(raw: sqlite3.Connection, _record: object) -> None:
        for pragma in _PRAGMAS:
            raw.execute(pragma).close()

    return engine


def _postgres(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"), pool_size=WORKERS + READERS, pool_pre_ping=False
    )


def _writer(engine: Engine, jobs: Jobs) -> "SqliteWriter | PostgresWorkers":
    if engine.dialect.name == "sqlite":
        return SqliteWriter(engine, jobs)
    # imported here: an office on SQLite does not pay 9 MB for psycopg
    from storage.writer.postgres import PostgresWorkers

    return PostgresWorkers(engine, jobs, WORKERS)


def _reader(engine: Engine) -> Connection:
    if engine.dialect.name == "sqlite":
        connection = engine.connect()
        connection.exec_driver_sql("PRAGMA query_only = ON")
        return connection
    return engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@contextmanager
def _snapshot(connection: Connection) -> Iterator[Db]:
    """One consistent view for as long as it is read."""
    if connection.dialect.name == "postgresql":
        from storage.writer.postgres import transaction

        with transaction(connection, writing=False) as db:
            yield db
        return
    raw = connection.connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("not an SQLite connection")
    raw.execute("BEGIN")
    try:
        yield Db(connection, raw.cursor(), writing=False)
    finally:
        raw.execute("ROLLBACK")
