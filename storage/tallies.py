"""How often something happened on a day: one row a code and day, counted up in place."""

from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import tallies as t
from storage.writer.db import Db, Prepared

_new = insert(t).values({name: bindparam(name) for name in ("code", "day", "times")})
_ADD = Prepared(
    _new.on_conflict_do_update(
        index_elements=[t.c.code, t.c.day], set_={"times": t.c.times + _new.excluded.times}
    )
)
_SINCE = Prepared(
    select(func.coalesce(func.sum(t.c.times), 0)).where(
        t.c.code == bindparam("of_code"), t.c.day >= bindparam("first")
    )
)


class SqlTallies:
    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, code: str, day: date, times: int = 1) -> None:
        self._db.run(_ADD, code=code, day=day.toordinal(), times=times)

    def since(self, code: str, day: date) -> int:
        return int(self._db.number(_SINCE, of_code=code, first=day.toordinal()))
