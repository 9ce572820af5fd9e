"""The invented office on real databases."""

import pytest

from storage.engine import SqlStore
from tests.services.office import Office, open_office


@pytest.fixture
def office(sqlite_store: SqlStore) -> Office:
    return open_office(sqlite_store)


@pytest.fixture
def bare(sqlite_store: SqlStore) -> Office:
    """A channel that has no buttons."""
    return open_office(sqlite_store, buttons=0)


@pytest.fixture
def both(store: SqlStore) -> Office:
    """The same on SQLite and on PostgreSQL."""
    return open_office(store)
