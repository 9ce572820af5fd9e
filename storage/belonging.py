"""Whether a key file belongs to a database: found out before the first word is sealed with the wrong one."""

from typing import Final

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects.postgresql import insert

from storage.sealed import KeyFile, KeyFileError, KeyRing, Seals
from storage.tables import seal_check as t

_CHECK: Final = "seal.check"


def ring_of(engine: Engine, keys: KeyFile) -> KeyRing:
    """The keys of this database; made on the very first start. Raises KeyFileError."""
    with engine.connect() as connection:
        mark = connection.execute(select(t.c.mark).where(t.c.id == 1)).scalar()
        ring = _ring(keys, is_new=mark is None)
        if mark is None:
            _write_down(connection, ring)
        elif bytes(mark) != _mark(ring):
            raise KeyFileError(
                f"the key file {keys.path} belongs to another database: put the right one there, "
                "or name it in TINBAO_SEAL_KEY_FILE"
            )
    return ring


def _ring(keys: KeyFile, *, is_new: bool) -> KeyRing:
    if keys.exists():
        return keys.read()
    if is_new:
        return keys.create()
    raise KeyFileError(
        f"the key file {keys.path} is missing, and the database was sealed with it: "
        "put the copy back that you keep in a safe place"
    )


def _write_down(connection: Connection, ring: KeyRing) -> None:
    connection.execute(insert(t).values(id=1, mark=_mark(ring)).on_conflict_do_nothing())
    connection.commit()


def _mark(ring: KeyRing) -> bytes:
    return Seals(ring).lookup(_CHECK)
