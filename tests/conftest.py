"""What all tests may use."""

from tests.databases import (
    database_url,
    new_postgres,
    new_sqlite,
    postgres,
    postgres_with_tables,
    sqlite_store,
    sqlite_url,
    sqlite_with_tables,
    store,
)

__all__ = [
    "database_url",
    "new_postgres",
    "new_sqlite",
    "postgres",
    "postgres_with_tables",
    "sqlite_store",
    "sqlite_url",
    "sqlite_with_tables",
    "store",
]
