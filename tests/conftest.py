"""What all tests may use."""

from tests.databases import database_url, new_postgres, new_sqlite, postgres, sqlite_store, store

__all__ = ["database_url", "new_postgres", "new_sqlite", "postgres", "sqlite_store", "store"]
