"""What the stories start from."""

import pytest

from storage.engine import SqlStore
from tests.stories.world import World


@pytest.fixture
def world(sqlite_store: SqlStore) -> World:
    """The demo office of Đắk Lắk, nobody enrolled yet."""
    return World(sqlite_store)
