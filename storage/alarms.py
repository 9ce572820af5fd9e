"""What a human of the office must see to: codes, days and counts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.ports import AlarmRow
from storage.rows import micros, moment
from storage.tables import alarms_of_office as t
from storage.writer.db import Db, Prepared

_new = insert(t).values(
    code=bindparam("what"),
    day=bindparam("on_day"),
    first_at=bindparam("now"),
    last_at=bindparam("now"),
    times=literal_column("1"),
)
_RAISE = Prepared(
    _new.on_conflict_do_update(
        index_elements=[t.c.code, t.c.day],
        set_={"last_at": _new.excluded.last_at, "times": t.c.times + 1, "over": literal_column("0")},
    ).returning(t.c.times)
)
_OVER = Prepared(
    update(t).where(t.c.code == bindparam("what"), t.c.over == literal_column("0")).values(over=1)
)
_PRUNE = Prepared(delete(t).where(t.c.last_at < bindparam("before")))
_last = func.max(t.c.last_at)
_STANDING = Prepared(
    select(t.c.code, func.min(t.c.first_at), _last, func.sum(t.c.times))
    .where(t.c.last_at >= bindparam("since"), t.c.over == literal_column("0"))
    .group_by(t.c.code)
    .order_by(_last.desc())
)


class SqlAlarms:
    def __init__(self, db: Db) -> None:
        self._db = db

    def raised(self, code: str, now: datetime, day: int) -> bool:
        return self._db.number(_RAISE, what=code, on_day=day, now=micros(now)) == 1

    def over(self, code: str) -> None:
        self._db.run(_OVER, what=code)

    def prune(self, before: datetime) -> int:
        """Alarms that were last raised before then."""
        return self._db.run(_PRUNE, before=micros(before))

    def standing(self, since: datetime) -> Sequence[AlarmRow]:
        rows = self._db.every(_STANDING, since=micros(since))
        return [AlarmRow(row[0], moment(row[1]), moment(row[2]), int(row[3])) for row in rows]
