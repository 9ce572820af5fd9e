"""Bringing the tables of a database up to date: all missing steps in one transaction, or none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

NEWEST: Final = "0004"
"""The last step in `migrations/versions`; a test sees to it."""
_FOLDER: Final = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME: Final = 0x7462616F
"""PostgreSQL's advisory lock while tables change."""


class SchemaError(Exception):
    """The database does not fit this program; the message says why."""


def migrate(engine: Engine) -> str:
    """Run what is missing; returns the version. Raises SchemaError for a database from a newer program."""
    with engine.connect() as connection:
        found = version(connection)
        connection.rollback()
        if found == NEWEST:
            return found
        with _alone(connection):
            _upgrade(connection)
    return NEWEST


def version(connection: Connection) -> str | None:
    """None: no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    # imported here: a start with tables up to date does not pay for alembic
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SchemaError(
            "the database was made by a newer version of this program: use that one, or restore a backup"
        ) from error


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """One transaction, and nobody else changes tables meanwhile."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        done = False
        try:
            yield
            done = True
        finally:
            connection.exec_driver_sql("COMMIT" if done else "ROLLBACK")
        return
    with connection.begin():
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
        yield
